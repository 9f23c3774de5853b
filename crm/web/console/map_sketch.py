"""A sketch of the kelurahan around a report, drawn from centroids, sizes and boxes: no map of another host.

Each kelurahan is its cell of the power diagram of ``crm.domain.areas``, cut to its box. Used by the report page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, radians

from crm.domain.areas import KM_PER_DEGREE, Kelurahan, likely_areas
from crm.domain.complaint import Location

WIDTH, HEIGHT = 360.0, 240.0
# Around the kelurahan, and around a bare point.
MARGIN_KM = 0.45
# Names are written only where they have room.
SMALLEST_LABELLED = 2_600.0

Point = tuple[float, float]


@dataclass(frozen=True)
class Cell:
    """A kelurahan as drawn: its corners, where its name stands, and whether the report is in it."""

    name: str
    corners: str
    label: Point | None
    is_here: bool


@dataclass(frozen=True)
class Sketch:
    """What is drawn; lengths in the drawing's units. ``scale_km`` is as long as ``scale``."""

    cells: Sequence[Cell]
    point: Point | None
    scale_km: float
    scale: float
    width: float = WIDTH
    height: float = HEIGHT


def sketch_of(location: Location, areas: Sequence[Kelurahan]) -> Sketch | None:
    """Return the sketch for a place; None where neither the kelurahan nor a point in Jakarta is known."""
    here = next((one for one in areas if one.code == location.kelurahan_code), None)
    if here is None and location.lat is not None and location.lon is not None:
        here = next(iter(likely_areas(areas, location.lat, location.lon, limit=1)), None)
    if here is None:
        return None
    frame = _Frame.around(here)
    drawn = (frame.cell(one, areas, is_here=one is here) for one in areas)
    point = None
    if location.lat is not None and location.lon is not None:
        point = frame.inside(frame.drawn(frame.km(location.lat, location.lon)))
    scale_km = next(length for length in (2.0, 1.0, 0.5, 0.2, 0.1) if length * frame.per_km < WIDTH / 3)
    return Sketch([one for one in drawn if one], point, scale_km, scale_km * frame.per_km)


@dataclass(frozen=True)
class _Frame:
    """The part of the city that is drawn: its centre, and how long a kilometre is."""

    lat: float
    lon: float
    per_km: float

    @classmethod
    def around(cls, area: Kelurahan) -> "_Frame":
        box = area.box
        lat, lon = (box.south + box.north) / 2, (box.west + box.east) / 2
        high = (box.north - box.south) * KM_PER_DEGREE + 2 * MARGIN_KM
        wide = (box.east - box.west) * KM_PER_DEGREE * cos(radians(lat)) + 2 * MARGIN_KM
        return cls(lat, lon, min(WIDTH / wide, HEIGHT / high))

    def km(self, lat: float, lon: float) -> Point:
        """Return a place as kilometres east and north of the centre."""
        return (lon - self.lon) * KM_PER_DEGREE * cos(radians(self.lat)), (lat - self.lat) * KM_PER_DEGREE

    def drawn(self, place: Point) -> Point:
        """Return where kilometres lie in the drawing."""
        return round(WIDTH / 2 + place[0] * self.per_km, 1), round(HEIGHT / 2 - place[1] * self.per_km, 1)

    def inside(self, point: Point) -> Point | None:
        """Return a point if it can be drawn."""
        return point if 0 <= point[0] <= WIDTH and 0 <= point[1] <= HEIGHT else None

    def cell(self, area: Kelurahan, areas: Sequence[Kelurahan], *, is_here: bool) -> Cell | None:
        """Return a kelurahan's cell, None where it lies outside the drawing."""
        half_wide, half_high = WIDTH / 2 / self.per_km, HEIGHT / 2 / self.per_km
        west, south = self.km(area.box.south, area.box.west)
        east, north = self.km(area.box.north, area.box.east)
        left, right = max(west, -half_wide), min(east, half_wide)
        low, high = max(south, -half_high), min(north, half_high)
        if left >= right or low >= high:
            return None
        corners: list[Point] = [(left, low), (right, low), (right, high), (left, high)]
        centre, weight = self.km(area.lat, area.lon), area.area_km2 / pi
        for other in areas:
            if other is not area:
                edge = _Edge.between(centre, weight, self.km(other.lat, other.lon), other.area_km2 / pi)
                corners = edge.cut(corners)
        points = [self.drawn(corner) for corner in corners]
        if len(points) < 3:
            return None
        label = _middle(points) if is_here or _size(points) > SMALLEST_LABELLED else None
        return Cell(area.name, " ".join(f"{x:g},{y:g}" for x, y in points), label, is_here)


@dataclass(frozen=True)
class _Edge:
    """The line between two cells: a place is on our side where ``a·x + b·y <= c``."""

    a: float
    b: float
    c: float

    @classmethod
    def between(cls, one: Point, weight: float, other: Point, other_weight: float) -> "_Edge":
        a, b = 2 * (other[0] - one[0]), 2 * (other[1] - one[1])
        squares = other[0] ** 2 + other[1] ** 2 - one[0] ** 2 - one[1] ** 2
        return cls(a, b, squares - other_weight + weight)

    def cut(self, corners: Sequence[Point]) -> list[Point]:
        """Return what of a convex outline is on our side."""
        kept: list[Point] = []
        for at, corner in enumerate(corners):
            before = corners[at - 1]
            over, was_over = self._over(corner), self._over(before)
            if (over > 0) != (was_over > 0):
                share = was_over / (was_over - over)
                kept.append(tuple(b + (c - b) * share for b, c in zip(before, corner, strict=True)))  # type: ignore[arg-type]
            if over <= 0:
                kept.append(corner)
        return kept

    def _over(self, place: Point) -> float:
        return self.a * place[0] + self.b * place[1] - self.c


def _size(points: Sequence[Point]) -> float:
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def _middle(points: Sequence[Point]) -> Point:
    return (
        round(sum(x for x, _ in points) / len(points), 1),
        round(sum(y for _, y in points) / len(points), 1),
    )
