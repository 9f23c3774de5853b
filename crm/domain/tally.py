"""Counts reports: what one report adds to the figures of its month and place.

A tally is a bag of named counts, so that kelurahan add up to kecamatan and months to years. Names are a figure
(``received``) or a figure and a key (``category:jalan``). Reports anybody may read are counted apart from all
others, whose small counts are hidden later (``crm.domain.disclosure``).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crm.domain.status import Status
from crm.domain.times import day_in_jakarta

# Breakdowns, and the figure each of them divides.
WHOLE_OF = {
    "status": "received",
    "category": "received",
    "channel": "received",
    "day": "received",
    "finished_category": "finished",
}
FINE, COARSE = 15, 60
FINE_UNTIL = 12 * 60


@dataclass(frozen=True)
class CountedReport:
    """What of a report is counted."""

    kelurahan_code: str | None
    is_public: bool
    status: Status
    category_code: str
    channel: str
    filed_at: datetime
    responded_at: datetime | None = None
    finished_at: datetime | None = None
    reopened: int = 0
    refused_closures: int = 0
    has_proof: bool = False

    def counts(self) -> Iterator[tuple[str, int]]:
        """Yield what the report adds to which count."""
        yield "received", 1
        yield f"status:{self.status}", 1
        yield f"category:{self.category_code}", 1
        yield f"channel:{self.channel}", 1
        yield f"day:{day_in_jakarta(self.filed_at)}", 1
        if self.responded_at:
            yield "answered", 1
            yield from _duration("answer", self.responded_at - self.filed_at)
        if self.finished_at:
            yield "finished", 1
            yield f"finished_category:{self.category_code}", 1
            yield from _duration("finish", self.finished_at - self.filed_at)
            yield "proven", int(self.has_proof)
        yield "reopened", min(self.reopened, 1)
        yield "refused_closures", self.refused_closures


@dataclass(frozen=True)
class Tally:
    """Counts of the reports anybody may read, and of those only officers and their reporters may."""

    public: Counter[str] = field(default_factory=Counter)
    private: Counter[str] = field(default_factory=Counter)

    def count(self, report: CountedReport) -> None:
        """Count one more report."""
        counter = self.public if report.is_public else self.private
        for name, number in report.counts():
            if number:
                counter[name] += number

    def add(self, other: "Tally") -> None:
        """Count what another tally counted as well."""
        self.public.update(other.public)
        self.private.update(other.private)


def added(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of tallies."""
    total = Tally()
    for tally in tallies:
        total.add(tally)
    return total


def durations(counter: Counter[str], figure: str) -> dict[int, int]:
    """Return how often each time until ``finish`` or ``answer`` was counted, by minutes."""
    begin = f"{figure}_minutes:"
    return {int(name.removeprefix(begin)): n for name, n in counter.items() if name.startswith(begin)}


def mean_minutes(counted: Mapping[int, int], seconds: int) -> int:
    """Return the mean of times that were counted, from their sum."""
    return round(seconds / 60 / sum(counted.values()))


def median_minutes(counted: Mapping[int, int]) -> int:
    """Return the median of times that were counted, to a quarter of an hour, later to an hour."""
    half = (sum(counted.values()) + 1) // 2
    for minutes in sorted(counted):
        half -= counted[minutes]
        if half <= 0:
            return minutes + _width(minutes) // 2
    raise ValueError("nothing was counted")


def _duration(figure: str, duration: timedelta) -> Iterator[tuple[str, int]]:
    """Yield the count of a time and its sum; an anonymous report's was filed at a whole hour."""
    minutes = max(0, int(duration.total_seconds() // 60))
    yield f"{figure}_minutes:{minutes - minutes % _width(minutes)}", 1
    yield f"{figure}_seconds", max(0, int(duration.total_seconds()))


def _width(minutes: int) -> int:
    return FINE if minutes < FINE_UNTIL else COARSE
