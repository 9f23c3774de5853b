"""What a webhook told, carried into the gateway: messages kept, statuses reported, people moved.

Called by ``gateway.whatsapp.receive``. Calls the gateway's parts. All can be repeated: Meta sends again for a week.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from gateway.delivery.errors import Refused
from gateway.whatsapp.errors import error_of_code
from gateway.whatsapp.events import Event, IdentityChange, Received, Status
from gateway.whatsapp.kinds import CHANNEL
from gateway.whatsapp.wamids import RecentIds

if TYPE_CHECKING:
    from gateway.channels import Parts

log = logging.getLogger(__name__)


FAILURES_AT_MOST = 3


class NotKept(Exception):
    """The store did not answer: the platform has to send the webhook again."""


class Intake:
    """Carries events on."""

    def __init__(self, parts: "Parts", recent: RecentIds) -> None:
        self._parts = parts
        self._recent = recent
        self._failures_told = RecentIds()

    async def take(self, events: Sequence[Event]) -> None:
        """Carry all events on, in order; when this returns, everything is on disk.

        One that fails keeps none from the others; when several do, the store is away and the rest is left.

        Raises:
            NotKept: at least one is not.
        """
        failed = 0
        for together in _together(events):
            failed += await self._failures(together, FAILURES_AT_MOST - failed)
            if failed == FAILURES_AT_MOST:
                break
        if failed:
            raise NotKept

    async def _failures(self, events: Sequence[Event], most: int) -> int:
        """Carry events on together or, if that fails, one by one; return how many failed, ``most`` at most."""
        try:
            await self._take(events)
            return 0
        except Exception as error:
            log.error("A webhook of WhatsApp could not be kept (%s)", type(error).__name__)
        if len(events) == 1:
            return 1
        failed = 0
        for event in events:
            failed += await self._failures([event], 1)
            if failed == most:
                break
        return failed

    async def _take(self, events: Sequence[Event]) -> None:
        await self._keep([event for event in events if isinstance(event, Received)])
        for event in events:
            match event:
                case Status():
                    await self._report(event)
                case IdentityChange():
                    for old in event.old.platform_ids:
                        await self._parts.addresses.move(CHANNEL, old, event.new.platform_ids[0])

    async def _keep(self, received: Sequence[Received]) -> None:
        if not received:
            return
        for event in received:
            self._recent.remember(event.message.message_id, event.wamid)
        people = [event.sender.platform_ids for event in received]
        found = await self._parts.addresses.conversations(CHANNEL, people)
        kept_under = zip(received, found, strict=True)
        await self._parts.keep_all([replace(event.message, conversation_id=own) for event, own in kept_under])

    async def _report(self, status: Status) -> None:
        """A status is never answered. ``sent`` will do: after it a message no longer fails, it only waits."""
        if status.failed:
            await self._report_failure(status)
        elif status.tag is not None:
            await self._parts.reports.arrived(status.tag)

    async def _report_failure(self, status: Status) -> None:
        """Report once: told again, it would be taken for a failure of what was sent in its place under the same tag."""
        if self._failures_told.find(status.key):
            return
        error = Refused("failed without a code") if status.code is None else error_of_code(status.code)
        await self._parts.reports.failed(status.key, error, status.tag)
        self._failures_told.remember(status.key, status.key)


def _together(events: Sequence[Event]) -> Iterator[list[Event]]:
    """Yield what is carried on at once: messages that follow each other; each other event alone."""
    for are_messages, run in groupby(events, lambda event: isinstance(event, Received)):
        if are_messages:
            yield list(run)
        else:
            yield from ([event] for event in run)
