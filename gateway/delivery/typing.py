"""Keeps "typing…" shown on a platform while an answer is being written: it fades by itself and is renewed.

Called by ``gateway.delivery.sender``. Calls the platform's client; nobody waits for it and nothing depends on it.
"""

import asyncio
import logging
from contextlib import suppress

from gateway.addresses import Addresses
from gateway.delivery.client import Client

log = logging.getLogger(__name__)


class TypingSigns:
    """The signs shown on one channel, one per conversation at most."""

    def __init__(self, client: Client, addresses: Addresses, seconds: float) -> None:
        self._client = client
        self._addresses = addresses
        self._seconds = seconds
        self._over: dict[str, asyncio.Event] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def show(self, conversation_id: str, inbound_id: str) -> None:
        """Show the sign until it is hidden."""
        self.hide(conversation_id)
        over = self._over[conversation_id] = asyncio.Event()
        task = asyncio.create_task(self._keep_showing(conversation_id, inbound_id, over))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def hide(self, conversation_id: str) -> None:
        """Show it no longer."""
        if over := self._over.pop(conversation_id, None):
            over.set()

    async def close(self) -> None:
        """Hide all signs."""
        for conversation_id in list(self._over):
            self.hide(conversation_id)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _keep_showing(self, conversation_id: str, inbound_id: str, over: asyncio.Event) -> None:
        try:
            address = (await self._addresses.address(conversation_id)).decode()
            while not over.is_set():
                await self._client.typing(address, inbound_id)
                with suppress(TimeoutError):
                    await asyncio.wait_for(over.wait(), self._seconds)
        except Exception as error:
            log.info("Typing is not shown on %s: %s", self._client.name, type(error).__name__)
