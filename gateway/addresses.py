"""Who writes and where to: a person's ids on a platform, the one conversation behind them, and the way back.

Called by the channels that push and by ``gateway.delivery``. Calls ``gateway.identity`` and the store, which knows
pseudonyms only. A person may have several ids (WhatsApp: number and business-scoped id) and get new ones.
"""

import secrets
from collections.abc import Sequence

from gateway.identity import Identity
from gateway.store import aliases
from gateway.store.engine import Store

# Behind it stands what tells the later owner of a platform id from the earlier one; in no platform's id.
OWNER_MARK = b"\0"


class Addresses:
    """Conversations by platform ids, and platform ids by conversation."""

    def __init__(self, store: Store, identity: Identity) -> None:
        self._store = store
        self._identity = identity

    async def conversation(self, channel: str, platform_ids: Sequence[bytes]) -> str:
        """Return the conversation of a person who wrote; ``platform_ids`` are all that are known of them.

        The first is the one that lasts. The first that has a conversation wins and the others stand for the same from
        now on; but one whose conversation has somebody by another lasting id has a new owner, who begins anew. What
        is sent to the person goes to the first of ``platform_ids``.
        """
        [conversation_id] = await self.conversations(channel, [platform_ids])
        return conversation_id

    async def conversations(self, channel: str, people: Sequence[Sequence[bytes]]) -> list[str]:
        """Return the conversations of people who wrote, one after the other, as ``conversation`` does."""
        pseudonyms = [[self._identity.conversation_id(channel, known) for known in ids] for ids in people]
        return await self._store.write(aliases.resolve_all, pseudonyms, self._reveal)

    async def move(self, channel: str, old: bytes, new: bytes) -> None:
        """Let a person go on under a new platform id; whoever gets the old one begins anew.

        Nothing happens if the old id has no conversation; a repeat changes nothing.
        """
        await self._store.write(
            aliases.move,
            self._identity.conversation_id(channel, old),
            self._identity.conversation_id(channel, new),
            self._identity.conversation_id(channel, old + OWNER_MARK + secrets.token_bytes(8)),
        )

    async def address(self, conversation_id: str) -> bytes:
        """Return the platform id to send a conversation's messages to.

        Raises:
            UnknownConversation: it is none of ours.
        """
        pseudonym = await self._store.read(aliases.address, conversation_id)
        return self._reveal(pseudonym)

    def _reveal(self, pseudonym: str) -> bytes:
        return self._identity.platform_id(pseudonym).partition(OWNER_MARK)[0]
