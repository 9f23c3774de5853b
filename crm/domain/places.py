"""The places figures are given for: Jakarta, its kota, kecamatan and kelurahan, as a tree of codes.

Used by ``crm.services.figures`` and by whatever shows figures. A code begins with its parent's code.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from crm.domain.areas import Kelurahan

JAKARTA = "31"
# Reports whose kelurahan nobody knows: part of Jakarta and of nothing else.
UNPLACED = "31.-"
_LENGTHS = {2: "provinsi", 5: "kota", 8: "kecamatan", 13: "kelurahan"}


@dataclass(frozen=True)
class Place:
    """A place with the city's code and name."""

    code: str
    name: str

    @property
    def level(self) -> str:
        """What kind of place it is: provinsi, kota, kecamatan or kelurahan."""
        return _LENGTHS[len(self.code)]

    @property
    def parent(self) -> str | None:
        """The code of the place it is part of."""
        return self.code.rpartition(".")[0] or None


class Places(Mapping[str, Place]):
    """All places by code, each after the place it is part of."""

    def __init__(self, areas: Iterable[Kelurahan]) -> None:
        self._places = {JAKARTA: Place(JAKARTA, "DKI Jakarta")}
        for area in areas:
            named = {area.code[:5]: area.kota, area.code[:8]: area.kecamatan, area.code: area.name}
            for code, name in named.items():
                self._places.setdefault(code, Place(code, name))
        self._parts: dict[str, list[Place]] = {code: [] for code in self._places}
        for place in self._places.values():
            if place.parent:
                self._parts[place.parent].append(place)

    def __getitem__(self, code: str) -> Place:
        return self._places[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def parts(self, code: str) -> Sequence[Place]:
        """Return what a place consists of; nothing for a kelurahan.

        Raises:
            KeyError: there is no such place.
        """
        return self._parts[code]

    def way_to(self, code: str) -> tuple[Place, ...]:
        """Return Jakarta, and what leads from it to a place, the place itself last.

        Raises:
            KeyError: there is no such place.
        """
        place = self._places[code]
        return (*(self.way_to(place.parent) if place.parent else ()), place)
