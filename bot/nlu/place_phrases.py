"""Where in a message the citizen says where: the span of the place, in the citizen's own words.

Joins names of areas (from ``gazetteer``) with streets, RT/RW, house numbers, and landmarks after words like
"depan" or "dekat". Vocabulary: ``data/reference/places.yml``. Called by ``place_recogniser``.
"""

from collections.abc import Sequence
from typing import Any

from bot.nlu.words import Words

LONGEST_NAME = 6
WIDEST_GAP = 3
MARKS_INSIDE = frozenset(",.-/():;")
MARKS_IN_NUMBERS = frozenset("./-:#")
Piece = tuple[int, int]


class PlacePhrases:
    """Finds the pieces of a place and joins neighbours; a piece is a first and an excluded last word."""

    def __init__(self, places: dict[str, Any]) -> None:
        """Take the content of ``places.yml``."""
        self._streets = frozenset(places["street_words"])
        self._streets_or_things = frozenset(places["street_or_thing"])
        self._street_fillers = frozenset(places["street_fillers"])
        self._street_ends = frozenset(places["street_ends"])
        self._named_things = frozenset(places["landmark_words"])
        self._surely_named = frozenset(places["surely_named"])
        self._levels = frozenset(word for words in places["level_words"].values() for word in words)
        self._locators = frozenset(places["locators"])
        self._weak_locators = frozenset(places["weak_locators"])
        self._generic = frozenset(places["generic_words"]) | self._locators
        self._numbers = frozenset(places["number_words"])
        self._connectors = frozenset(places["connectors"])
        self._titles = frozenset(places["titles"])
        self._stops = frozenset(places["stop_words"])

    def runs(self, words: Words, areas: Sequence[Piece], names: Sequence[Piece]) -> list[Piece]:
        """Give the runs of words that say where.

        ``names`` are all names of areas found, ``areas`` those that mean the area: "jalan Tebet" is a street.
        """
        pieces = [(self._with_level_word(words, first), last) for first, last in areas]
        pieces += self.addresses(words, names) + self._landmarks(words, areas)
        return [run for run in self.joined(words, sorted(pieces)) if self._is_specific(words, run)]

    def addresses(self, words: Words, areas: Sequence[Piece]) -> list[Piece]:
        """Give the streets with their names, and the numbers of houses, RT and RW."""
        starts = {first for first, _ in areas}
        pieces = []
        for i, word in enumerate(words):
            if word.typed in self._numbers and self._number_follows(words, i):
                pieces.append((i, self._number_end(words, i)))
            elif word.typed in self._streets and self._is_named(words, i, starts):
                pieces.append((i, self._name_end(words, i + 1)))
        return [(first, last) for first, last in pieces if last > first + 1]

    def _landmarks(self, words: Words, areas: Sequence[Piece]) -> list[Piece]:
        starts = {first for first, _ in areas}
        pieces = []
        for i, word in enumerate(words):
            said = word.standard.rpartition(" ")[2]
            if said in self._locators - self._weak_locators or (
                said in self._named_things | self._weak_locators and self._name_follows(words, i, starts)
            ):
                pieces.append((i, self._name_end(words, i + 1)))
        return [(first, last) for first, last in pieces if last > first + 1]

    def _is_named(self, words: Words, i: int, area_starts: set[int]) -> bool:
        """Tell whether a street is named here; some words for a street also mean the road itself."""
        is_street = words.items[i].typed not in self._streets_or_things
        return is_street or self._name_follows(words, i, area_starts)

    def _name_follows(self, words: Words, i: int, area_starts: set[int]) -> bool:
        """Tell whether the next word looks like a name: an area, a number, a capital, "raya", a landmark."""
        if i + 1 >= len(words):
            return False
        word, following = words.items[i], words.items[i + 1]
        written = words.original[following.start : following.end]
        is_capital = written[:1].isupper() and not written.isupper() and not following.is_mark
        ends_like_a_street = any(
            w.typed in self._street_ends | self._numbers for w in words.items[i + 2 : i + 4]
        )
        return (
            i + 1 in area_starts
            or following.typed in self._street_fillers | self._named_things
            or following.typed.isdigit()
            or (following.standard not in self._stops and (is_capital or word.typed in self._surely_named))
            or (word.typed in self._streets and ends_like_a_street)
        )

    def _is_specific(self, words: Words, run: Piece) -> bool:
        """Tell a place from words that fit everywhere ("depan rumah", "pinggir jalan", a number alone)."""
        said = words.items[run[0] : run[1]]
        telling = [word for word in said if word.standard not in self._generic and not word.is_mark]
        if any(word.typed in ("rt", "rw") for word in said):
            return any(word.typed.isdigit() for word in said)
        return any(word.typed not in self._numbers and word.typed.isalpha() for word in telling)

    def _with_level_word(self, words: Words, first: int) -> int:
        """Take "kel", "kec." or "kota" before a name into the piece."""
        start = first
        while start > 0 and first - start < 2 and words.items[start - 1].typed in self._levels | {"."}:
            start -= 1
        return start if words.items[start].typed != "." else first

    def _number_follows(self, words: Words, i: int) -> bool:
        near = [word.typed for word in words.items[i + 1 : i + 5]]
        while near and near[0] in self._numbers | MARKS_IN_NUMBERS:
            near.pop(0)
        return bool(near) and (near[0].isdigit() or (len(near[0]) == 1 and near[0].isalpha()))

    def _number_end(self, words: Words, i: int) -> int:
        """Go on over numbers and the marks between them: rt.03/rw 05, no 12, blok b 7."""
        end = i + 1
        while end < len(words):
            typed = words.items[end].typed
            if not (typed.isdigit() or typed in self._numbers | MARKS_IN_NUMBERS):
                break
            end += 1
        while words.items[end - 1].is_mark:
            end -= 1
        return end + 1 if end == i + 1 and end < len(words) else end

    def _name_end(self, words: Words, start: int) -> int:
        """Go on over a name until a word that is not of it, a mark, or six words."""
        end = start
        while end < len(words) and end - start < LONGEST_NAME and self._is_part_of_name(words, end):
            end += 1
        while end > start and words.items[end - 1].is_mark:
            end -= 1
        return end

    def _is_part_of_name(self, words: Words, i: int) -> bool:
        word = words.items[i]
        if word.typed == ".":
            return len(words.items[i - 1].typed) <= 3  # of an abbreviation: Jl. H. Nawi
        if word.typed in self._titles and words.items[i - 1].typed in self._streets | {"."}:
            return True
        return not word.is_mark and word.typed not in self._stops and word.standard not in self._stops

    def joined(self, words: Words, pieces: Sequence[Piece]) -> list[Piece]:
        """Join pieces that touch, overlap, or have only marks and small words between them."""
        runs: list[Piece] = []
        for first, last in pieces:
            if runs and self._bridges(words, runs[-1][1], first):
                runs[-1] = (runs[-1][0], max(runs[-1][1], last))
            else:
                runs.append((first, last))
        return runs

    def _bridges(self, words: Words, end: int, start: int) -> bool:
        between = words.items[end:start] if start > end else ()
        parts = [part for word in between for part in word.standard.split()]
        return len(parts) <= WIDEST_GAP and all(part in self._connectors | MARKS_INSIDE for part in parts)
