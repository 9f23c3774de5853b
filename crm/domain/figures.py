"""What statistics show: numbers of a month or a year, of Jakarta or a place in it, as they may be published.

Made by ``crm.services.refresh_figures``, kept in ``monthly_figure``, read by the statistics page and the command line.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from crm.domain.places import Place
from crm.domain.times import WIB, day_in_jakarta

_WRITTEN = re.compile(r"([12][0-9]{3})(?:-(0[1-9]|1[0-2]))?", re.ASCII)


@dataclass(frozen=True)
class Period:
    """A month in Jakarta, or a year: 2026-11, 2026."""

    year: int
    month: int | None = None

    def __str__(self) -> str:
        return f"{self.year}" if self.month is None else f"{self.year}-{self.month:02d}"

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read a period.

        Raises:
            ValueError: it is none.
        """
        written = _WRITTEN.fullmatch(text)
        if not written:
            raise ValueError("a month (2026-11) or a year (2026)")
        year, month = written.groups()
        return cls(int(year), int(month) if month else None)

    @classmethod
    def month_of(cls, moment: datetime) -> "Period":
        """Return the month it is in Jakarta at a moment."""
        day = day_in_jakarta(moment)
        return cls(day.year, day.month)

    @property
    def whole_year(self) -> "Period":
        """The year a month belongs to."""
        return Period(self.year)

    @property
    def first_day(self) -> date:
        """The day it begins with."""
        return date(self.year, self.month or 1, 1)

    @property
    def next(self) -> "Period":
        """The period after this one."""
        if self.month is None:
            return Period(self.year + 1)
        return Period(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def begins(self) -> datetime:
        """The moment it begins in Jakarta."""
        first = self.first_day
        return datetime(first.year, first.month, first.day, tzinfo=WIB).astimezone(UTC)

    @property
    def ends(self) -> datetime:
        """The moment the next one begins."""
        return self.next.begins


@dataclass(frozen=True)
class Figures:
    """The numbers of one period and place, as of a moment.

    Names are those of ``crm.domain.tally``; times are minutes. Of figures the city published itself, ``source`` says
    where, and numbers it did not publish are missing.
    """

    period: Period
    place: str
    numbers: Mapping[str, int]
    as_of: datetime
    source: str | None = None

    def __getitem__(self, name: str) -> int | None:
        """Return a number; what the city did not publish is None, what was not counted is 0."""
        return self.numbers.get(name, None if self.source or name.endswith(("_mean", "_median")) else 0)

    @property
    def finished_share(self) -> float | None:
        """The share of reports that are finished; both numbers may be a little too small."""
        received, finished = self["received"], self["finished"]
        return min(finished / received, 1.0) if received and finished is not None else None

    def breakdown(self, figure: str) -> Mapping[str, int]:
        """Return the numbers of a breakdown by their keys, the largest first."""
        begin = f"{figure}:"
        found = {name.removeprefix(begin): n for name, n in self.numbers.items() if name.startswith(begin)}
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    @property
    def days(self) -> Mapping[date, int]:
        """Reports by day, in order."""
        found = self.breakdown("day")
        return {date.fromisoformat(day): found[day] for day in sorted(found)}

    @property
    def peak_day(self) -> tuple[date, int] | None:
        """The day with most reports, and how many."""
        found = self.breakdown("day")
        return next(((date.fromisoformat(day), number) for day, number in found.items()), None)

    @property
    def a_day(self) -> float | None:
        """Reports a day, of the days that have passed."""
        received = self["received"]
        until = min(self.as_of, self.period.ends) if self.source is None else self.period.ends
        days = (until - self.period.begins).total_seconds() / 86400
        return received / max(days, 1) if received is not None else None


@dataclass(frozen=True)
class Statistics:
    """The figures of a period and place, with those of its parts and of the months around it.

    ``figures`` is None where nothing was counted; ``periods`` are all there are figures for, the newest first.
    """

    period: Period
    place: Place
    figures: Figures | None
    parts: Sequence[tuple[Place, Figures]]
    months: Sequence[Figures]
    periods: Sequence[Period]
