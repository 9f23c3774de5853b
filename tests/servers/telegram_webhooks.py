"""Webhook deliveries: one at a time per queue, tried again as the Bot API server does, until thanked or too old.

Used by ``telegram_server``. ``pause`` and ``resume`` let taps overtake messages; ``lose_answers`` makes redeliveries.
"""

import asyncio
import json
import random
from collections.abc import Hashable
from dataclasses import dataclass

import httpx

from tests.servers.telegram_time import Changes, PlatformTime
from tests.servers.telegram_updates import Update, Updates

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_RETRY_AFTER = 3600


@dataclass
class Delivery:
    """One try; ``status`` is None when nobody answered."""

    update: Update
    status: int | None


class Webhooks:
    """Delivers what waits to the webhook, if one is set."""

    def __init__(self, updates: Updates, time: PlatformTime, changes: Changes) -> None:
        self._updates = updates
        self._time = time
        self._changes = changes
        self._http: httpx.AsyncClient | None = None
        self._workers: dict[Hashable, asyncio.Task[None]] = {}
        self._paused = False
        self.url = ""
        self.secret: str | None = None
        self.last_error = ""
        self.last_error_date = 0
        self.deliveries: list[Delivery] = []
        self.lose_answers = 0

    def set(self, url: str, secret: str | None) -> None:
        self.url, self.secret = url, secret
        self._updates.webhook_is_set = bool(url)
        self.wake()

    def wake(self) -> None:
        """Let every queue with something in it be worked on."""
        if not self.url or self._paused:
            return
        for queue in {update.queue for update in self._updates.waiting} - self._workers.keys():
            self._workers[queue] = asyncio.create_task(self._work(queue))

    def pause(self) -> None:
        self._paused = True

    async def resume(self, first: str | None = None) -> None:
        """Go on; everything of one kind may go first."""
        queues = {update.queue for update in self._updates.waiting if update.kind == first}
        await asyncio.gather(*map(self._deliver_all, queues))
        self._paused = False
        self.wake()

    async def redeliver(self, update: Update) -> int | None:
        """Deliver an update once more that was thanked for already; return the status."""
        return (await self._post(update))[0]

    async def stop(self) -> None:
        workers = list(self._workers.values())
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        if self._http:
            await self._http.aclose()
            self._http = None

    async def _work(self, queue: Hashable) -> None:
        try:
            await self._deliver_all(queue)
        finally:
            del self._workers[queue]

    async def _deliver_all(self, queue: Hashable) -> None:
        failures = 0
        while self.url and (update := self._updates.first(queue)):
            status, retry_after = await self._post(update)
            thanked = status is not None and 200 <= status < 300
            if thanked and self.lose_answers:
                self.lose_answers -= 1
                thanked = False
            if thanked:
                self._updates.confirm(update)
                failures = 0
            else:
                await self._time.sleep(retry_after or _wait(failures))
                failures += 1

    async def _post(self, update: Update) -> tuple[int | None, float]:
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers[SECRET_HEADER] = self.secret
        self._http = self._http or httpx.AsyncClient(trust_env=False, timeout=60)
        try:
            response = await self._http.post(self.url, content=json.dumps(update.json), headers=headers)
        except httpx.HTTPError as error:
            self._note(update, None, f"Connection failed: {type(error).__name__}")
            return None, 0
        wrong = "" if response.is_success else f"{response.status_code} {response.reason_phrase}"
        self._note(update, response.status_code, wrong and f"Wrong response from the webhook: {wrong}")
        return response.status_code, min(float(response.headers.get("retry-after", 0)), LONGEST_RETRY_AFTER)

    def _note(self, update: Update, status: int | None, wrong: str) -> None:
        self.deliveries.append(Delivery(update, status))
        if wrong:
            self.last_error, self.last_error_date = wrong, int(self._time.now())
        self._changes.happened()


def _wait(failures: int) -> float:
    """Return the seconds before the next try: none, then 2, 4, 8, … up to one or two minutes."""
    return 0 if failures == 0 else min(2.0**failures, random.uniform(60, 120))
