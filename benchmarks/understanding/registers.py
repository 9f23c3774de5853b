"""In which register a text is written: a caption, a letter, slang, mixed with English, or plain.

Called by ``__main__``. A rough sorting by length and words, so that no way of writing is left behind unseen.
"""

from bot.nlu.reference import vocabulary
from bot.nlu.spelling import Spelling
from bot.nlu.words import Speller

CAPTION_WORDS = 6
LETTER_WORDS = 35
# Words that differ from their standard form, or are colloquial, to call a text slang.
SLANG_SHARE = 0.12
ENGLISH_SHARE = 0.15


class Registers:
    """Sorts texts."""

    def __init__(self) -> None:
        self._speller = Speller(vocabulary("slang"), Spelling(vocabulary("words")))
        languages = vocabulary("languages")
        self._colloquial = frozenset(languages["colloquial"])
        self._english = frozenset(languages["english"]) - frozenset(languages["indonesian"])

    def of(self, text: str) -> str:
        """Name the register of ``text``."""
        words = [word for word in self._speller.read(text) if not word.is_mark]
        if len(words) <= CAPTION_WORDS:
            return "short caption"
        if sum(word.typed in self._english for word in words) >= ENGLISH_SHARE * len(words):
            return "English mixed in"
        loose = sum(word.typed in self._colloquial or word.standard != word.typed for word in words)
        if loose >= SLANG_SHARE * len(words):
            return "slang and short forms"
        return "letter" if len(words) >= LETTER_WORDS else "plain"
