"""The reports officers work from, and those related to one of them. Called by ``crm.bootstrap.Crm``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import cos, hypot, inf, radians

from crm.domain.areas import KM_PER_DEGREE
from crm.domain.complaint import ComplaintSummary, Location
from crm.domain.officers import Officer
from crm.domain.report_number import ReportNumber
from crm.domain.times import Clock
from crm.domain.worklist import Cursor, Worklist, WorklistFilter
from crm.services.find import found_by, read_number
from crm.services.ports import Store

RECENT = timedelta(days=90)
NEARBY_KM = 0.3
RELATED_AT_MOST = 20
PAGE_AT_MOST = 200


@dataclass(frozen=True)
class Listing:
    """What officers' lists need."""

    store: Store
    clock: Clock

    def worklist(self, officer: Officer, wanted: WorklistFilter, *, after: str | None, size: int) -> Worklist:
        """Return a page of the reports an officer sees; ``after`` of one page begins the next.

        A cursor nobody gave begins at the start.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        scope = officer.scope
        if scope is None:
            return Worklist((), None)
        size = min(max(size, 1), PAGE_AT_MOST)
        with self.store.reading() as work:
            return work.worklist.page(scope, wanted, after=_cursor(after), size=size, now=self.clock())

    def related(self, number: ReportNumber | str, officer: Officer) -> Sequence[ComplaintSummary]:
        """Return open reports that may be about the same problem, the nearest first, then the newest.

        Same category, in the same kelurahan or within some 300 m, of the last 90 days.

        Raises:
            ComplaintNotFound: there is no such report, or it is not the officer's to see.
            StoreUnavailable: the store does not answer.
        """
        with self.store.reading() as work:
            complaint = found_by(officer, read_number(number), work)
            scope = officer.scope
            if scope is None:
                return ()
            found = work.worklist.related(
                complaint,
                scope,
                since=self.clock() - RECENT,
                degrees=NEARBY_KM / KM_PER_DEGREE,
                limit=RELATED_AT_MOST,
            )
        return sorted(found, key=lambda one: _distance(complaint.location, one.location))


def _cursor(after: str | None) -> Cursor | None:
    try:
        return Cursor.parse(after) if after else None
    except ValueError:
        return None


def _distance(one: Location, other: Location) -> float:
    """Return the kilometres between two points; endless where one is unknown."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return inf
    north = (one.lat - other.lat) * KM_PER_DEGREE
    return hypot(north, (one.lon - other.lon) * KM_PER_DEGREE * cos(radians(one.lat)))
