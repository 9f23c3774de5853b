"""How often something may happen in a time, counted by key and in memory only.

Called by ``gateway.webchat.routes`` (messages of browsers and addresses) and ``gateway.flood`` (messages of
conversations on channels that push). Keys are neither stored nor logged.
"""

import time
from collections import deque
from collections.abc import Callable

MOST_KEYS = 10_000


class TooFast(Exception):
    """Too many in too short a time. ``retry_after`` in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after


class RateLimit:
    """At most ``most`` events of one key in ``seconds``."""

    def __init__(self, most: int, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._now = now
        self._times: dict[str, deque[float]] = {}

    def count(self, key: str) -> None:
        """Count an event.

        Raises:
            TooFast: it is one too many; it was not counted.
        """
        now = self._now()
        times = self._times.setdefault(key, deque())
        while times and times[0] <= now - self._seconds:
            times.popleft()
        if len(times) >= self._most:
            raise TooFast(int(times[0] + self._seconds - now) + 1)
        times.append(now)
        if len(self._times) > MOST_KEYS:
            self._forget_idle(now)

    def take_back(self, key: str) -> None:
        """Take back the last event that was counted: it did not happen."""
        if times := self._times.get(key):
            times.pop()

    def _forget_idle(self, now: float) -> None:
        self._times = {
            key: times for key, times in self._times.items() if times and times[-1] > now - self._seconds
        }
