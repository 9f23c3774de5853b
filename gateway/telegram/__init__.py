"""Telegram: updates come by webhook or polling, messages go through the Bot API (docs/adr/0011)."""

from typing import TYPE_CHECKING

from gateway.settings import Settings
from gateway.telegram.platform import Telegram

if TYPE_CHECKING:
    from gateway.channels import Parts


def build(settings: Settings, parts: "Parts") -> Telegram:
    """Return Telegram as a channel of the gateway; ``settings.telegram`` must be there."""
    if settings.telegram is None:
        raise ValueError("TELEGRAM_TOKEN is not set")
    return Telegram(settings.telegram, settings.public_url, parts)
