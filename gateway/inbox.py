"""The inbox: messages are kept, then handled; in order within a conversation, conversations side by side.

Called by the channels and ``gateway.drafts`` (``keep``). Calls ``gateway.flood`` and ``gateway.turns``. What ``keep``
has taken is never lost: what a crash leaves is found again when the gateway starts.
"""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from gateway.capabilities import CAPABILITIES
from gateway.clock import Clock
from gateway.flood import Flood
from gateway.identity import Identity
from gateway.messages import InboundMessage
from gateway.store import inbox
from gateway.store.engine import Store
from gateway.store.inbox import Arrival
from gateway.texts import NOTICES
from gateway.turns import Turns
from gateway.workers import Workers

TURNS_AT_ONCE = 16
# A timer may be a moment early for the clock.
LATE_SECONDS = 0.01


class Inbox:
    """Keeps messages and has them handled."""

    def __init__(self, store: Store, turns: Turns, identity: Identity, clock: Clock) -> None:
        self._store = store
        self._turns = turns
        self._identity = identity
        self._clock = clock
        self._flood = Flood(clock)
        self._at_once = asyncio.Semaphore(TURNS_AT_ONCE)
        self._workers = Workers(self._handle_all)

    async def keep(self, message: InboundMessage) -> bool:
        """Keep one message; see ``keep_all``."""
        [kept] = await self.keep_all([message])
        return kept

    async def keep_all(self, messages: Sequence[InboundMessage]) -> list[bool]:
        """Keep messages in one transaction; return for each whether it was, which redeliveries are not.

        When this returns they are on disk and the platform may be told so. A tap, and what belongs to an album, is
        held for a moment before it is handled: what it overtook goes first, what belongs to it joins it. Of what is
        too much nothing is kept (``gateway.flood``).

        Raises:
            ValueError: a ``notice`` is none that a channel may use; nothing was kept.
        """
        for message in messages:
            if message.notice is not None and message.notice not in NOTICES:
                raise ValueError(f"{message.notice} is not among the notices of gateway.texts")
        admitted = [self._flood.admit(message) for message in messages]
        new = iter(await self._keep_admitted([message for message in admitted if message is not None]))
        return [
            message is not None and next(new) and message is original
            for message, original in zip(admitted, messages, strict=True)
        ]

    def wake(self, conversation_id: str) -> None:
        """Have a conversation's messages handled soon, if the inbox runs."""
        self._workers.wake(conversation_id)

    async def settle(self) -> None:
        """Handle all that is due by the clock; what failed waits for the clock to move on."""
        while conversations := await self._due():
            await asyncio.gather(*map(self._handle_all, conversations))

    def start(self) -> None:
        """Handle messages as they are kept from now on."""
        self._workers.start()

    async def look_again(self) -> None:
        """Wake what is due: postponed messages, and what an earlier process left."""
        for conversation_id in await self._due():
            self.wake(conversation_id)

    async def stop(self) -> None:
        """Leave what is under way; it stays kept."""
        await self._workers.stop()

    async def _keep_admitted(self, admitted: Sequence[InboundMessage]) -> list[bool]:
        arrivals = [Arrival(message, self._seen_hash(message), _hold(message)) for message in admitted]
        new = [False] * len(arrivals)
        try:
            new = await self._store.write(inbox.keep_all, arrivals, self._clock())
        finally:
            for arrival, is_new in zip(arrivals, new, strict=True):
                if is_new:
                    self._wake_after(arrival)
                else:
                    self._flood.take_back(arrival.message)
        return new

    def _wake_after(self, arrival: Arrival) -> None:
        if arrival.hold:
            late = arrival.hold.total_seconds() + LATE_SECONDS
            self._workers.wake_in(late, arrival.message.conversation_id)
        else:
            self.wake(arrival.message.conversation_id)

    def _seen_hash(self, message: InboundMessage) -> str:
        """Return what tells a redelivery, where it can be also after its sender's number went to somebody else."""
        if message.from_citizen and CAPABILITIES[message.channel].unique_ids:
            return self._identity.seen_hash(message.channel, message.message_id)
        return self._identity.seen_hash(message.channel, message.conversation_id, message.message_id)

    async def _due(self) -> list[str]:
        return await self._store.read(inbox.due, self._clock(), self._turns.channels)

    async def _handle_all(self, conversation_id: str) -> None:
        go_on = True
        while go_on:
            async with self._at_once:
                go_on = await self._turns.take_first(conversation_id)


def _hold(message: InboundMessage) -> timedelta:
    can = CAPABILITIES[message.channel]
    if message.album is not None:
        return timedelta(seconds=can.album_hold)
    return timedelta(seconds=can.tap_hold if message.button_token is not None else 0)
