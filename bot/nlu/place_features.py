"""What the place tagger sees of each word: the word, its neighbours, its shape, and what patterns found there.

Called by ``place_tagger``. Word classes come from ``data/reference/places.yml``.
"""

from collections.abc import Mapping
from typing import Any

from bot.nlu.place_signs import PlaceSigns
from bot.nlu.words import Word, Words

CLASSES = (
    "street_words", "street_ends", "landmark_words", "locators", "weak_locators", "generic_words", "stop_words",
    "connectors", "number_words", "direction_words", "addressee_words", "name_ends", "counted_words",
)  # fmt: skip
# Counts that part rare words (most names) from ordinary ones in the texts we learn from.
FREQUENCIES = (1, 4, 15, 60)


class PlaceFeatures:
    """Describes words for the tagger."""

    def __init__(self, places: dict[str, Any], counts: Mapping[str, int]) -> None:
        """Take the content of ``places.yml`` and how often ordinary words occur."""
        self._classes: dict[str, tuple[str, ...]] = {}
        for name in CLASSES:
            for word in places[name]:
                self._classes[word] = (*self._classes.get(word, ()), name)
        for words in places["level_words"].values():
            for word in words:
                self._classes[word] = (*self._classes.get(word, ()), "level")
        self.counts = dict(counts)

    def of(self, words: Words, signs: PlaceSigns) -> list[list[str]]:
        """Give the features of every word."""
        if not len(words):
            return []
        mostly_capitals = self._is_mostly_capitals(words)
        marks = self._marks(len(words), signs)
        said = [word.standard for word in words]
        kinds = [self._kinds(word) for word in words]
        own = [self._own(words, word, kinds[i], mostly_capitals) for i, word in enumerate(words)]
        return [own[i] + self._around(i, said, kinds, marks) for i in range(len(words))]

    def _own(self, words: Words, word: Word, kinds: list[str], mostly_capitals: bool) -> list[str]:
        said = word.standard
        shape = self._shape(words.original[word.start : word.end], mostly_capitals)
        found = ["always", f"w={said}", f"shape={shape}", *(f"is={kind}" for kind in kinds)]
        if not word.is_mark and word.typed.isalpha():
            found += [f"end={said[-3:]}", f"start={said[:3]}", f"end={said[-2:]}", f"start={said[:2]}"]
        return found

    def _around(self, i: int, said: list[str], kinds: list[list[str]], marks: list[str]) -> list[str]:
        """Tell the neighbours' words and kinds, and the marks of patterns."""
        last = len(said) - 1
        before, after = said[i - 1] if i else "<", said[i + 1] if i < last else ">"
        before2, after2 = said[i - 2] if i > 1 else "<", said[i + 2] if i + 1 < last else ">"
        mark_before, mark_after = marks[i - 1] if i else "<", marks[i + 1] if i < last else ">"
        found = [f"-1={before}", f"+1={after}", f"-2={before2}", f"+2={after2}"]
        found += [f"-1,0={before}|{said[i]}", f"0,+1={said[i]}|{after}"]
        found += [f"mark={marks[i]}", f"mark-1={mark_before}|{marks[i]}", f"mark+1={marks[i]}|{mark_after}"]
        for distance in (-2, -1, 1, 2):
            if 0 <= i + distance <= last:
                found += [f"is{distance}={kind}" for kind in kinds[i + distance]]
        here = kinds[i][0]
        found.append(
            f"rare-1,0,+1={kinds[i - 1][0] if i else '<'}|{here}|{kinds[i + 1][0] if i < last else '>'}"
        )
        return found

    def _kinds(self, word: Word) -> list[str]:
        """Give the classes of a word; the first says how common it is."""
        if word.is_mark:
            return ["sign"]
        if word.typed.isdigit():
            return ["number"]
        count = self.counts.get(word.standard, 0)
        common = f"common{sum(count >= limit for limit in FREQUENCIES)}"
        typed, standard = self._classes.get(word.typed, ()), self._classes.get(word.standard.split()[-1], ())
        return [common, *dict.fromkeys((*typed, *standard))]

    @staticmethod
    def _marks(length: int, signs: PlaceSigns) -> list[str]:
        """Tell for each word whether an area or a run of the patterns begins or goes on there."""
        marks = ["-"] * length
        for name, spans in (("run", signs.runs), ("area", signs.areas)):
            for first, last in spans:
                marks[first:last] = [f"{name}-begin", *[f"{name}-on"] * (last - first - 1)]
        return marks

    @staticmethod
    def _is_mostly_capitals(words: Words) -> bool:
        letters = [letter for letter in words.original if letter.isalpha()]
        return sum(letter.isupper() for letter in letters) > len(letters) / 2

    @staticmethod
    def _shape(written: str, mostly_capitals: bool) -> str:
        if written.isdigit():
            return f"digits{min(len(written), 4)}"
        if not written[:1].isalpha():
            return written[:1]
        if mostly_capitals:
            return "loud"
        if len(written) > 1 and written.isupper():
            return "CAPITALS"
        return "Capital" if written[:1].isupper() else "small"
