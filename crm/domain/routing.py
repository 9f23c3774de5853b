"""Who is probably responsible for a complaint, told from its category and its words, with the reason.

The rules are data (``data/reference/routing.yml``, read by ``crm.store.routing``); the first that fits wins.
Called by ``crm.domain.reference``, which knows the unit of a category where no rule fits.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


class Suggestion(NamedTuple):
    """A unit, and the reason as it goes on after "karena"."""

    unit: str
    because: str


@dataclass(frozen=True)
class Rule:
    """Suggests a unit for texts of ``categories`` (none named: of all).

    A text fits that has one of ``words``, one of ``also`` (if there are any) and none of ``unless``: all
    phrases as ``phrase`` makes them.
    """

    categories: frozenset[str]
    words: Sequence[str]
    also: Sequence[str]
    unless: Sequence[str]
    suggestion: Suggestion

    def fits(self, category: str, words: str) -> bool:
        """Tell whether a text in standard words fits."""
        return (
            (not self.categories or category in self.categories)
            and _any_in(self.words, words)
            and (not self.also or _any_in(self.also, words))
            and not _any_in(self.unless, words)
        )


@dataclass(frozen=True)
class Routing:
    """The rules in their order, and the full spelling of words people shorten."""

    rules: Sequence[Rule] = ()
    spellings: Mapping[str, str] = field(default_factory=dict)


def suggested_unit(routing: Routing, category: str, text: str) -> Suggestion | None:
    """Return what the first rule that fits suggests for a text of a category; None where none fits."""
    words = standard_words(text, routing.spellings)
    return next((rule.suggestion for rule in routing.rules if rule.fits(category, words)), None)


def standard_words(text: str, spellings: Mapping[str, str]) -> str:
    """Return a text's words in lower case and full spelling, with a blank before and after each."""
    typed = (word.group().lower() for word in _WORD.finditer(text))
    return "".join(f" {spellings.get(word, word)}" for word in typed) + " "


def phrase(written: str, spellings: Mapping[str, str]) -> str:
    """Return words of a rule as they are looked for: from a word's start; with a full stop, to its end."""
    words = standard_words(written, spellings)
    return words if written.endswith(".") else words.rstrip()


def _any_in(phrases: Iterable[str], words: str) -> bool:
    return any(one in words for one in phrases)
