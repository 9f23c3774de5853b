"""How many numbers and codes may be tried in vain from one network. Used by ``crm.web.tracking.routes``.

Counted in memory only: addresses are neither stored nor logged.
"""

import ipaddress
from collections import deque
from datetime import datetime, timedelta
from math import ceil

from crm.domain.times import Clock

# Many citizens share one address: the mobile networks put thousands behind it.
MOST, WITHIN = 60, timedelta(minutes=10)
MOST_NETWORKS = 10_000


class TooManyAttempts(Exception):
    """Too much was tried in vain; ``minutes`` until it may be tried again."""

    def __init__(self, minutes: int) -> None:
        super().__init__(f"again in {minutes} minutes")
        self.minutes = minutes


class Attempts:
    """Counts refusals by network; what was found counts nothing."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._refused: dict[str, deque[datetime]] = {}

    def check(self, address: str) -> None:
        """Let pass whoever has not tried too much.

        Raises:
            TooManyAttempts: they have; nothing is looked up, whatever was asked for.
        """
        since = self._clock() - WITHIN
        refused = self._refused.get(_network(address), deque())
        while refused and refused[0] <= since:
            refused.popleft()
        if len(refused) >= MOST:
            raise TooManyAttempts(ceil((refused[0] - since) / timedelta(minutes=1)))

    def refused(self, address: str) -> None:
        """Count a refusal."""
        self._refused.setdefault(_network(address), deque(maxlen=MOST)).append(self._clock())
        if len(self._refused) > MOST_NETWORKS:
            since = self._clock() - WITHIN
            self._refused = {network: times for network, times in self._refused.items() if times[-1] > since}


def _network(address: str) -> str:
    """Return what counts as one: an IPv4 address, or the /64 an IPv6 household gets."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ip) if ip.version == 4 else str(ipaddress.ip_network((ip, 64), strict=False))
