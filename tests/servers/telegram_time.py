"""The platform's time: it passes as ours does, can be moved on, and waiting is compressed.

Used by the other ``telegram_*`` modules.
"""

import asyncio
import time
from contextlib import suppress


class PlatformTime:
    """``pace`` is what a second of waiting takes here; expiry goes by real time and by ``move``."""

    def __init__(self, pace: float = 0.001) -> None:
        self.pace = pace
        self._moved_by = 0.0
        self._moved = asyncio.Event()

    def now(self) -> float:
        return time.time() + self._moved_by

    def move(self, seconds: float) -> None:
        """Let time pass; whoever waits for a moment before then goes on."""
        self._moved_by += seconds
        self._moved.set()
        self._moved = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        due = self.now() + seconds
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds * self.pace):
                while self.now() < due:
                    await self._moved.wait()


class Changes:
    """Lets tests wait for what others do, without sleeping. ``next`` is set when something happens from now on."""

    def __init__(self) -> None:
        self.next = asyncio.Event()

    def happened(self) -> None:
        self.next.set()
        self.next = asyncio.Event()
