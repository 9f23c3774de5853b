"""Why a message could not be sent, by what it makes us do (docs/adr/0011).

Raised by the platforms' clients, reacted to by ``gateway.delivery.sender``.

SendError
├── RetryLater     busy or not reached: again later
├── Unknown        it may have arrived
├── Unreachable    this citizen cannot be written to until they write again
├── WindowClosed   only a template may be sent
├── ChannelDown    nothing can be sent on this channel: an operator is needed
└── Refused        our request is wrong: it would be refused again
MediaGone          a photo that the platform no longer has, or that is none
"""


class SendError(Exception):
    """A message was not sent, or may not have been; the text names the platform's code, never a content."""


class RetryLater(SendError):
    """Busy, or not reached at all; ``seconds`` is what the platform asked for, if it did."""

    def __init__(self, reason: str, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.seconds = seconds


class Unknown(SendError):
    """The connection broke after the request was written."""


class Unreachable(SendError):
    """Blocked or deactivated."""


class WindowClosed(SendError):
    """WhatsApp's customer service window is over."""


class ChannelDown(SendError):
    """The token is wrong or expired, or the account is restricted."""


class Refused(SendError):
    """The platform does not accept such a message."""


class MediaGone(Exception):
    """The platform has no such file (any more), or refuses to hand it out."""
