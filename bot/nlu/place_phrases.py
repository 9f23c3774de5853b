"""Where in a message the citizen says where: the span of the place, in the citizen's own words.

Joins names of areas (from ``gazetteer``) with streets, RT/RW, house numbers, and landmarks after words like
"depan" or "dekat". Vocabulary: ``data/reference/places.yml``. Called by ``place_recogniser``.
"""

from collections.abc import Sequence
from typing import Any

from bot.nlu.gazetteer import Mention
from bot.nlu.words import Words

LONGEST_NAME = 6
WIDEST_GAP = 3
Piece = tuple[int, int]


class PlacePhrases:
    """Finds the pieces of a place and joins neighbours."""

    def __init__(self, places: dict[str, Any]) -> None:
        """Take the content of ``places.yml``."""
        self._streets = frozenset(places["street_words"])
        self._named_things = frozenset(places["landmark_words"])
        self._levels = frozenset(word for words in places["level_words"].values() for word in words)
        self._locators = frozenset(places["locators"])
        self._numbers = frozenset(places["number_words"])
        self._connectors = frozenset(places["connectors"])
        self._stops = frozenset(places["stop_words"])

    def find(self, words: Words, mentions: Sequence[Mention]) -> Piece | None:
        """Give the longest run of words that says where, or None."""
        pieces = sorted(self._pieces(words, mentions))
        runs = self._joined(words, pieces)
        return max(runs, key=lambda run: run[1] - run[0], default=None)

    def _pieces(self, words: Words, mentions: Sequence[Mention]) -> list[Piece]:
        pieces = [(self._with_level_word(words, m.first), m.last) for m in mentions]
        for i, word in enumerate(words):
            last_part = word.standard.split()[-1] if word.standard.split() else ""
            if word.typed in self._numbers and self._number_follows(words, i):
                pieces.append((i, self._number_end(words, i)))
            elif word.typed in self._streets | self._named_things or last_part in self._locators:
                end = self._name_end(words, i + 1)
                if end > i + 1:
                    pieces.append((i, end))
        return pieces

    def _with_level_word(self, words: Words, first: int) -> int:
        """Take "kel", "kec." or "kota" before a name into the piece."""
        start = first
        while start > 0 and first - start < 2 and words.items[start - 1].typed in self._levels | {"."}:
            start -= 1
        return start if words.items[start].typed != "." else first

    def _number_follows(self, words: Words, i: int) -> bool:
        near = [w.typed for w in words.items[i + 1 : i + 5]]
        while near and (near[0] in self._numbers or near[0] in {".", ":", "/", "-", "#"}):
            near.pop(0)
        return bool(near) and (near[0].isdigit() or (len(near[0]) <= 2 and near[0].isalpha()))

    def _number_end(self, words: Words, i: int) -> int:
        """Go on over numbers and the marks between them: rt.03/rw 05, no 12 b."""
        end = i + 1
        while end < len(words):
            typed = words.items[end].typed
            if not (typed.isdigit() or typed in self._numbers or typed in {".", "/", "-", ":"}):
                break
            end += 1
        while words.items[end - 1].is_mark:
            end -= 1
        return end + 1 if end == i + 1 and end < len(words) else end

    def _name_end(self, words: Words, start: int) -> int:
        """Go on over a name until a word that is not of it, a mark, or six words."""
        end = start
        while end < len(words) and end - start < LONGEST_NAME:
            word = words.items[end]
            dot_of_abbreviation = word.typed == "." and len(words.items[end - 1].typed) <= 3
            if dot_of_abbreviation and end + 1 < len(words):
                end += 1
                continue
            if word.is_mark or word.typed in self._stops or word.standard in self._stops:
                break
            end += 1
        while end > start and words.items[end - 1].is_mark:
            end -= 1
        return end

    def _joined(self, words: Words, pieces: Sequence[Piece]) -> list[Piece]:
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
        return len(parts) <= WIDEST_GAP and all(
            part in self._connectors or part in {",", ".", "-", "/", "(", ")", ":", ";"} for part in parts
        )
