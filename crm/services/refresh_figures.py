"""Count again what changed: the tallies of months, and what may be published of them.

Called by ``crm.bootstrap.Crm`` for the web process (every few minutes) and the command line. Only months with a report
whose status changed since the last time are counted; then their years are added up. Reports are read outside the
transaction that writes, so that nobody who files a report waits. Safe to repeat, and while others do it.
"""

from collections import defaultdict
from dataclasses import dataclass

from crm.domain.disclosure import Counted, publish, tallies_of_places
from crm.domain.figures import Figures, Period
from crm.domain.places import Places
from crm.domain.tally import Tally, added
from crm.domain.times import Clock, day_in_jakarta
from crm.services.ports import RefreshState, Store

# Beyond so many changes every month is counted: after an import, or the first time.
ALL_AFTER = 100_000


@dataclass(frozen=True)
class Refreshing:
    """What counting needs."""

    store: Store
    places: Places
    clock: Clock

    def refresh(self) -> int:
        """Count the months that changed; return how many there were.

        Raises:
            StoreUnavailable: what is missing follows next time.
        """
        now = self.clock()
        with self.store.reading() as work:
            before = work.figures.state() or RefreshState(0, 0, now)
            seen = work.figures.last_change()
        months = self._changed_months(before.settled, seen)
        for month in months:
            self._count(month)
        for year in sorted({month.whole_year for month in months}, key=str):
            self._add_up(year)
        with self.store.writing() as work:
            work.figures.keep_state(RefreshState(settled=before.seen, seen=seen, as_of=now))
        return len(months)

    def _changed_months(self, settled: int, seen: int) -> list[Period]:
        with self.store.reading() as work:
            if seen - settled < ALL_AFTER:
                days = {day_in_jakarta(at) for at in work.figures.changed_since(settled)}
                return sorted({Period(day.year, day.month) for day in days}, key=str)
            first = work.figures.first_filed()
        months = [Period.month_of(first)] if first else []
        while months and months[-1].ends <= self.clock():
            months.append(months[-1].next)
        return months

    def _count(self, month: Period) -> None:
        leaves: defaultdict[str, Tally] = defaultdict(Tally)
        with self.store.reading() as work:
            for report in work.figures.reports_of(month):
                leaves[report.kelurahan_code or ""].count(report)
        counted = publish(tallies_of_places(leaves, self.places), self.places)
        with self.store.writing() as work:
            work.figures.keep_tallies(month, leaves)
            if not work.figures.is_published_by_city(month):
                work.figures.keep_figures(month, counted.published)

    def _add_up(self, year: Period) -> None:
        with self.store.reading() as work:
            months = [
                Counted(
                    tallies_of_places(work.figures.tallies_of(month), self.places),
                    work.figures.published(month),
                )
                for month in work.figures.tallied_months(year)
            ]
            if not months or work.figures.is_published_by_city(year):
                return
        total = {place: added(month.tallies[place] for month in months) for place in months[0].tallies}
        counted = publish(total, self.places, months)
        with self.store.writing() as work:
            work.figures.keep_figures(year, counted.published)

    def take_over(self, published: list[Figures]) -> None:
        """Keep figures the city published itself; they are shown as they are, and no count replaces them.

        Raises:
            StoreUnavailable: the outcome is unknown; the same again does no harm.
        """
        with self.store.writing() as work:
            for one in published:
                numbers = {one.place: one.numbers}
                work.figures.keep_figures(one.period, numbers, as_of=one.as_of, source=one.source)
