"""What the environment tells about Telegram and WhatsApp; a channel without its token is off.

Called by ``gateway.settings`` and, for a channel alone, by its ``check``. Calls nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

TELEGRAM_API = "https://api.telegram.org"
WHATSAPP_API = "https://graph.facebook.com"
WHATSAPP_API_VERSION = "v25.0"
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_VERSION = re.compile(r"v\d{1,3}\.\d{1,2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")


class SettingsError(Exception):
    """A setting is missing or makes no sense; the message says which and what to do."""


@dataclass(frozen=True)
class TelegramSettings:
    """A bot of Telegram. Without ``webhook_secret`` it polls."""

    token: str = field(repr=False)
    webhook_secret: str | None = field(default=None, repr=False)
    api_url: str = TELEGRAM_API


@dataclass(frozen=True)
class WhatsAppSettings:
    """A telephone number on the WhatsApp Cloud API; without ``template`` no news outside the 24 hours."""

    token: str = field(repr=False)
    phone_number_id: str
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    api_url: str = WHATSAPP_API
    api_version: str = WHATSAPP_API_VERSION
    template: str | None = None
    template_language: str = "id"


def read_telegram(environment: Mapping[str, str]) -> TelegramSettings | None:
    """Return Telegram's settings, None without ``TELEGRAM_TOKEN``.

    Raises:
        SettingsError: the webhook's secret is none that Telegram takes.
    """
    token = environment.get("TELEGRAM_TOKEN")
    if not token:
        return None
    secret = environment.get("TELEGRAM_WEBHOOK_SECRET") or None
    if secret is not None and not _WEBHOOK_SECRET.fullmatch(secret):
        raise SettingsError("TELEGRAM_WEBHOOK_SECRET must be 16 to 256 of A-Z a-z 0-9 _ -.")
    return TelegramSettings(token, secret, _url(environment, "TELEGRAM_API_URL", TELEGRAM_API))


def read_whatsapp(environment: Mapping[str, str]) -> WhatsAppSettings | None:
    """Return WhatsApp's settings, None without ``WHATSAPP_TOKEN``.

    Raises:
        SettingsError: something is missing beside the token, or makes no sense.
    """
    token = environment.get("WHATSAPP_TOKEN")
    if not token:
        return None
    return WhatsAppSettings(
        token=token,
        phone_number_id=_beside_token(environment, "WHATSAPP_PHONE_NUMBER_ID"),
        app_secret=_beside_token(environment, "WHATSAPP_APP_SECRET"),
        verify_token=_beside_token(environment, "WHATSAPP_VERIFY_TOKEN"),
        api_url=_url(environment, "WHATSAPP_API_URL", WHATSAPP_API),
        api_version=_matching(environment, "WHATSAPP_API_VERSION", WHATSAPP_API_VERSION, _VERSION),
        template=environment.get("WHATSAPP_TEMPLATE") or None,
        template_language=_matching(environment, "WHATSAPP_TEMPLATE_LANGUAGE", "id", _LANGUAGE),
    )


def _beside_token(environment: Mapping[str, str], name: str) -> str:
    if value := environment.get(name):
        return value
    raise SettingsError(f"{name} is not set, but WHATSAPP_TOKEN is. Set both or neither (.env.example).")


def _url(environment: Mapping[str, str], name: str, default: str) -> str:
    url = (environment.get(name) or default).rstrip("/")
    if not url.startswith(("https://", "http://")):
        raise SettingsError(f"{name} must begin with https://, not {url!r}.")
    return url


def _matching(environment: Mapping[str, str], name: str, default: str, form: re.Pattern[str]) -> str:
    value = environment.get(name) or default
    if not form.fullmatch(value):
        raise SettingsError(f"{name} cannot be {value!r}; {default!r} is the default.")
    return value
