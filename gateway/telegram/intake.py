"""From an update to the inbox: parse, find the conversation, keep; taps are confirmed meanwhile.

Called by ``gateway.telegram.receive`` and ``gateway.telegram.poll``, for which there is no other way in.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any

from gateway.addresses import Addresses
from gateway.messages import InboundMessage
from gateway.telegram.fields import Ignored, Malformed
from gateway.telegram.parse import CHANNEL, Incoming, callback_id, parse_update

log = logging.getLogger(__name__)

# So often an update is asked for again; after that it is at fault if others could be kept meanwhile.
TRIES = 8


class NotKept(Exception):
    """The update could not be kept; the platform shall bring it again."""


@dataclass
class _Failing:
    tries: int
    kept_before: int


class Intake:
    """Takes updates, in whatever way they came."""

    def __init__(
        self,
        keep: Callable[[InboundMessage], Awaitable[bool]],
        addresses: Addresses,
        confirm_tap: Callable[[str], Coroutine[Any, Any, None]],
    ) -> None:
        self._keep = keep
        self._addresses = addresses
        self._confirm_tap = confirm_tap
        self._confirming: set[asyncio.Task[None]] = set()
        self._failing: dict[int, _Failing] = {}
        self._kept = 0

    async def take(self, update: object) -> None:
        """Keep what an update says; one that is malformed or says nothing is done with.

        Raises:
            NotKept: it has to come again.
        """
        self._confirm(callback_id(update))
        try:
            incoming = parse_update(update)
        except Malformed as reason:
            log.warning("An update is malformed: %s", reason)
        except Ignored as reason:
            log.debug("An update is ignored: %s", reason)
        else:
            await self._keep_or_give_up(incoming)

    async def stop(self) -> None:
        """Leave taps unconfirmed that Telegram has not heard of yet."""
        for task in self._confirming:
            task.cancel()
        await asyncio.gather(*self._confirming, return_exceptions=True)

    async def _keep_or_give_up(self, incoming: Incoming) -> None:
        number = incoming.message.sequence
        try:
            conversation_id = await self._addresses.conversation(CHANNEL, [str(incoming.chat_id).encode()])
            if await self._keep(replace(incoming.message, conversation_id=conversation_id)):
                self._kept += 1
            self._failing.pop(number, None)
        except Exception as error:
            self._note_failure(number, error)

    def _note_failure(self, number: int, error: Exception) -> None:
        failing = self._failing.setdefault(number, _Failing(0, self._kept))
        failing.tries += 1
        set_aside = failing.tries >= TRIES and self._kept > failing.kept_before
        log.error("An update could not be kept (%s)%s", type(error).__name__, ", set aside" * set_aside)
        if not set_aside:
            raise NotKept from error
        del self._failing[number]

    def _confirm(self, tap: str | None) -> None:
        if tap is not None:
            task = asyncio.create_task(self._confirm_tap(tap))
            self._confirming.add(task)
            task.add_done_callback(self._confirming.discard)
