"""Jakarta's time. Everything is kept in UTC; the day of a report number is a day in Jakarta."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

# Asia/Jakarta has had no daylight saving since 1964: a fixed offset needs no time zone database.
WIB = timezone(timedelta(hours=7), "WIB")

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def day_in_jakarta(moment: datetime) -> date:
    """Return the day it is in Jakarta at ``moment``."""
    return moment.astimezone(WIB).date()


def hour_of(moment: datetime) -> datetime:
    """Return ``moment`` without minutes: all that is kept of an anonymous reporter's acts (docs/adr/0004)."""
    return moment.replace(minute=0, second=0, microsecond=0)
