"""What an error of the Bot API makes us do (shared facts, 1.5 and 1.6; docs/adr/0011).

Called by ``gateway.telegram.client`` and ``gateway.telegram.poll``. What Telegram says in words never leaves this
module: some of it quotes what was sent.
"""

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
)

from gateway.delivery.errors import ChannelDown, Refused, RetryLater, SendError, Unknown, Unreachable

# Nothing of the request can have been handled.
NOT_REACHED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.WriteError)
# 400s that speak of the citizen, not of the message.
NOBODY_THERE = ("chat not found", "user not found", "user is deactivated", "peer_id_invalid")
MARKUP = ("can't parse entities", "unsupported start tag", "entity_")


class Flood(NetworkError):
    """We are to wait; the library's own error for it changes its type between versions."""

    def __init__(self, seconds: float | None) -> None:
        super().__init__("HTTP 429")
        self.seconds = seconds


class ServerTrouble(NetworkError):
    """Telegram answered with a 5xx; the body, often HTML, is not looked at."""


def send_error(error: TelegramError) -> SendError:
    """Return what an error makes the sender do."""
    match error:
        case Flood():
            return RetryLater("429", error.seconds)
        case Forbidden():
            return Unreachable("403")
        case InvalidToken():
            return ChannelDown("Telegram does not accept TELEGRAM_TOKEN")
        case ChatMigrated():
            return Unreachable("the group has another id now")
        case BadRequest():
            return Unreachable("400: no such chat") if _says(error, NOBODY_THERE) else Refused("400")
        case Conflict():
            return RetryLater("409")
        case NetworkError():
            return _network_error(error)
    return Unknown("an answer that cannot be read")


def is_about_markup(error: BadRequest) -> bool:
    """Return whether Telegram could not read our HTML."""
    return _says(error, MARKUP)


def _network_error(error: NetworkError) -> SendError:
    cause = error.__cause__
    if not isinstance(cause, httpx.HTTPError):
        return RetryLater(str(error) if isinstance(error, ServerTrouble) else "an HTTP error")
    if isinstance(cause, NOT_REACHED):
        return RetryLater(type(cause).__name__)
    return Unknown(type(cause).__name__)


def _says(error: TelegramError, phrases: tuple[str, ...]) -> bool:
    description = error.message.lower()
    return any(phrase in description for phrase in phrases)
