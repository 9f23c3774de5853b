"""What a failure to send makes us do (docs/adr/0011); one method per kind of ``SendError``.

Called by ``gateway.delivery.courier`` (failures while sending) and ``gateway.delivery.reports`` (failures the platform
tells later). Calls the store and the channels' gates.
"""

import logging
import random
from collections.abc import Mapping
from datetime import timedelta

from gateway.capabilities import PUSHING
from gateway.clock import Clock
from gateway.delivery.errors import (
    ChannelDown,
    RetryLater,
    SendError,
    Unknown,
    Unreachable,
    WindowClosed,
)
from gateway.delivery.gate import Gate
from gateway.store import delivery
from gateway.store.delivery import Letter
from gateway.store.engine import Store

log = logging.getLogger(__name__)

LONGEST_WAIT_SECONDS = 300.0
# So that what failed together does not come back together.
JITTER = (0.75, 1.0)


class Reactions:
    """Reacts to failures on all channels that push."""

    def __init__(self, store: Store, gates: Mapping[str, Gate], clock: Clock) -> None:
        self._store = store
        self._gates = gates
        self._clock = clock
        self._chance = random.Random()  # noqa: S311 - spreads tries, guards nothing

    async def to(self, letter: Letter, error: SendError) -> None:
        """Note in a message's row what becomes of it."""
        match error:
            case RetryLater():
                wait = wait_seconds(letter.attempts, self._chance) if error.seconds is None else error.seconds
                await self._again_in(letter, wait)
            case Unknown():
                await self._doubt(letter)
            case Unreachable():
                await self._store.write(delivery.hold, letter)
            case WindowClosed():
                await self._outside_the_window(letter)
            case ChannelDown():
                self._gates[letter.channel].shut(str(error))
                await self._store.write(delivery.postpone, letter, None, counted=False)
            case _:
                log.error("%s refused a message, it is dropped: %s", letter.channel, error)
                await self._store.write(delivery.drop, letter)

    async def _again_in(self, letter: Letter, seconds: float) -> None:
        await self._store.write(delivery.postpone, letter, self._clock() + timedelta(seconds=seconds))

    async def _doubt(self, letter: Letter) -> None:
        wait = timedelta(seconds=PUSHING[letter.channel].doubt_seconds)
        await self._store.write(delivery.doubt, letter, self._clock() + wait)

    async def _outside_the_window(self, letter: Letter) -> None:
        """Send by template; where there is none, keep the message for when the citizen opens the window."""
        if letter.by_template:
            await self._store.write(delivery.hold, letter)
        else:
            await self._store.write(delivery.send_by_template, letter)


def wait_seconds(attempts: int, chance: random.Random) -> float:
    """Return how long to wait after so many tries: 1, 2, 4 … seconds, five minutes at most, a little less at random."""
    return min(2.0 ** min(attempts, 20), LONGEST_WAIT_SECONDS) * chance.uniform(*JITTER)
