"""One channel that pushes, as the core sees it: woken, it sends what waits in the outbox.

Implements ``gateway.channel.Channel``; driven by ``gateway.delivery.senders``. Calls ``gateway.delivery.courier``.
The order of a conversation's messages is strict, conversations go side by side. Every second it looks for what is due.
"""

import asyncio

from gateway.capabilities import CAPABILITIES, PUSHING
from gateway.delivery.client import Client
from gateway.delivery.courier import Courier, Post
from gateway.delivery.fit import Fitter
from gateway.delivery.gate import Gate
from gateway.delivery.typing import TypingSigns
from gateway.store import delivery
from gateway.texts import Texts
from gateway.workers import Workers

SENDS_AT_ONCE = 16
LOOKED_AT_ONCE = 200


class Sender:
    """Sends on one channel."""

    def __init__(self, client: Client, post: Post, gate: Gate, texts: Texts) -> None:
        self.name = client.name
        self.capabilities = CAPABILITIES[client.name]
        can = PUSHING[client.name]
        self._post = post
        self._gate = gate
        self._courier = Courier(client, can, post, Fitter(self.capabilities, can, texts), gate)
        self._typing = TypingSigns(client, post.addresses, can.typing_seconds)
        self._workers = Workers(self._carry)
        self._at_once = asyncio.Semaphore(SENDS_AT_ONCE)

    async def typing(self, conversation_id: str, message_id: str, *, on: bool) -> None:
        """Show that an answer to a message is being written, or no longer; never waits for the platform."""
        if on and self._gate.is_open:
            self._typing.show(conversation_id, message_id)
        else:
            self._typing.hide(conversation_id)

    async def wake(self, conversation_id: str) -> None:
        """Send what waits for a conversation soon, if the sender runs."""
        self._workers.wake(conversation_id)

    def start(self) -> None:
        """Send from now on whenever woken."""
        self._workers.start()

    async def look_again(self) -> None:
        """Wake what is due: postponed messages, and what an earlier process left."""
        for conversation_id in await self._due():
            self._workers.wake(conversation_id)

    async def settle(self) -> None:
        """Send all that may be sent by the clock; the rest waits for it to move on."""
        while any(await asyncio.gather(*map(self._carry, await self._due()))):
            continue

    async def stop(self) -> None:
        """Leave what is under way; a message being sent stays doubtful."""
        await self._workers.stop()
        await self._typing.close()

    async def _due(self) -> list[str]:
        if not self._gate.lets_one_try:
            return []
        return await self._post.store.read(delivery.due, self.name, self._post.clock(), LOOKED_AT_ONCE)

    async def _carry(self, conversation_id: str) -> bool:
        async with self._at_once:
            return await self._courier.carry(conversation_id)
