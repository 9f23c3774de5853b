"""What a found name names here, told by the words around it: an area, or only a street, a market, an office.

The traps it is built for: 27 names mean a kelurahan and a kecamatan; ordinary words are names (Tengah, Baru);
a street, a market or a housing estate named after a place need not lie there; "arah Bekasi" is not in
Bekasi. Called by ``place_resolution`` and ``place_recogniser``. Vocabulary: ``data/reference/places.yml``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.nlu.gazetteer import KECAMATAN, KELURAHAN, KOTA, OUTSIDE, Area, Gazetteer, Mention

WORDS_BEFORE = 4
LONGEST_OFFICE = 9


@dataclass(frozen=True)
class Named:
    """A mention after a look at the words around it: its meanings left, and how far it can be trusted.

    ``settles``: the problem is there, and not only near; ``explicit``: a word for the level stands before it.
    """

    mention: Mention
    areas: tuple[Area, ...]
    settles: bool
    explicit: bool = False

    def of(self, level: str) -> list[Area]:
        """Give the meanings of one level."""
        return [area for area in self.areas if area.level == level]


class PlaceContext:
    """Knows the words that tell what a name names."""

    def __init__(self, gazetteer: Gazetteer, places: dict[str, Any]) -> None:
        """Take the gazetteer and the content of ``places.yml``."""
        self._gazetteer = gazetteer
        self._levels = {word: level for level, words in places["level_words"].items() for word in words}
        self._words = {
            group: frozenset(places[group])
            for group in (
                "street_words", "street_fillers", "landmark_words", "landmark_fillers", "direction_words",
                "beside_words", "denial_words", "addressee_words", "area_words", "ordinary_words",
                "ordinary_but_places", "name_ends", "area_numbers", "counted_words", "market_names",
                "structure_words",
            )
        }  # fmt: skip

    def look_around(self, words: Sequence[str], mention: Mention, others: Sequence[Mention]) -> Named | None:
        """Read the words around a name; None when it names no area at all."""
        before = self._before(words, mention)
        last = before[-1] if before else ""
        if self._is_street(before) or self._is(last, "denial_words") or before[-2:-1] == ["bukan"]:
            return None
        if self._is_addressed(words, mention):
            return None
        if level := self._levels.get(last):
            areas = tuple(area for area in mention.areas if area.level in (level, OUTSIDE))
            return Named(mention, areas or mention.areas, settles=True, explicit=bool(areas))
        if self._is(mention.name, "ordinary_words") and not self._is_meant_as_area(last, mention, others):
            return None
        if self._is(last, "direction_words") and any(area.level == OUTSIDE for area in mention.areas):
            return None
        only_hints = self._is_of_a_landmark(before) or self._is_longer_name(words, mention, others)
        return Named(mention, mention.areas, settles=not only_hints)

    def _is(self, word: str, group: str) -> bool:
        return word in self._words[group]

    @staticmethod
    def _before(words: Sequence[str], mention: Mention) -> list[str]:
        """Give the few words before a name, without marks of abbreviations."""
        near = words[max(0, mention.first - WORDS_BEFORE) : mention.first]
        return [word for word in near if word not in ".:"]

    def _is_addressed(self, words: Sequence[str], mention: Mention) -> bool:
        """Tell whether a city is only part of an office's name: "walikota jaksel", "suku dinas ... jaksel"."""
        near = words[max(0, mention.first - LONGEST_OFFICE) : mention.first]
        while (mark := next((i for i, word in enumerate(near) if word in ",.;!?"), None)) is not None:
            near = near[mark + 1 :]
        is_city = all(area.level == KOTA for area in mention.areas)
        return is_city and any(self._is(word, "addressee_words") for word in near)

    def _is_street(self, before: Sequence[str]) -> bool:
        """Tell whether the name is a street's: right after "jl", or after "jl raya" and the like."""
        while before and self._is(before[-1], "street_fillers"):
            before = before[:-1]
        return bool(before) and self._is(before[-1], "street_words")

    def _is_of_a_landmark(self, before: Sequence[str]) -> bool:
        """Tell whether the name is a landmark's ("halte busway cawang"), or a direction or a neighbour's."""
        while before and (self._is(before[-1], "landmark_fillers") or before[-1].isdigit()):
            before = before[:-1]
        if len(before) > 1 and self._is(before[-2], "structure_words"):
            return True  # a name of two words: "halte perumnas klender"
        last = before[-1] if before else ""
        return any(
            self._is(word, group)
            for word in (last, " ".join(before[-2:]))
            for group in ("landmark_words", "direction_words", "beside_words")
        )

    def _is_longer_name(self, words: Sequence[str], mention: Mention, others: Sequence[Mention]) -> bool:
        """Tell whether it begins the name of a street or an estate (Tebet Barat 9), or is a market's."""
        after = [*words[mention.last : mention.last + 2], "", ""]
        is_number = after[0].isdigit() and len(after[0]) < 3 and not self._is(after[1], "counted_words")
        is_market = self._is(mention.name, "market_names") and not self._is(after[0], "area_numbers")
        return (
            is_number
            or (is_market and not self._has_its_kecamatan(mention, others))
            or self._is(after[0], "name_ends")
        )

    def _is_meant_as_area(self, last: str, mention: Mention, others: Sequence[Mention]) -> bool:
        """Tell whether an ordinary word is a kelurahan's name here."""
        if self._is(last, "area_words") and self._is(mention.name, "ordinary_but_places"):
            return True
        return self._has_its_kecamatan(mention, others)

    def _has_its_kecamatan(self, mention: Mention, others: Sequence[Mention]) -> bool:
        """Tell whether the kecamatan follows in which a kelurahan of this name lies."""
        kecamatan = {
            self._gazetteer.kelurahan[area.code]["kecamatan_code"]
            for area in mention.areas
            if area.level == KELURAHAN
        }
        near = [other for other in others if 0 <= other.first - mention.last <= 3]
        return any(a.level == KECAMATAN and a.code in kecamatan for other in near for a in other.areas)
