"""Waiting before another try: ever longer, and said once.

Called by ``gateway.telegram.poll`` and ``gateway.telegram.setup``. Calls nothing.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

Sleep = Callable[[float], Awaitable[None]]

LONGEST_SECONDS = 30.0
# Nothing gets better here without an operator.
LONG_SECONDS = 600.0


class Pause:
    """Waits 1, 2, 4, … seconds while things keep failing."""

    def __init__(self, sleep: Sleep = asyncio.sleep) -> None:
        self._sleep = sleep
        self._failures = 0
        self._said = ""

    def over(self) -> None:
        """Note that things go well again."""
        if self._said:
            log.info("Telegram goes on")
        self._failures, self._said = 0, ""

    async def __call__(self, reason: str, *, at_least: float = 0, long: bool = False) -> None:
        """Wait, and log the reason unless it is the same as before."""
        if reason != self._said:
            log.warning("%s", reason)
            self._said = reason
        seconds = LONG_SECONDS if long else min(2.0**self._failures, LONGEST_SECONDS)
        self._failures += 1
        await self._sleep(max(seconds, at_least))
