"""Numbers and times as Indonesians read them: 14.233, 96,1 %, 26 Nov 2026, 14.05 WIB.

Filters of every template (``crm.web.shared.pages``), and of what the command line prints.
"""

from datetime import date, datetime, timedelta

from crm.domain.times import WIB

MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
FULL_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
MISSING = "–"
_TO_INDONESIAN = str.maketrans(",.", ".,")


def number(value: float | None, decimals: int = 0) -> str:
    """Write a number: 14.233 or 2,5; what is not known is a dash."""
    return MISSING if value is None else f"{value:,.{decimals}f}".translate(_TO_INDONESIAN)


def percent(share: float | None, decimals: int = 1) -> str:
    """Write a share of one: 0.961 is 96,1 %."""
    return MISSING if share is None else f"{number(share * 100, decimals)} %"


def day(moment: datetime | date) -> str:
    """Write a day: 26 Nov 2026; of a moment, the day it is in Jakarta."""
    on = moment.astimezone(WIB).date() if isinstance(moment, datetime) else moment
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def moment(at: datetime) -> str:
    """Write a moment: 26 Nov 2026, 14.05 WIB."""
    return f"{day(at)}, {at.astimezone(WIB):%H.%M} WIB"


def month(first: date) -> str:
    """Write a month: November 2026."""
    return f"{FULL_MONTHS[first.month - 1]} {first.year}"


def duration(length: timedelta) -> str:
    """Write how long something is, in its two largest units: 2 hari 3 jam, 3 jam 20 menit, 5 menit."""
    minutes = max(int(length.total_seconds() // 60), 0)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    named = [(days, "hari"), (hours, "jam"), (minutes, "menit")]
    first = next((at for at, (count, _) in enumerate(named) if count), len(named) - 1)
    shown = [f"{count} {name}" for count, name in named[first : first + 2] if count]
    return " ".join(shown) or "kurang dari 1 menit"
