"""The settings every process is started with: environment, ``.env``, defaults, and generated secrets.

Called by ops.run, ops.chat, benchmarks and, as ``python -m ops.settings COMMAND ...``, by the Makefile to
run one command under the same settings. The parts themselves only read their environment; the table is in
docs/architecture.md. Here defaults that depend on each other (ports, addresses, databases) are worked out.
"""

from __future__ import annotations

import base64
import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parent.parent
BOT_PYTHON = ROOT / ".venv" / "bot" / "bin" / "python"
CITY_PYTHON = ROOT / ".venv" / "city" / "bin" / "python"

# The identity cipher is AES-SIV with 512 bits of key; the secret between gateway and Rasa is any long string.
SECRETS = {
    "ADUAN_IDENTITY_KEY": lambda: base64.b64encode(secrets.token_bytes(64)).decode("ascii"),
    "ADUAN_GATEWAY_SECRET": lambda: secrets.token_urlsafe(32),
}


class SettingsError(Exception):
    """A setting is missing or cannot be used; the message names it and says what to do."""


@dataclass(frozen=True)
class Settings:
    """What the supervisor itself needs to know, and the whole environment for its children."""

    var: Path
    web_port: int
    rasa_port: int
    actions_port: int
    web_host: str
    public_url: str
    gateway_secret: str
    environment: Mapping[str, str]

    @property
    def rasa_url(self) -> str:
        """Address of the Rasa server, loopback only."""
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        """Address of the action server, loopback only."""
        return f"http://127.0.0.1:{self.actions_port}"

    @property
    def web_url(self) -> str:
        """Address of the web process as reached from this machine."""
        host = "127.0.0.1" if self.web_host in ("0.0.0.0", "::") else self.web_host  # noqa: S104
        return f"http://{host}:{self.web_port}"


def load(root: Path = ROOT, environment: Mapping[str, str] | None = None) -> Settings:
    """Read ``.env`` under ``root``, over it the environment, and fill in defaults and secrets.

    Raises:
        SettingsError: a port is no number, or a secret is missing in production.
    """
    given = dict(os.environ if environment is None else environment)
    values = {name: value for name, value in dotenv_values(root / ".env").items() if value}
    values |= {name: value for name, value in given.items() if value}
    var = Path(values.get("ADUAN_VAR", "var"))
    var = var if var.is_absolute() else root / var
    values = defaults(var, values) | values | {"ADUAN_VAR": str(var)}
    values |= known_secrets(var, values)
    values.pop("PYTHONDONTWRITEBYTECODE", None)
    return Settings(
        var=var,
        web_port=port(values, "ADUAN_WEB_PORT"),
        rasa_port=port(values, "ADUAN_RASA_PORT"),
        actions_port=port(values, "ADUAN_ACTIONS_PORT"),
        web_host=values["ADUAN_WEB_HOST"],
        public_url=values["ADUAN_PUBLIC_URL"],
        gateway_secret=values["ADUAN_GATEWAY_SECRET"],
        environment=values,
    )


def defaults(var: Path, values: Mapping[str, str]) -> dict[str, str]:
    """The defaults of docs/architecture.md, those that follow from other settings among them."""
    rasa_port, actions_port = values.get("ADUAN_RASA_PORT", "5005"), values.get("ADUAN_ACTIONS_PORT", "5055")
    web_host, web_port = values.get("ADUAN_WEB_HOST", "127.0.0.1"), values.get("ADUAN_WEB_PORT", "8000")
    return {
        "ADUAN_ENV": "embedded",
        "ADUAN_WEB_HOST": web_host,
        "ADUAN_WEB_PORT": web_port,
        "ADUAN_RASA_PORT": rasa_port,
        "ADUAN_ACTIONS_PORT": actions_port,
        "ADUAN_PUBLIC_URL": f"http://127.0.0.1:{web_port}",
        "ADUAN_RASA_URL": f"http://127.0.0.1:{rasa_port}",
        "ADUAN_ACTIONS_URL": f"http://127.0.0.1:{actions_port}/webhook",
        "ADUAN_REPORT_PREFIX": "JK",
        "DATABASE_URL": f"sqlite:///{var}/crm.db",
        "GATEWAY_DATABASE_URL": f"sqlite:///{var}/gateway.db",
        "TRACKER_DATABASE_URL": f"sqlite:///{var}/tracker.db",
        "RASA_TELEMETRY_ENABLED": "false",
    }


def known_secrets(var: Path, values: Mapping[str, str]) -> dict[str, str]:
    """The secrets from the environment or ``secrets.env``; the embedded mode makes and keeps missing ones.

    Raises:
        SettingsError: one is missing in production, where none is ever made up.
    """
    file = var / "secrets.env"
    kept = {name: value for name, value in dotenv_values(file).items() if value}
    found = {name: values.get(name) or kept.get(name) for name in SECRETS}
    missing = [name for name, value in found.items() if not value]
    if missing and values["ADUAN_ENV"] != "embedded":
        raise SettingsError(
            f"{' and '.join(missing)} must be set when ADUAN_ENV={values['ADUAN_ENV']}; "
            ".env.example shows how to make a value."
        )
    made = {name: SECRETS[name]() for name in missing}
    if made:
        keep_secrets(file, kept | made)
    return {name: value for name, value in (found | made).items() if value}


def keep_secrets(file: Path, values: Mapping[str, str]) -> None:
    """Write ``values`` to ``file``, readable by its owner only from the first byte on."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.writelines(f"{name}={value}\n" for name, value in values.items())
    draft.replace(file)


def port(values: Mapping[str, str], name: str) -> int:
    """The port number in setting ``name``."""
    value = values[name]
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise SettingsError(f"{name}={value} is no port number (1 to 65535).")
    return int(value)


def main() -> int:
    """Become the command given as arguments, under the settings: ``python -m ops.settings COMMAND ...``."""
    try:
        settings = load()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    os.execvpe(sys.argv[1], sys.argv[1:], dict(settings.environment))  # noqa: S606


if __name__ == "__main__":
    sys.exit(main())
