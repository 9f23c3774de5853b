"""Cuts a long text into pieces, between paragraphs, lines, sentences or words, whichever keeps the pieces long.

Called by ``gateway.delivery.fit``. Calls nothing.
"""

import re

# Where to cut, the best place first; a place counts only if the piece before it is not too short.
_PLACES = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?…])\s+"), re.compile(r"\s+"))
SHORTEST = 0.4


def split_text(text: str, limit: int) -> list[str]:
    """Return the text in pieces of at most ``limit`` characters; nothing but white space is lost."""
    pieces = []
    rest = text.strip()
    while len(rest) > limit:
        end, begin = _cut(rest, limit)
        pieces.append(rest[:end])
        rest = rest[begin:].lstrip()
    return [*pieces, rest]


def _cut(text: str, limit: int) -> tuple[int, int]:
    for place in _PLACES:
        # One character more: a piece of full length may end right before its white space.
        cuts = [found for found in place.finditer(text, 0, limit + 1) if found.start() > limit * SHORTEST]
        if cuts:
            return cuts[-1].start(), cuts[-1].end()
    return limit, limit
