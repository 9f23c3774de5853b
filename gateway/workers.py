"""Runs a piece of work for conversations: side by side, for one conversation never twice at a time.

Called by ``gateway.inbox`` and ``gateway.delivery.sender``. Calls what it was given.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)


class Workers:
    """Does ``work(conversation_id)`` for every conversation that is woken while it runs."""

    def __init__(self, work: Callable[[str], Awaitable[object]]) -> None:
        self._work = work
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._more: set[str] = set()
        self._running = False

    def start(self) -> None:
        """Work from now on."""
        self._running = True

    def wake(self, conversation_id: str) -> None:
        """Have a conversation's work done soon; once more if it is under way."""
        if not self._running:
            return
        if conversation_id in self._tasks:
            self._more.add(conversation_id)
            return
        self._tasks[conversation_id] = asyncio.create_task(self._run(conversation_id))

    def wake_in(self, seconds: float, conversation_id: str) -> None:
        """Have a conversation's work done after a while."""
        if self._running:
            asyncio.get_running_loop().call_later(seconds, self.wake, conversation_id)

    async def stop(self) -> None:
        """Leave what is under way."""
        self._running = False
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, conversation_id: str) -> None:
        try:
            await self._work(conversation_id)
            while conversation_id in self._more:
                self._more.discard(conversation_id)
                await self._work(conversation_id)
        except Exception:
            log.exception("Messages of a conversation could not be handled; they will be tried again")
        finally:
            self._more.discard(conversation_id)
            del self._tasks[conversation_id]
