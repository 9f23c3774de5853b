"""Finding phrases in standard words: whole words only, the longest phrase first.

Used by the privacy recogniser, the danger detector and ``understanding``. Phrases come from
``data/reference/``; a ``*`` at the end of a phrase lets its last word go on (``tenggelam*`` also means
``tenggelamnya``).
"""

import re
from collections.abc import Iterable, Iterator


class Phrases:
    """A set of phrases to look for."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Compile the phrases; they are written in standard words, as the normaliser leaves them."""
        ordered = sorted(set(phrases), key=len, reverse=True)
        alternatives = "|".join(_pattern(phrase) for phrase in ordered)
        self._regex = re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])") if ordered else None

    def find(self, text: str) -> Iterator["re.Match[str]"]:
        """Yield every phrase found in ``text``, left to right."""
        if self._regex is not None:
            yield from self._regex.finditer(text)

    def occur_in(self, text: str) -> bool:
        """Tell whether any of the phrases is in ``text``."""
        return self._regex is not None and self._regex.search(text) is not None

    def remove_from(self, text: str) -> str:
        """Give ``text`` without the phrases, a bar for each so that its neighbours do not join."""
        return text if self._regex is None else self._regex.sub("|", text)


def _pattern(phrase: str) -> str:
    words = [re.escape(word) for word in phrase.rstrip("*").split()]
    return r"\s+".join(words) + (r"\w*" if phrase.endswith("*") else "")
