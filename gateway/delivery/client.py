"""What a platform must be able to do, and the form in which messages reach it.

Implemented by ``gateway.telegram.client`` and ``gateway.whatsapp.client``; called by ``gateway.delivery.courier``
and, for photos, by ``gateway.attachments``.
"""

from dataclasses import dataclass, field
from typing import Literal, Protocol

ButtonStyle = Literal["none", "inline", "reply", "list", "numbers"]


@dataclass(frozen=True)
class FittedButton:
    """A button as the platform gets it: a short opaque token, and a title within its limit."""

    token: str
    title: str


@dataclass(frozen=True)
class Fitted:
    """One message cut to what the channel can.

    ``tag`` names the outbox row and the part of it (for platforms that give it back in reports); ``style`` is how
    buttons are shown, with "numbers" they stand in the text already; ``ask`` is "location"; ``image`` a photo of
    ours (a JPEG) to send along, then ``text`` is its caption and may be empty.
    """

    text: str
    tag: str
    buttons: tuple[FittedButton, ...] = ()
    style: ButtonStyle = "none"
    ask: str | None = None
    image: bytes | None = field(default=None, repr=False)
    is_news: bool = False


class Client(Protocol):
    """A platform. ``address`` is the citizen's id on it."""

    name: str

    async def send(self, address: str, message: Fitted) -> str:
        """Send one message and return the platform's id for it.

        Raises:
            SendError: one of its kinds, by what is to be done.
        """

    async def send_template(self, address: str, message: Fitted) -> str:
        """Send news outside the platform's window by an approved template.

        Raises:
            SendError: as ``send``; ``WindowClosed`` when there is no template.
        """

    async def typing(self, address: str, inbound_id: str) -> None:
        """Show that an answer to the message ``inbound_id`` is being written; never raises."""

    async def retire(self, address: str, platform_message_id: str) -> None:
        """Take the buttons off a sent message; what cannot be edited any more is left.

        Raises:
            SendError: ``RetryLater``, ``Unreachable`` or ``ChannelDown``.
        """

    async def fetch(self, reference: str) -> bytes:
        """Return the bytes of a file a citizen sent.

        Raises:
            MediaGone: it cannot be had.
            RetryLater, ChannelDown: it can be tried again.
        """
