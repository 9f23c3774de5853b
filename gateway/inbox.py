"""The inbox: messages are kept, then handled; in order within a conversation, conversations side by side.

Called by the channels and ``gateway.drafts`` (``keep``). Calls ``gateway.turns``. What ``keep`` has taken is
never lost: what a crash leaves is found again when the gateway starts.
"""

import asyncio
import logging

from gateway.clock import Clock
from gateway.identity import Identity
from gateway.messages import InboundMessage
from gateway.store import inbox
from gateway.store.engine import Store
from gateway.turns import Turns

log = logging.getLogger(__name__)

TURNS_AT_ONCE = 16


class Inbox:
    """Keeps messages and has them handled."""

    def __init__(self, store: Store, turns: Turns, identity: Identity, clock: Clock) -> None:
        self._store = store
        self._turns = turns
        self._identity = identity
        self._clock = clock
        self._at_once = asyncio.Semaphore(TURNS_AT_ONCE)
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._more: set[str] = set()
        self._running = False

    async def keep(self, message: InboundMessage) -> bool:
        """Keep a message and return True; return False for a redelivery, which is dropped.

        When this returns the message is on disk and the platform may be told so.
        """
        seen = self._identity.seen_hash(message.channel, message.conversation_id, message.message_id)
        kept = await self._store.write(inbox.keep, message, seen, self._clock())
        if kept:
            self.wake(message.conversation_id)
        return kept

    def wake(self, conversation_id: str) -> None:
        """Have a conversation's messages handled soon, if the inbox runs."""
        if not self._running:
            return
        if conversation_id in self._workers:
            self._more.add(conversation_id)
            return
        self._workers[conversation_id] = asyncio.create_task(self._work(conversation_id))

    async def settle(self) -> None:
        """Handle all that is due by the clock; what failed waits for the clock to move on."""
        while conversations := await self._store.read(inbox.due, self._clock()):
            await asyncio.gather(*map(self._handle_all, conversations))

    def start(self) -> None:
        """Handle messages as they are kept from now on."""
        self._running = True

    async def look_again(self) -> None:
        """Wake what is due: postponed messages, and what an earlier process left."""
        for conversation_id in await self._store.read(inbox.due, self._clock()):
            self.wake(conversation_id)

    async def stop(self) -> None:
        """Leave what is under way; it stays kept."""
        self._running = False
        workers = list(self._workers.values())
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)

    async def _work(self, conversation_id: str) -> None:
        try:
            await self._handle_all(conversation_id)
            while conversation_id in self._more:
                self._more.discard(conversation_id)
                await self._handle_all(conversation_id)
        except Exception:
            log.exception("Messages of a conversation could not be handled; they will be tried again")
        finally:
            self._more.discard(conversation_id)
            del self._workers[conversation_id]

    async def _handle_all(self, conversation_id: str) -> None:
        go_on = True
        while go_on:
            async with self._at_once:
                go_on = await self._turns.take_first(conversation_id)
