"""Locate a point: the kelurahan it lies in, as far as it can be told. Called by ``crm.bootstrap.Crm``."""

from crm.domain.areas import Kelurahan, likely_areas
from crm.domain.reference import Reference
from crm.services.ports import ExactAreas

CANDIDATES = 3


def locate(lat: float, lon: float, *, reference: Reference, exact: ExactAreas) -> list[Kelurahan]:
    """Return the likely kelurahan first, three at most; none outside Jakarta.

    Where an exact outline holds the point it comes first. Where outlines of all kelurahan are known and
    none holds the point, it lies outside.
    """
    likely = likely_areas(reference.areas, lat, lon, limit=len(reference.areas))
    if not likely:
        return []
    certain = exact.containing(lat, lon)
    if certain:
        likely.sort(key=lambda area: area.code != certain)
    elif known := exact.codes():
        likely = [area for area in likely if area.code not in known]
    return likely[:CANDIDATES]
