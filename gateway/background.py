"""Work that goes on by itself for as long as the gateway runs.

Called by ``gateway.app``. Calls what it was given.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)


async def every(seconds: float, job: Callable[[], Awaitable[None]]) -> None:
    """Do a job for ever, so many seconds after it was done; of failures in a row the first is logged."""
    failing = False
    while True:
        try:
            await job()
            failing = False
        except Exception:
            if not failing:
                log.exception("%s failed; it will be tried again", getattr(job, "__qualname__", job))
            failing = True
        await asyncio.sleep(seconds)
