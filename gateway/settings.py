"""What the environment tells the gateway; with the two it calls the only one that reads it.

Called by ``gateway.__main__`` (and tests, which build ``Settings`` by hand). Calls ``gateway.platform_settings``
and ``gateway.media_settings``.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from gateway.media_settings import BucketSettings, read_bucket
from gateway.platform_settings import (
    SettingsError,
    TelegramSettings,
    WhatsAppSettings,
    read_telegram,
    read_whatsapp,
)

__all__ = [
    "BucketSettings",
    "Settings",
    "SettingsError",
    "TelegramSettings",
    "WhatsAppSettings",
    "read_settings",
]

ROOT = Path(__file__).resolve().parent.parent
IDENTITY_KEY_BYTES = 64


@dataclass(frozen=True)
class Settings:
    """Settings of one gateway; secrets never show in its ``repr``."""

    identity_key: bytes = field(repr=False)
    gateway_secret: str = field(repr=False)
    var: Path
    database_url: str = field(repr=False)
    rasa_url: str = "http://127.0.0.1:5005"
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = "http://127.0.0.1:8000"
    proxies: int = 0
    draft_silence: timedelta = timedelta(hours=24)
    domain: Path = ROOT / "domain.yml"
    reference: Path = ROOT / "data" / "reference"
    telegram: TelegramSettings | None = None
    whatsapp: WhatsAppSettings | None = None
    bucket: BucketSettings | None = None

    @property
    def media(self) -> Path:
        """Where checked photos lie, unless in a bucket."""
        return self.var / "media"

    @property
    def secure_cookies(self) -> bool:
        """Whether citizens reach us over https only."""
        return self.public_url.startswith("https://")


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the gateway's settings (docs/architecture.md lists them).

    Raises:
        SettingsError: a secret is missing or a value cannot be used.
    """
    var = Path(environment.get("ADUAN_VAR") or "var")
    port = _whole(environment, "ADUAN_WEB_PORT", 8000, 65535)
    return Settings(
        identity_key=_identity_key(environment),
        gateway_secret=_required(environment, "ADUAN_GATEWAY_SECRET"),
        var=var,
        database_url=environment.get("GATEWAY_DATABASE_URL") or f"sqlite:///{var / 'gateway.db'}",
        rasa_url=(environment.get("ADUAN_RASA_URL") or "http://127.0.0.1:5005").rstrip("/"),
        host=environment.get("ADUAN_WEB_HOST") or "127.0.0.1",
        port=port,
        public_url=(environment.get("ADUAN_PUBLIC_URL") or f"http://127.0.0.1:{port}").rstrip("/"),
        proxies=_whole(environment, "ADUAN_PROXIES", 0, 10),
        draft_silence=timedelta(hours=_whole(environment, "ADUAN_DRAFT_HOURS", 24, 24 * 365)),
        telegram=read_telegram(environment),
        whatsapp=read_whatsapp(environment),
        bucket=read_bucket(environment),
    )


def _required(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name)
    if not value:
        raise SettingsError(
            f"{name} is not set. `make run` makes one; elsewhere set it as .env.example says."
        )
    return value


def _identity_key(environment: Mapping[str, str]) -> bytes:
    try:
        key = base64.b64decode(_required(environment, "ADUAN_IDENTITY_KEY"), validate=True)
    except binascii.Error as error:
        raise SettingsError("ADUAN_IDENTITY_KEY is not base64.") from error
    if len(key) != IDENTITY_KEY_BYTES:
        raise SettingsError(
            f"ADUAN_IDENTITY_KEY must be {IDENTITY_KEY_BYTES} bytes in base64, not {len(key)}."
        )
    return key


def _whole(environment: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = environment.get(name) or str(default)
    if not text.isdecimal() or int(text) > most:
        raise SettingsError(f"{name} must be a whole number from 0 to {most}, not {text!r}.")
    return int(text)
