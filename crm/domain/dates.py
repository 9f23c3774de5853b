"""How dates and times are written to citizens, in WIB.

Called by the actions and by ``gateway.news``; pages have their own, shorter forms (``crm.formatting``).
"""

from datetime import datetime

from crm.domain.times import WIB

MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def moment_in_words(moment: datetime) -> str:
    """Write a point in time as people in Jakarta do: "Selasa, 24 Nov 2026 pukul 10.15 WIB"."""
    local = moment.astimezone(WIB)
    return f"{DAYS[local.weekday()]}, {_date(local)} pukul {local:%H.%M} WIB"


def short_moment(moment: datetime) -> str:
    """Write a point in time for a list: "24 Nov 2026, 10.15 WIB"."""
    local = moment.astimezone(WIB)
    return f"{_date(local)}, {local:%H.%M} WIB"


def short_date(moment: datetime) -> str:
    """Write a day: "24 Nov 2026"."""
    return _date(moment.astimezone(WIB))


def day_in_words(moment: datetime) -> str:
    """Write a day with its name: "Selasa, 24 Nov 2026"."""
    local = moment.astimezone(WIB)
    return f"{DAYS[local.weekday()]}, {_date(local)}"


def _date(local: datetime) -> str:
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"
