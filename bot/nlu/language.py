"""Indonesian or English: counts the small words of each language. Called by ``understanding``.

Crude on purpose: citizens mix. English is only said when its words clearly outnumber the Indonesian ones.
Vocabulary: ``data/reference/languages.yml``.
"""

from collections.abc import Iterable


class LanguageGuesser:
    """Knows the small words of both languages."""

    def __init__(self, indonesian: Iterable[str], english: Iterable[str]) -> None:
        """Take the words in lower case, as typed."""
        self._indonesian = frozenset(indonesian)
        self._english = frozenset(english)

    def language(self, typed: Iterable[str]) -> str:
        """Give ``en`` or, when in doubt, ``id``."""
        words = list(typed)
        english = sum(word in self._english for word in words)
        indonesian = sum(word in self._indonesian for word in words)
        return "en" if english > indonesian and english >= max(1, len(words) // 5) else "id"
