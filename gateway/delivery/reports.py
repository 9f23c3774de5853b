"""What a platform tells later about messages it took: they arrived, or failed after all (WhatsApp's statuses).

Called by channels whose capabilities say ``confirms``. Calls ``gateway.delivery.reactions`` and the store.
"""

from gateway.delivery.errors import SendError
from gateway.delivery.reactions import Reactions
from gateway.store import delivery
from gateway.store.engine import Store


class Reports:
    """Takes reports; those about messages we no longer know are ignored, repeats change nothing."""

    def __init__(self, store: Store, reactions: Reactions) -> None:
        self._store = store
        self._reactions = reactions

    async def arrived(self, tag: str) -> None:
        """Note that the message sent with this tag (``Fitted.tag``) arrived; its contents are forgotten."""
        await self._store.write(delivery.confirmed, tag)

    async def failed(self, platform_message_id: str, error: SendError, tag: str | None = None) -> None:
        """React to a message that was taken and failed afterwards as if sending it had raised ``error``.

        It is known by its tag, or by the id that ``Client.send`` returned.
        """
        letter = await self._store.read(delivery.reported, platform_message_id, tag)
        if letter is not None:
            await self._reactions.to(letter, error)
