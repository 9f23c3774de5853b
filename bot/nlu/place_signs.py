"""What ``place_recogniser`` found by patterns and names, kept on the message for ``place_tagger``.

Owns the form of a location (``understanding``): the citizen's words, and the facts about the areas named.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.nlu.words import Words

LOCATION = "location"
PLACE_SIGNS = "place_signs"
Piece = tuple[int, int]


@dataclass(frozen=True)
class PlaceSigns:
    """Spans of the names of areas, runs of words that say where, and what the names settle."""

    areas: tuple[Piece, ...]
    runs: tuple[Piece, ...]
    facts: dict[str, Any]

    def location(self, words: Words, runs: Sequence[Piece]) -> dict[str, Any] | None:
        """Give the longest of ``runs`` as a location; None when there is no run."""
        if not runs:
            return None
        longest = max(runs, key=lambda run: run[1] - run[0])
        return {"text": words.span(*longest), **self.facts, "candidates": list(self.facts["candidates"])}
