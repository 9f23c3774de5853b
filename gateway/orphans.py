"""Deletes photos that ended in no report: drafts cancelled, expired or forgotten.

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
    """Delete photos older than ``age``, by when every draft is filed or gone, that belong to no report."""
    undecided = await asyncio.to_thread(media.undecided, age)
    for start in range(0, len(undecided), AT_ONCE):
        names = undecided[start : start + AT_ONCE]
        attached = await asyncio.to_thread(reports.attached_photos, names)
        for name in names:
            if name in attached:
                media.keep_for_good(name)
            else:
                media.drop_photo(name)
