"""Photos as the gateway uses them: checked, cleaned, and kept under random names in the store that is set.

Called by the channels, ``gateway.delivery``, ``gateway.orphans`` (photos of no report) and ``crm.web`` (``read`` and
``keep_photo``). Calls ``gateway.media.photo`` and a store, both in threads: the event loop never waits for a disk or a
bucket.
"""

import asyncio
import logging
import re
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TypeVar, TypeVarTuple

from gateway.clock import Clock
from gateway.media.folder import FolderStore
from gateway.media.photo import clean_photo
from gateway.media.store import MediaUnavailable, PhotoStore
from gateway.settings import Settings

log = logging.getLogger(__name__)

CLEANED_AT_ONCE = 2
# Threads of their own: a bucket that does not answer must not keep the CRM and the gateway's store waiting.
CALLS_AT_ONCE = 8
_NAME = re.compile(r"[0-9a-f]{32}\.jpg")

T = TypeVar("T")
Arguments = TypeVarTuple("Arguments")


class Media:
    """The photos. A name is 128 random bits and tells nothing; who knows it may have been shown the photo."""

    def __init__(self, store: PhotoStore) -> None:
        self._store = store
        self._cleaned_at_once = asyncio.Semaphore(CLEANED_AT_ONCE)
        self._threads = ThreadPoolExecutor(CALLS_AT_ONCE, "media")

    def check(self) -> None:
        """Find out, before the gateway starts, whether the store can be used.

        Raises:
            SettingsError: its settings are wrong.
        """
        self._store.check()

    async def keep_photo(self, content: bytes) -> str:
        """Check and store a photo; return the name by which reports refer to it.

        Raises:
            PhotoRejected: it is none; nothing was stored.
            MediaUnavailable: it cannot be stored now; the same photo can be sent again.
        """
        async with self._cleaned_at_once:
            clean = await asyncio.to_thread(clean_photo, content)
        name = f"{secrets.token_hex(16)}.jpg"
        await self._call(self._store.keep, name, clean)
        return name

    async def read(self, name: str) -> bytes | None:
        """Return a photo (a JPEG), None if there is none of this name.

        Raises:
            MediaUnavailable: it cannot be had now.
        """
        if not _NAME.fullmatch(name):
            return None
        return await self._call(self._store.read, name)

    async def drop_photo(self, name: str) -> None:
        """Delete a photo that was stored for nothing; what cannot be deleted now is left to the hourly sweep."""
        try:
            await self._call(self._store.drop, name)
        except MediaUnavailable as error:
            log.warning("A photo of no report could not be deleted (%s); it will be tried again", error)

    async def undecided(self, age: timedelta = timedelta(0)) -> list[str]:
        """Return the photos older than ``age`` of which is not known yet that a report has them.

        Raises:
            MediaUnavailable: nobody can tell now.
        """
        return await self._call(self._store.undecided, age)

    async def keep_for_good(self, name: str) -> None:
        """Note that a report has this photo.

        Raises:
            MediaUnavailable: it could not be noted; it can be done again.
        """
        await self._call(self._store.keep_for_good, name)

    async def close(self) -> None:
        """Let what has begun end, and close the store."""
        await asyncio.to_thread(self._threads.shutdown, cancel_futures=True)
        self._store.close()

    async def _call(self, call: Callable[[*Arguments], T], *arguments: *Arguments) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call, *arguments)


def open_media(settings: Settings, clock: Clock) -> Media:
    """Return the photos in the bucket that is set, else in the folder; opens no connection yet."""
    if settings.bucket is None:
        return Media(FolderStore(settings.media, clock))
    from gateway.media.bucket import BucketStore  # Its library is loaded by those who use it only.

    return Media(BucketStore(settings.bucket, clock))
