"""The kelurahan of Jakarta, and which of them a point most likely lies in.

Without polygons the likely kelurahan is a cell of a power diagram: each kelurahan is a circle of its own area
around its centroid, and a point belongs to the circle it lies deepest in (distance² - area/π). The box
around each kelurahan tells what lies outside Jakarta for sure. Used by ``crm.services.locate``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, isfinite, pi, radians

KM_PER_DEGREE = 111.32
# About 50 m: points on the very edge of a box are not sent away.
BOX_MARGIN = 0.0005


@dataclass(frozen=True)
class Box:
    """West, south, east and north edge in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lat: float, lon: float) -> bool:
        """Tell whether a point lies inside, or within the margin."""
        return (
            self.west - BOX_MARGIN <= lon <= self.east + BOX_MARGIN
            and self.south - BOX_MARGIN <= lat <= self.north + BOX_MARGIN
        )


@dataclass(frozen=True)
class Kelurahan:
    """A kelurahan with the code of the interior ministry; lat and lon are its centroid, area in km²."""

    code: str
    name: str
    kecamatan: str
    kota: str
    lat: float
    lon: float
    area_km2: float
    box: Box


def power(area: Kelurahan, lat: float, lon: float) -> float:
    """Return how far a point lies outside the circle of an area (km²; negative is inside)."""
    north = (lat - area.lat) * KM_PER_DEGREE
    east = (lon - area.lon) * KM_PER_DEGREE * cos(radians(area.lat))
    return north * north + east * east - area.area_km2 / pi


def likely_areas(areas: Sequence[Kelurahan], lat: float, lon: float, *, limit: int) -> list[Kelurahan]:
    """Return the areas a point may lie in, likeliest first; none where it lies in no area's box."""
    if not (isfinite(lat) and isfinite(lon)):
        return []
    boxed = {area.code for area in areas if area.box.holds(lat, lon)}
    if not boxed:
        return []
    return sorted(areas, key=lambda area: (area.code not in boxed, power(area, lat, lon)))[:limit]
