"""The official areas of Jakarta and all the ways to write them: finds names of areas in a text.

Names and codes come from ``data/reference/areas.csv``, spellings from ``places.yml``. spaCy's
``PhraseMatcher`` does the looking, over our own words; ``place_spelling`` knows misspelt names. Called by
``place_recogniser``; what a found name means is decided in ``place_context`` and ``place_resolution``.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans

from bot.nlu.place_spelling import NearNames

LONGEST_NAME = 3
KELURAHAN, KECAMATAN, KOTA, SPOT, OUTSIDE = "kelurahan", "kecamatan", "kota", "spot", "outside"


@dataclass(frozen=True)
class Area:
    """What a name may stand for; a city outside Jakarta has an empty code."""

    level: str
    code: str
    name: str


@dataclass(frozen=True)
class Mention:
    """A name found: words ``first`` up to, without, ``last``, and all it may stand for."""

    first: int
    last: int
    name: str
    areas: tuple[Area, ...]

    @property
    def span(self) -> tuple[int, int]:
        """First and excluded last word."""
        return self.first, self.last


@dataclass
class Gazetteer:
    """The areas by code, and the matcher over their names."""

    kelurahan: dict[str, dict[str, str]]
    meanings: dict[str, list[Area]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def read(cls, rows: Sequence[dict[str, str]], places: dict[str, Any]) -> "Gazetteer":
        """Take the rows of ``areas.csv`` and the content of ``places.yml``."""
        gazetteer = cls({row["code"]: row for row in rows})
        gazetteer._add_official_names(places)
        gazetteer._add_families(places)
        for city, names in places["outside"].items():
            for name in names:
                gazetteer._add(name, Area(OUTSIDE, "", city))
        gazetteer._build_matcher()
        gazetteer._learn_spelling(places)
        return gazetteer

    def find(self, words: Sequence[str]) -> list[Mention]:
        """Find names of areas in typed words of lower case, the longest first, none inside another."""
        doc = Doc(self._vocab, words=list(words)) if words else None
        if doc is None:
            return []
        spans = filter_spans(self._matcher(doc, as_spans=True))
        found = [Mention(s.start, s.end, s.text, tuple(self.meanings[s.text])) for s in spans]
        guessed = list(self._misspelt(words, found))
        taken = {i for mention in guessed for i in range(*mention.span)}
        kept = [mention for mention in found if taken.isdisjoint(range(*mention.span))]
        return sorted([*kept, *guessed], key=lambda mention: mention.first)

    def _misspelt(self, words: Sequence[str], found: Sequence[Mention]) -> Iterator[Mention]:
        """Yield names with a wrong letter, also longer ones around a name found ("cipinang cempedka")."""
        taken = {i for mention in found for i in range(*mention.span)}
        first = 0
        while first < len(words):
            lengths = range(min(LONGEST_NAME, len(words) - first), 0, -1)
            windows = (range(first, first + length) for length in lengths)
            names = (
                (w, self._near.right(words[w.start : w.stop])) for w in windows if not taken.issuperset(w)
            )
            window, name = next(((w, name) for w, name in names if name), (range(first, first + 1), None))
            if name:
                yield Mention(window.start, window.stop, name, tuple(self.meanings[name]))
            first = window.stop

    def codes_in(self, area: Area) -> list[str]:
        """Give the kelurahan codes in an area, in official order."""
        return [code for code in self.kelurahan if code == area.code or code.startswith(f"{area.code}.")]

    def codes_named(self, name: str) -> list[str]:
        """Give the code of the kelurahan with this official name."""
        return [code for code, row in self.kelurahan.items() if row["name"] == name]

    def _add_official_names(self, places: dict[str, Any]) -> None:
        columns = (
            (KELURAHAN, "code", "name"),
            (KECAMATAN, "kecamatan_code", "kecamatan"),
            (KOTA, "kota_code", "kota"),
        )
        for level, code, name in columns:
            for area in dict.fromkeys(Area(level, r[code], r[name]) for r in self.kelurahan.values()):
                aliases = places[f"{level}_aliases"].get(area.name, ())
                for spelling in (area.name.lower(), *aliases):
                    for variant in _variants(spelling, places["directions"], places["short_words"]):
                        self._add(variant, area)

    def _add_families(self, places: dict[str, Any]) -> None:
        families: dict[str, list[str]] = defaultdict(list)
        for row in self.kelurahan.values():
            stem, _, direction = row["name"].lower().rpartition(" ")
            if direction in places["directions"] and stem not in places["no_stems"]:
                families[stem].append(row["name"])
        new = {stem: names for stem, names in families.items() if stem not in self.meanings}
        for stem, names in {**new, **places["families"]}.items():
            # A stem of one kelurahan only ("mangga dua") names more than that kelurahan.
            self._add_several(stem, KELURAHAN if len(names) > 1 else SPOT, names)
        for spot, names in places["spots"].items():
            self._add_several(spot, SPOT, names)

    def _add_several(self, phrase: str, level: str, names: Sequence[str]) -> None:
        for name in names:
            for code in self.codes_named(name):
                self._add(phrase, Area(level, code, name))

    def _add(self, phrase: str, area: Area) -> None:
        if area not in self.meanings[phrase]:
            self.meanings[phrase].append(area)

    def _learn_spelling(self, places: dict[str, Any]) -> None:
        ordinary = [*places["stop_words"], *places["ordinary_words"], *places["never_misspelt"]]
        self._near = NearNames((row["name"].lower() for row in self.kelurahan.values()), ordinary)

    def _build_matcher(self) -> None:
        self._vocab = spacy.blank("id").vocab
        self._matcher = PhraseMatcher(self._vocab)
        self._matcher.add("area", [Doc(self._vocab, words=phrase.split()) for phrase in self.meanings])


def _variants(
    spelling: str, directions: dict[str, list[str]], short_words: dict[str, list[str]]
) -> Iterator[str]:
    """Yield a name as it is, joined (kebonjeruk), its first word or its direction shortened (kbn jeruk)."""
    yield spelling
    parts = spelling.split()
    if len(parts) == 2:
        yield "".join(parts)
    starts = [parts[0], *short_words.get(parts[0], ())] if len(parts) > 1 else []
    ends = [parts[-1], *directions.get(parts[-1], ())]
    for start in starts:
        for end in ends:
            yield " ".join([start, *parts[1:-1], end])
            yield " ".join([start, ".", *parts[1:-1], end])
    if len(parts) == 3:
        yield f"{parts[0]}{parts[1]} {parts[2]}"
