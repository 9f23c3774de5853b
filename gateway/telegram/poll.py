"""Polling, where Telegram cannot reach us: updates are confirmed once they are kept.

Run by ``gateway.telegram.platform``. Calls the Bot API's getUpdates by ``gateway.telegram.api`` and
``gateway.telegram.intake``. Telegram keeps what is not confirmed for a day, so nothing is lost by a restart.
"""

import logging

from telegram.error import Conflict, TelegramError

from gateway.delivery.errors import ChannelDown, RetryLater
from gateway.telegram.api import Api
from gateway.telegram.errors import send_error
from gateway.telegram.intake import Intake, NotKept
from gateway.telegram.parse import UPDATE_KINDS
from gateway.telegram.waiting import Pause

log = logging.getLogger(__name__)

WAIT_SECONDS = 30


class Poller:
    """Fetches updates, one batch after another."""

    def __init__(self, api: Api, intake: Intake, pause: Pause) -> None:
        self._api = api
        self._intake = intake
        self._pause = pause
        self._offset: int | None = None

    async def run(self) -> None:
        """Fetch for ever."""
        while True:
            try:
                await self.fetch()
                self._pause.over()
            except NotKept:
                await self._pause("Updates could not be kept; they will be fetched again")
            except Conflict as error:
                await self._pause(_conflict(error))
            except TelegramError as error:
                await self._wait_after(error)

    async def fetch(self) -> None:
        """Fetch one batch and keep it.

        Raises:
            NotKept: some of it; what comes before that is confirmed with the next batch.
            TelegramError: none could be fetched.
        """
        updates = await self._api.updates(self._offset, UPDATE_KINDS, WAIT_SECONDS)
        not_kept = [update for update in updates if not await self._is_kept(update)]
        if not_kept:
            self._offset = min(_numbers(not_kept))
            raise NotKept
        if updates:
            self._offset = max(_numbers(updates)) + 1

    async def _is_kept(self, update: object) -> bool:
        try:
            await self._intake.take(update)
        except NotKept:
            return False
        return True

    async def _wait_after(self, error: TelegramError) -> None:
        cause = send_error(error)
        if isinstance(cause, ChannelDown):
            await self._pause(f"{cause}; see `make check-telegram`", long=True)
        else:
            asked = cause.seconds if isinstance(cause, RetryLater) else None
            await self._pause(f"Telegram cannot be polled ({cause})", at_least=asked or 0)


def _conflict(error: Conflict) -> str:
    if "webhook" in error.message.lower():
        return "A webhook is set for this bot, so polling gets nothing: see `make check-telegram`"
    return "Somebody else polls for this bot (its token is used twice), so updates go here or there"


def _numbers(updates: list[object]) -> list[int]:
    """Return the ids of updates.

    Raises:
        TelegramError: none has any, so that nothing could be confirmed.
    """
    ids = [update.get("update_id") for update in updates if isinstance(update, dict)]
    numbers = [number for number in ids if isinstance(number, int)]
    if not numbers:
        raise TelegramError("updates without a number")
    return numbers
