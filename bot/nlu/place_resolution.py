"""Which kelurahan a text names, if it settles it; otherwise what it could be.

Pure decisions over the names ``gazetteer`` found and the words around them; called by
``place_recogniser``. The traps it is built for: 24 names mean a kelurahan and a kecamatan; ordinary words
are names (Tengah, Baru); a street or a market named after a place need not lie there; "arah Bekasi" is
not in Bekasi.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.nlu.gazetteer import KECAMATAN, KELURAHAN, KOTA, OUTSIDE, SPOT, Area, Gazetteer, Mention

MOST_CANDIDATES = 6


@dataclass(frozen=True)
class Resolved:
    """The outcome; all empty when no area is named."""

    kelurahan_code: str | None = None
    kecamatan: str | None = None
    kota: str | None = None
    candidates: tuple[str, ...] = ()
    outside: str | None = None


@dataclass(frozen=True)
class Named:
    """A mention after a look at the words around it: ``settles`` or only hints; its meanings left."""

    mention: Mention
    areas: tuple[Area, ...]
    settles: bool

    def of(self, level: str) -> list[Area]:
        """Give the meanings of one level."""
        return [area for area in self.areas if area.level == level]


class Resolver:
    """Knows the areas and the words that tell what a name names."""

    def __init__(self, gazetteer: Gazetteer, places: dict[str, Any]) -> None:
        """Take the gazetteer and the content of ``places.yml``."""
        self._gazetteer = gazetteer
        self._levels = {word: level for level, words in places["level_words"].items() for word in words}
        self._streets = frozenset(places["street_words"])
        self._street_fillers = frozenset(places["street_fillers"])
        self._directions = frozenset(places["direction_words"])
        hinting = (places["landmark_words"], places["direction_words"], places["beside_words"])
        self._hints = frozenset(word for words in hinting for word in words)
        self._denials = frozenset(places["denial_words"])
        self._addressees = frozenset(places["addressee_words"])
        self._area_words = frozenset(places["area_words"])
        self._ordinary = frozenset(places["ordinary_words"])
        self._ordinary_but_places = frozenset(places["ordinary_but_places"])

    def resolve(self, words: Sequence[str], mentions: Sequence[Mention]) -> Resolved:
        """Decide over all mentions in a text; ``words`` are the typed ones in lower case."""
        named = [n for m in mentions if (n := self._look_around(words, m, mentions))]
        inside = [n for n in named if not n.of(OUTSIDE)]
        if not inside:
            cities = [n.of(OUTSIDE)[0].name for n in named if n.settles]
            return Resolved(outside=cities[0] if cities else None)
        settling = [n for n in inside if n.settles]
        codes = self._possible_kelurahan(settling or inside)
        certain = len(codes) == 1 and self._names_a_kelurahan(settling, codes[0])
        return self._outcome(codes, certain, settling or inside)

    def names_an_area(self, words: Sequence[str], mention: Mention, others: Sequence[Mention]) -> bool:
        """Tell whether a found name is an area here, and not a street's name or an ordinary word."""
        return self._look_around(words, mention, others) is not None

    def _look_around(self, words: Sequence[str], mention: Mention, others: Sequence[Mention]) -> Named | None:
        """Read the words before a name; None when it names no area at all."""
        before = [word for word in words[max(0, mention.first - 4) : mention.first] if word not in ".:"]
        last = before[-1] if before else ""
        if self._is_street(before) or last in self._denials or before[-2:-1] == ["bukan"]:
            return None
        if self._is_addressed(words, mention):
            return None
        if level := self._levels.get(last):
            areas = tuple(a for a in mention.areas if a.level in (level, OUTSIDE))
            return Named(mention, areas or mention.areas, settles=True)
        if mention.name in self._ordinary and not self._is_meant_as_area(last, mention, others):
            return None
        if last in self._directions and self._is_outside(mention):
            return None
        return Named(mention, mention.areas, settles=last not in self._hints)

    def _is_addressed(self, words: Sequence[str], mention: Mention) -> bool:
        """Tell whether a city is only part of an office's name: "walikota jaksel"."""
        near = words[max(0, mention.first - 4) : mention.first]
        is_city = all(area.level == KOTA for area in mention.areas)
        return is_city and any(word in self._addressees for word in near)

    def _is_street(self, before: Sequence[str]) -> bool:
        """Tell whether the name is a street's: right after "jl", or after "jl raya" and the like."""
        while before and before[-1] in self._street_fillers:
            before = before[:-1]
        return bool(before) and before[-1] in self._streets

    def _is_meant_as_area(self, last: str, mention: Mention, others: Sequence[Mention]) -> bool:
        """Tell whether an ordinary word is a kelurahan's name here."""
        if last in self._area_words and mention.name in self._ordinary_but_places:
            return True
        kecamatan = {
            self._gazetteer.kelurahan[a.code]["kecamatan_code"] for a in mention.areas if a.level == KELURAHAN
        }
        near = [other for other in others if 0 <= other.first - mention.last <= 3]
        return any(a.level == KECAMATAN and a.code in kecamatan for other in near for a in other.areas)

    @staticmethod
    def _is_outside(mention: Mention) -> bool:
        return any(area.level == OUTSIDE for area in mention.areas)

    def _possible_kelurahan(self, named: Sequence[Named]) -> list[str]:
        """Give the kelurahan that agree with every name as far as that can be, the likeliest first."""
        groups = [self._codes(n) for n in named]
        common = [code for code in groups[0] if all(code in group for group in groups)]
        if common:
            return self._narrowed(common, named)
        precise = [group for n, group in zip(named, groups, strict=True) if n.of(KELURAHAN)]
        return list(dict.fromkeys(code for group in precise or groups for code in group))

    def _codes(self, named: Named) -> list[str]:
        """Give all kelurahan one name may mean: itself, then those in the kecamatan or kota of that name."""
        order = {KELURAHAN: 0, SPOT: 1, KECAMATAN: 2, KOTA: 3}
        areas = sorted((a for a in named.areas if a.level in order), key=lambda a: order[a.level])
        return list(dict.fromkeys(code for area in areas for code in self._gazetteer.codes_in(area)))

    def _narrowed(self, codes: list[str], named: Sequence[Named]) -> list[str]:
        """Take a name that can only be a kelurahan, or one said beside its own kecamatan, at its word."""
        exact = {a.code for n in named if self._can_only_be_kelurahan(n, named) for a in n.of(KELURAHAN)}
        return [code for code in codes if code in exact] or codes

    def _can_only_be_kelurahan(self, named: Named, others: Iterable[Named]) -> bool:
        if not named.of(KECAMATAN):
            return bool(named.of(KELURAHAN))
        homes = {self._gazetteer.kelurahan[a.code]["kecamatan_code"] for a in named.of(KELURAHAN)}
        beside = [o for o in others if o is not named and o.of(KECAMATAN)]
        names_kelurahan = any(o.of(KELURAHAN) and not o.of(KECAMATAN) for o in others)
        return not names_kelurahan and any(a.code in homes for o in beside for a in o.of(KECAMATAN))

    def _names_a_kelurahan(self, named: Sequence[Named], code: str) -> bool:
        return any(a.code == code for n in named for a in n.of(KELURAHAN))

    def _outcome(self, codes: Sequence[str], certain: bool, named: Sequence[Named]) -> Resolved:
        rows = [self._gazetteer.kelurahan[code] for code in codes]
        kecamatan = {row["kecamatan"] for row in rows}
        kota = {row["kota"] for row in rows}
        only_kota = all(n.of(KOTA) for n in named)
        return Resolved(
            kelurahan_code=codes[0] if certain else None,
            kecamatan=kecamatan.pop() if len(kecamatan) == 1 else None,
            kota=kota.pop() if len(kota) == 1 else None,
            candidates=() if only_kota else tuple(codes[:MOST_CANDIDATES]),
        )
