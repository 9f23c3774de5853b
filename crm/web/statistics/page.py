"""Puts figures into words and charts for the statistics page. Called by ``crm.web.statistics.routes``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from crm import formatting
from crm.domain.figures import Figures, Period, Statistics
from crm.domain.places import Place
from crm.domain.reference import Reference
from crm.domain.status import Status
from crm.web.statistics.charts import Bars, Columns, bars_of, columns_of

CATEGORIES_SHOWN = 10
# Channels as citizens know them; a channel not listed keeps its own name.
CHANNELS = {"web": "Obrolan web", "telegram": "Telegram", "whatsapp": "WhatsApp"}


@dataclass(frozen=True)
class Breakdown:
    """Numbers by name, for a chart and the table beside it; ``finished`` where that is counted, too."""

    received: Mapping[str, int]
    chart: Bars | Columns
    finished: Mapping[str, int] | None = None

    @property
    def most(self) -> tuple[str, int] | None:
        """The name with the largest number."""
        return max(self.received.items(), key=lambda item: item[1], default=None)


def period_label(period: Period) -> str:
    """Name a period: November 2026, Tahun 2026."""
    return f"Tahun {period.year}" if period.month is None else formatting.month(period.first_day)


def place_label(place: Place) -> str:
    """Name a place with what kind it is, where the name alone could be another."""
    return place.name if place.level in ("provinsi", "kota") else f"{place.level.capitalize()} {place.name}"


def minutes(value: int | None) -> str:
    """Write a time."""
    return formatting.MISSING if value is None else formatting.duration(timedelta(minutes=value))


def by_status(figures: Figures) -> Breakdown:
    """Return the reports by status, in the order of a report's life."""
    found = figures.breakdown("status")
    values = {status.label: found[status] for status in Status if status in found}
    return Breakdown(values, bars_of(values))


def by_category(figures: Figures, reference: Reference) -> Breakdown:
    """Return the categories with most reports."""
    found = dict(list(figures.breakdown("category").items())[:CATEGORIES_SHOWN])
    labels = {code: category.label for code, category in reference.categories.items()}
    values = {labels.get(code, code): number for code, number in found.items()}
    done = figures.breakdown("finished_category")
    finished = {labels.get(code, code): done.get(code, 0) for code in found} if done else None
    return Breakdown(values, bars_of(values, finished), finished)


def by_channel(figures: Figures) -> Breakdown:
    """Return the reports by channel."""
    values = {CHANNELS.get(name, name): number for name, number in figures.breakdown("channel").items()}
    return Breakdown(values, bars_of(values))


def by_day(figures: Figures) -> Breakdown:
    """Return the reports by day of a month, days without reports as well."""
    days = figures.days
    if not days:
        return Breakdown({}, columns_of({}))
    first, last = figures.period.first_day, max(days)
    all_days = (first + timedelta(days=at) for at in range((last - first).days + 1))
    values = {str(day.day): days.get(day, 0) for day in all_days}
    return Breakdown(values, columns_of(values))


def by_month(statistics: Statistics) -> Breakdown:
    """Return the reports by month, and how many of them are finished."""
    label = {
        one.period: f"{formatting.MONTHS[(one.period.month or 1) - 1]} {one.period.year % 100:02d}"
        for one in statistics.months
    }
    values = {label[one.period]: one["received"] or 0 for one in statistics.months}
    finished = {label[one.period]: one["finished"] or 0 for one in statistics.months}
    return Breakdown(values, columns_of(values, finished), finished)


def by_place(statistics: Statistics) -> Breakdown:
    """Return the reports by the places within this one, those with most first."""
    ordered = sorted(statistics.parts, key=lambda part: -(part[1]["received"] or 0))
    values = {place.name: figures["received"] or 0 for place, figures in ordered}
    finished = {place.name: figures["finished"] or 0 for place, figures in ordered}
    return Breakdown(values, bars_of(values, finished), finished)


def open_reports(figures: Figures) -> int | None:
    """Return how many reports still wait for something, by their statuses."""
    found = figures.breakdown("status")
    return sum(number for status, number in found.items() if Status(status).is_open) if found else None
