"""The conversation's lock: waiting messages are served at once and in order.

Named in ``endpoints.yml``, taken by ``bot.channel`` around every turn and every forgetting. Rasa's own lock
polls once a second; this one is an ``asyncio.Lock``, so it holds inside one process only and refuses more.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from rasa.core.lock_store import LockStore
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import EndpointConfig


class FairLockStore(LockStore):
    """One fair lock per conversation, kept only while somebody holds or awaits it."""

    def __init__(self, endpoint_config: EndpointConfig | None = None) -> None:
        """Make an empty store.

        Raises:
            RasaException: several workers are asked for, which this lock could not keep apart.
        """
        refuse_several_workers()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = 0, wait_time_in_seconds: float = 0
    ) -> AsyncIterator[None]:
        """Hold the conversation's lock; both times are Rasa's, and nothing here expires or polls."""
        lock = self._locks.setdefault(conversation_id, asyncio.Lock())
        async with lock:
            yield


def refuse_several_workers() -> None:
    """Stop the start when Rasa would fork workers.

    Raises:
        RasaException: ``SANIC_WORKERS`` is not 1.
    """
    workers = os.environ.get("SANIC_WORKERS", "1")
    if workers != "1":
        raise RasaException(
            f"SANIC_WORKERS={workers}: conversations are kept in order by a lock inside one process. "
            "Unset it, or run several Rasa servers and let the gateway pin each conversation to one."
        )
