"""Updates on their way to the bot: numbered, kept until confirmed or too old, fetched or delivered.

Used by ``telegram_server``; ``telegram_webhooks`` delivers. Times and rules are those of the Bot API server.
"""

import asyncio
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from tests.servers.telegram_rules import ApiError
from tests.servers.telegram_time import Changes, PlatformTime

DAY = 24 * 3600
LIFETIMES = {"callback_query": 150, "inline_query": 30}
NOT_UNLESS_ASKED = {"chat_member", "message_reaction", "message_reaction_count"}
LONGEST_POLL, MOST_UPDATES = 50, 100
TWO_POLLERS = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


@dataclass
class Update:
    """One update; ``queue`` is what it waits in line with when there is a webhook."""

    update_id: int
    kind: str
    body: Any
    queue: Hashable
    expires_at: float

    @property
    def json(self) -> dict[str, Any]:
        return {"update_id": self.update_id, self.kind: self.body}


class Updates:
    """All that waits for one bot. ``drop_next``: so many of the next never come."""

    def __init__(self, time: PlatformTime, changes: Changes) -> None:
        self._time = time
        self._changes = changes
        self.waiting: list[Update] = []
        self.sent: list[Update] = []
        self.allowed: list[str] = []
        self.next_id = 730_000_001
        self.drop_next = 0
        self.webhook_is_set = False
        self._poll: asyncio.Future[str] | None = None

    def push(self, kind: str, body: Any, queue: Hashable) -> Update | None:
        """Let something happen; None if the bot does not want to know, or it gets lost."""
        wanted = kind in self.allowed if self.allowed else kind not in NOT_UNLESS_ASKED
        if not wanted:
            return None
        update = Update(self.next_id, kind, body, queue, self._time.now() + LIFETIMES.get(kind, DAY))
        self.next_id += 1
        if self.drop_next:
            self.drop_next -= 1
            return None
        self.waiting.append(update)
        self.sent.append(update)
        self._changes.happened()
        return update

    def push_raw(self, update: dict[str, Any]) -> None:
        """Let an update wait that no platform should make."""
        number = update.get("update_id", self.next_id)
        self.next_id = max(self.next_id, number) + 1
        self.waiting.append(_Raw(number, "", update, ("raw", number), self._time.now() + DAY))
        self._changes.happened()

    def confirm(self, update: Update) -> None:
        if update in self.waiting:
            self.waiting.remove(update)
            self._changes.happened()

    def first(self, queue: Hashable) -> Update | None:
        """Return what is next in a queue; what is too old is gone."""
        self.expire()
        return next((update for update in self.waiting if update.queue == queue), None)

    def expire(self) -> None:
        self.waiting = [update for update in self.waiting if update.expires_at > self._time.now()]

    async def poll(self, offset: int, limit: int, timeout: int) -> list[dict[str, Any]]:
        """Do as getUpdates: confirm what is before the offset, wait for what comes."""
        if self.webhook_is_set:
            raise ApiError(409, f"Conflict: {WEBHOOK_ACTIVE}")
        self.interrupt(TWO_POLLERS)
        mine = self._poll = asyncio.get_running_loop().create_future()
        self.expire()
        if offset < 0:
            offset = self.waiting[offset:][0].update_id if self.waiting else 0
        self.waiting = [update for update in self.waiting if update.update_id >= offset]
        self._changes.happened()
        try:
            async with asyncio.timeout(min(max(timeout, 0), LONGEST_POLL)):
                while not self.waiting:
                    await self._change_or_interruption(mine)
        except TimeoutError:
            return []
        finally:
            if self._poll is mine:
                self._poll = None
        return [update.json for update in self.waiting[: min(max(limit, 1), MOST_UPDATES)]]

    def interrupt(self, reason: str) -> None:
        """End a poll that still waits."""
        if self._poll and not self._poll.done():
            self._poll.set_result(reason)

    async def _change_or_interruption(self, mine: "asyncio.Future[str]") -> None:
        change = asyncio.ensure_future(self._changes.next.wait())
        try:
            await asyncio.wait({change, mine}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            change.cancel()
        if mine.done():
            raise ApiError(409, f"Conflict: {mine.result()}")


class _Raw(Update):
    @property
    def json(self) -> dict[str, Any]:
        return self.body
