"""The outbox as the channels see it: what waits, what has arrived, what nobody fetched.

Called by the channels, ``gateway.news`` and the sweep in ``gateway.app``. Calls the store.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from gateway.channel import Channel
from gateway.clock import Clock
from gateway.identity import Identity, channel_of
from gateway.messages import OutboundMessage
from gateway.store import conversations, delivery, outbox, sent
from gateway.store.engine import Store
from gateway.store.orm import OutboxRow

KEPT_FOR = timedelta(days=30)
# A receipt of an anonymous report names it beside its conversation until it is fetched.
SECRET_KEPT_FOR = timedelta(days=3)
SENT_KEPT_FOR = timedelta(days=7)


class Outbox:
    """Messages on their way to citizens."""

    def __init__(
        self, store: Store, channels: Mapping[str, Channel], identity: Identity, clock: Clock
    ) -> None:
        self._store = store
        self._channels = channels
        self._identity = identity
        self._clock = clock

    async def put_once(self, key: str, conversation_id: str, message: OutboundMessage) -> None:
        """Put a message that answers nobody into the outbox, once for ever by its ``key``."""
        await self._store.write(
            _put_once, self._identity.seen_hash(key), conversation_id, message, self._clock()
        )
        if channel := self._channels.get(channel_of(conversation_id)):
            await channel.wake(conversation_id)

    async def waiting(self, conversation_id: str) -> list[OutboxRow]:
        """Return what has not arrived yet, oldest first."""
        return await self._store.read(outbox.waiting, conversation_id)

    async def arrived(self, conversation_id: str, public_ids: Sequence[str]) -> None:
        """Forget messages that the citizen's side has acknowledged."""
        await self._store.write(outbox.arrived, conversation_id, public_ids)

    async def expire(self) -> None:
        """Forget what nobody fetched in time, what a platform let pass, and what sent messages were called."""
        now = self._clock()
        await self._store.write(delivery.expire_taken, now)
        await self._store.write(sent.expire, (now - SENT_KEPT_FOR).date())
        await self._store.write(outbox.expire_buttons, now.date())
        await self._store.write(
            outbox.expire, said_before=now - KEPT_FOR, secret_before=now - SECRET_KEPT_FOR
        )


def _put_once(
    session: Session, seen_hash: str, conversation_id: str, message: OutboundMessage, now: datetime
) -> None:
    if conversations.first_seen(session, seen_hash, now.date()):
        outbox.add(session, conversation_id, [message], now)
