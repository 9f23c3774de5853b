"""Rates of the Cloud API stand-in: overall, and to one user (channels.md 2.6)."""

from collections import defaultdict
from dataclasses import dataclass, field

from tests.servers.whatsapp_errors import ApiError

A_SECOND = 80
PAIR_SECONDS = 6.0
PAIR_BURST = 45


@dataclass
class Bucket:
    """So many at once, then one every ``seconds``."""

    most: float
    seconds: float
    filled_at: float
    left: float

    def take(self, now: float) -> bool:
        self.left = min(self.most, self.left + (now - self.filled_at) / self.seconds)
        self.filled_at = now
        if self.left < 1:
            return False
        self.left -= 1
        return True


@dataclass
class Rates:
    """Counts messages; refuses what comes too fast."""

    overall: Bucket | None = None
    pairs: dict[str, Bucket] = field(default_factory=lambda: defaultdict())

    def count(self, user: str, now: float) -> None:
        if self.overall is None:
            self.overall = Bucket(A_SECOND, 1 / A_SECOND, now, A_SECOND)
        pair = self.pairs.setdefault(user, Bucket(PAIR_BURST, PAIR_SECONDS, now, PAIR_BURST))
        if not self.overall.take(now):
            raise ApiError(130429)
        if not pair.take(now):
            raise ApiError(131056)
