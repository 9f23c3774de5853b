"""Show figures: what was published of a month or year, for Jakarta or a place in it.

Called by ``crm.bootstrap.Crm`` for the statistics page and the command line. Reads a few rows counted beforehand,
never a report.
"""

from crm.domain.errors import NoSuchPlace
from crm.domain.figures import Period, Statistics
from crm.domain.places import Places
from crm.services.ports import Store

MONTHS_SHOWN = 12


def figures(period: Period, place: str, *, places: Places, store: Store) -> Statistics:
    """Return the figures of a period and place, with its parts and the year around it.

    Raises:
        NoSuchPlace: there is no such kota, kecamatan or kelurahan.
        StoreUnavailable: the store does not answer.
    """
    if place not in places:
        raise NoSuchPlace(f"Tidak ada wilayah dengan kode {place}.")
    parts = places.parts(place)
    first, last = _around(period)
    with store.reading() as work:
        found = work.figures.figures(period, [place, *(part.code for part in parts)])
        return Statistics(
            period=period,
            place=places[place],
            figures=found.get(place),
            parts=tuple((part, found[part.code]) for part in parts if part.code in found),
            months=work.figures.months(place, first, last),
            periods=work.figures.periods(place),
        )


def _around(period: Period) -> tuple[Period, Period]:
    """Return the twelve months that end with a month, or those of a year."""
    if period.month is None:
        return Period(period.year, 1), Period(period.year, MONTHS_SHOWN)
    return Period(period.year - 1, period.month).next, period
