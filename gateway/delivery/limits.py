"""How fast a channel may send: token buckets, for all together and for each conversation.

Called by ``gateway.delivery.courier``. The clock is injected; what is refused is tried again when it has moved.
"""

from datetime import datetime, timedelta

from gateway.capabilities import Rate
from gateway.clock import Clock

MOST_BUCKETS = 10_000


class Bucket:
    """Holds up to ``burst`` tokens and gains ``per_second``."""

    def __init__(self, rate: Rate, now: datetime) -> None:
        self._rate = rate
        self._tokens = float(rate.burst)
        self._filled_at = now

    def has_token(self, now: datetime) -> bool:
        """Return whether a token is left, after filling up."""
        gained = max(0.0, (now - self._filled_at).total_seconds()) * self._rate.per_second
        self._tokens = min(self._rate.burst, self._tokens + gained)
        self._filled_at = now
        return self._tokens >= 1

    def take(self) -> None:
        """Take a token that is there."""
        self._tokens -= 1

    @property
    def is_full(self) -> bool:
        """Whether nothing would be lost by forgetting this bucket."""
        return self._tokens >= self._rate.burst


class Limits:
    """The limits of one channel, counted in memory."""

    def __init__(self, overall: Rate, each: Rate, clock: Clock) -> None:
        self._each = each
        self._clock = clock
        self._overall = Bucket(overall, clock())
        self._buckets: dict[str, Bucket] = {}
        self._paused: dict[str, datetime] = {}

    def allow(self, conversation_id: str) -> bool:
        """Count a call for a conversation and return True; return False if it is too early for one."""
        now = self._clock()
        if self._paused.get(conversation_id, now) > now:
            return False
        self._paused.pop(conversation_id, None)
        if len(self._buckets) > MOST_BUCKETS:
            self._forget_full(now)
        own = self._buckets.setdefault(conversation_id, Bucket(self._each, now))
        if not (own.has_token(now) and self._overall.has_token(now)):
            return False
        own.take()
        self._overall.take()
        return True

    def pause(self, conversation_id: str, seconds: float) -> None:
        """Allow nothing for a conversation for so long, because the platform says so."""
        self._paused[conversation_id] = self._clock() + timedelta(seconds=seconds)

    def _forget_full(self, now: datetime) -> None:
        for bucket in self._buckets.values():
            bucket.has_token(now)
        self._buckets = {key: bucket for key, bucket in self._buckets.items() if not bucket.is_full}
