"""Decides about photos: those of reports stay, those of drafts cancelled, expired or forgotten are deleted.

Called hourly by ``gateway.app``. Calls ``gateway.media`` and the CRM, which alone knows the photos of
reports.
"""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from gateway.media import Media

AT_ONCE = 500


class Reports(Protocol):
    """What is asked of ``crm.bootstrap.Crm``."""

    def attached_photos(self, names: Sequence[str]) -> frozenset[str]:
        """Return those of these photos that belong to a report."""


async def drop_orphans(media: Media, reports: Reports, age: timedelta) -> None:
    """Keep the photos that a report has for good; delete others older than ``age``, by when every draft is over.

    Photos are kept for good at the first sweep after their report: until then a bucket tells when they came.

    Raises:
        MediaUnavailable: the store of photos does not answer; the next sweep goes on.
    """
    undecided = await media.undecided()
    for start in range(0, len(undecided), AT_ONCE):
        names = undecided[start : start + AT_ONCE]
        for name in await asyncio.to_thread(reports.attached_photos, names):
            await media.keep_for_good(name)
    for name in await media.undecided(age):
        await media.drop_photo(name)
