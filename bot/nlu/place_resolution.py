"""Which kelurahan a text names, if it settles it; otherwise what it could be.

Pure decisions over the names that ``gazetteer`` found and ``place_context`` looked at; called by
``place_recogniser``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.nlu.gazetteer import KECAMATAN, KELURAHAN, KOTA, OUTSIDE, SPOT, Gazetteer
from bot.nlu.place_context import Named

MOST_CANDIDATES = 6


@dataclass(frozen=True)
class Resolved:
    """The outcome; all empty when no area is named."""

    kelurahan_code: str | None = None
    kecamatan: str | None = None
    kota: str | None = None
    candidates: tuple[str, ...] = ()
    outside: str | None = None


class Resolver:
    """Knows the areas."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Take the gazetteer."""
        self._gazetteer = gazetteer

    def resolve(self, named: Sequence[Named]) -> Resolved:
        """Decide over all areas named in a text."""
        inside = [n for n in named if not n.of(OUTSIDE)]
        if not inside:
            cities = [n.of(OUTSIDE)[0].name for n in named if n.settles]
            return Resolved(outside=cities[0] if cities else None)
        settling = self._most_explicit([n for n in inside if n.settles])
        codes = self._possible_kelurahan(settling or inside)
        certain = len(codes) == 1 and self._names_a_kelurahan(settling, codes[0])
        return self._outcome(codes, certain, settling or inside)

    @staticmethod
    def _most_explicit(named: list[Named]) -> list[Named]:
        """Prefer "kel X" to other names of kelurahan; kecamatan and kota stay."""
        if not any(n.explicit and n.of(KELURAHAN) for n in named):
            return named
        return [n for n in named if n.explicit or not n.of(KELURAHAN) or n.of(KECAMATAN)]

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
