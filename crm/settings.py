"""What the CRM takes from the environment: the only place that reads it. Called by ``crm.bootstrap``."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


class SettingRefused(ValueError):
    """A setting cannot be used; the message says which and what to do."""


REFERENCE = Path(__file__).parent.parent / "data" / "reference"


@dataclass(frozen=True)
class Settings:
    """Where the data are, and how report numbers begin."""

    database_url: str
    var: Path
    report_prefix: str = "JK"
    reference: Path = REFERENCE

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings.

        Raises:
            SettingRefused: a setting cannot be used; the message says which and what to do.
        """
        var = Path(environment.get("ADUAN_VAR") or "var")
        return cls(
            database_url=_database_url(environment.get("DATABASE_URL") or f"sqlite:///{var}/crm.db"),
            var=var,
            report_prefix=_prefix(environment.get("ADUAN_REPORT_PREFIX") or "JK"),
        )


def _database_url(url: str) -> str:
    """Accept SQLite and PostgreSQL, also as ``postgres://`` as some hosts write it."""
    scheme, found, rest = url.partition("://")
    if not found or scheme.split("+")[0] not in ("sqlite", "postgres", "postgresql"):
        raise SettingRefused("DATABASE_URL must begin with sqlite:/// or postgresql://")
    return f"postgresql://{rest}" if scheme == "postgres" else url


def _prefix(prefix: str) -> str:
    if not (prefix.isascii() and prefix.isalpha() and prefix.isupper() and 2 <= len(prefix) <= 5):
        raise SettingRefused("ADUAN_REPORT_PREFIX must be two to five capital letters, for example JK")
    return prefix
