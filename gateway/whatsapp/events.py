"""What a webhook of WhatsApp tells: somebody wrote, a message of ours got somewhere, somebody has a new id.

Made by ``gateway.whatsapp.parse`` and ``gateway.whatsapp.kinds``, carried on by ``gateway.whatsapp.receive``.
Plain data: calls nothing.
"""

from dataclasses import dataclass

from gateway.messages import InboundMessage
from gateway.whatsapp.sender import Sender


@dataclass(frozen=True)
class Received:
    """A citizen's message, its conversation not yet looked up; ``wamid`` is the platform's own id for it."""

    sender: Sender
    message: InboundMessage
    wamid: str


@dataclass(frozen=True)
class Status:
    """How far a message of ours got.

    ``key`` stands for the platform's id, ``tag`` is ours; ``code`` says why it failed.
    """

    key: str
    tag: str | None
    state: str
    code: int | None = None

    @property
    def failed(self) -> bool:
        """Whether the message will not arrive."""
        return self.state == "failed"


@dataclass(frozen=True)
class IdentityChange:
    """A citizen has another number or another business-scoped id than before."""

    old: Sender
    new: Sender


Event = Received | Status | IdentityChange
