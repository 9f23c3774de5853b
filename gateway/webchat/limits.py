"""How much one browser and one address may send, counted in memory only.

Called by ``gateway.webchat.routes``. Addresses are neither stored nor logged.
"""

import ipaddress
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

    def _forget_idle(self, now: float) -> None:
        self._times = {
            key: times for key, times in self._times.items() if times and times[-1] > now - self._seconds
        }


def network_of(address: str) -> str:
    """Return what counts as one sender: an IPv4 address, or the /64 an IPv6 household gets."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ip) if ip.version == 4 else str(ipaddress.ip_network((ip, 64), strict=False))
