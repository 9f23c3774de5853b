"""Whether a channel can be used at all: shut when its token or account is refused, then tried every ten minutes.

Called by the rest of ``gateway.delivery`` and by the health check. Calls nothing; a new process begins open.
"""

import logging
from datetime import datetime, timedelta

from gateway.clock import Clock

log = logging.getLogger(__name__)

TRY_AFTER = timedelta(minutes=10)


class Gate:
    """One channel's gate."""

    def __init__(self, channel: str, clock: Clock) -> None:
        self._channel = channel
        self._clock = clock
        self._try_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the platform takes our messages, as far as we know."""
        return self._try_at is None

    @property
    def lets_one_try(self) -> bool:
        """Whether a message may go: all when open, one when it is time to try."""
        return self._try_at is None or self._try_at <= self._clock()

    def enter(self) -> bool:
        """Return whether this message may go; when shut, the next has to wait again."""
        if not self.lets_one_try:
            return False
        if self._try_at is not None:
            self._try_at = self._clock() + TRY_AFTER
        return True

    def shut(self, reason: str) -> None:
        """Stop the channel; ``reason`` is logged once and names the platform's code only."""
        if self.is_open:
            log.error(
                "%s is stopped, an operator is needed: %s. Its messages are kept.", self._channel, reason
            )
        self._try_at = self._clock() + TRY_AFTER

    def works(self) -> None:
        """Note that the platform took a message."""
        if not self.is_open:
            log.warning("%s works again", self._channel)
        self._try_at = None
