"""What the core asks of a channel.

Implemented by ``gateway.webchat.streams`` and ``gateway.delivery.sender``; called by ``gateway.turns`` and
``gateway.outbox``.
"""

from typing import Protocol

from gateway.capabilities import Capabilities


class Channel(Protocol):
    """A way to the citizens. It fetches what waits in the outbox itself and has it forgotten once it arrived.

    Neither method may raise because a citizen cannot be reached: the outbox keeps the message meanwhile.
    """

    name: str
    capabilities: Capabilities

    async def typing(self, conversation_id: str, message_id: str, *, on: bool) -> None:
        """Show that an answer to a message is being written, or no longer."""

    async def wake(self, conversation_id: str) -> None:
        """Say that messages for this conversation wait in the outbox."""
