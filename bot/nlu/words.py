"""From characters to words: what a citizen typed, and the standard word behind each typed one.

Every word knows where it stands in the original text, so that whatever is recognised in the standard
words can be shown in the citizen's own. The original text is never changed. Called by ``normaliser``; all
other components read the ``Words`` it makes. Vocabulary: ``data/reference/slang.yml``; calls ``spelling``.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.nlu.spelling import Spelling

# A typed word: an HTML entity; letters with the 2 of a reduplication; a word said twice (asal-asalan);
# letters with an apostrophe inside; digits; or one other mark.
_TYPED = re.compile(
    r"&(?:[a-z]{2,8}|#\d{1,5});"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*2(?!\d)(?:(?:an|in|nya)\b)?"
    r"|(?P<twice>[^\W\d_]{2,})-(?P=twice)[^\W\d_]*"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"
    r"|\d+|[^\w\s]|_",
    re.IGNORECASE,
)
_STRETCHED = re.compile(r"(.)\1{2,}")
_DOUBLE_END = re.compile(r"([aeiou])\1+$|([^\Waeiou\d])\2+$")
_TWICE = re.compile(r"^(?P<prefix>ber|ter|me|di|ke|se)?(?P<root>[^\W\d_]{2,}?)2(?P<suffix>an|in|nya)?$")
_WORDS_OF_TWO_EQUAL_ENDS = frozenset({"maaf", "assalamualaikum"})


@dataclass(frozen=True)
class Word:
    """One typed word: in lower case, the standard words behind it, and its span in the original text."""

    typed: str
    standard: str
    start: int
    end: int

    @property
    def is_mark(self) -> bool:
        """Punctuation, an emoji, the second half of a split word: not a word or a number of its own."""
        return not self.standard[:1].isalnum()


@dataclass(frozen=True)
class Words:
    """A text as a sequence of words, beside the untouched original."""

    original: str
    items: tuple[Word, ...]

    def __iter__(self) -> Iterator[Word]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def standard(self) -> str:
        """The whole text in standard words, marks left out."""
        return " ".join(word.standard for word in self.items if not word.is_mark)

    def standard_with(self, stand_ins: Mapping[tuple[int, int], str]) -> str:
        """Give the text in standard words with one word for each span (first and excluded last word).

        Of spans that overlap, the one that starts first counts, and of those the longest.
        """
        parts, end = [], 0
        spans = sorted(stand_ins, key=lambda span: (span[0], -span[1]))
        for first, last in spans:
            if first >= end:
                parts += [word.standard for word in self.items[end:first] if not word.is_mark]
                parts.append(stand_ins[first, last])
                end = last
        return " ".join(parts + [word.standard for word in self.items[end:] if not word.is_mark])

    def span(self, first: int, last: int) -> str:
        """Give the citizen's own words from word ``first`` up to, without, word ``last``."""
        return self.original[self.items[first].start : self.items[last - 1].end]


class Speller:
    """Knows the standard words behind typed ones."""

    def __init__(self, slang: Mapping[str, Mapping[str, str]], spelling: Spelling) -> None:
        """Take the groups of ``slang.yml`` (typed word → standard words) and the words of the domain."""
        self._spelling = spelling
        self._standard = {typed: words for group in slang.values() for typed, words in group.items()}
        self._known = {part for words in self._standard.values() for part in words.split()}

    def read(self, text: str) -> Words:
        """Split ``text`` into words and look behind each."""
        words = [self._word(match) for match in _TYPED.finditer(text)]
        for i, (first, second) in enumerate(pairwise(words)):
            if whole := self._spelling.rejoined(first.typed, second.typed):
                words[i] = replace(first, standard=self.standard(whole))
                words[i + 1] = replace(second, standard="")
        return Words(text, tuple(words))

    def _word(self, match: "re.Match[str]") -> Word:
        typed = match.group().lower().replace("’", "'")
        if typed.startswith("&") and len(typed) > 1:
            typed = html.unescape(typed)
        return Word(typed, self.standard(typed), match.start(), match.end())

    def standard(self, typed: str) -> str:
        """Give the standard words behind one typed word in lower case; a word not known stays as it is."""
        if typed in self._standard:
            return self._standard[typed]
        if not typed[:1].isalpha():
            return typed
        if double := self._reduplicated(typed):
            return double
        short = self._unstretched(typed)
        return self._standard.get(short) or self._spelling.swapped_back(short) or short

    def _reduplicated(self, typed: str) -> str | None:
        """Write the 2 out: jalan2 → jalan-jalan, asal2an → asal-asalan, berulang2 → berulang-ulang."""
        match = _TWICE.match(typed)
        if match is None:
            return None
        prefix, root, suffix = match.group("prefix") or "", match.group("root"), match.group("suffix") or ""
        if len(root) < 3:
            prefix, root = "", prefix + root
        root = self._standard.get(root, root)
        return f"{prefix}{root}-{root}{suffix}"

    def _unstretched(self, typed: str) -> str:
        """Take stretching back: parahhhh → parah, bangeeet → banget, macett → macet."""
        short = _STRETCHED.sub(r"\1", typed)
        if short not in _WORDS_OF_TWO_EQUAL_ENDS:
            short = _DOUBLE_END.sub(lambda m: m.group(1) or m.group(2), short)
        return short
