"""The rules of ``data/reference/danger.yml``: which words say that somebody is in danger.

Called by ``danger_detector``. What is only feared ("takut kebakaran"), possible, prevented or practised does
not count; what is past or over counts one level less.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from bot.nlu.phrases import Phrases

SURE, ASK, MAYBE = "sure", "ask", "maybe"
REACH_OF_FEAR = 5


@dataclass(frozen=True)
class Rule:
    """Phrases that must stand near each other for a level of danger."""

    level: str
    groups: tuple[Phrases, ...]
    unless: Phrases
    within: int
    announced: bool

    @classmethod
    def read(cls, facts: dict[str, Any]) -> "Rule":
        """Read one entry of ``danger.yml``."""
        return cls(
            level=facts["level"],
            groups=tuple(Phrases(group) for group in facts["all"]),
            unless=Phrases(facts.get("unless", ())),
            within=facts.get("within", 12),
            announced=facts.get("announced", False),
        )

    def holds(self, text: str) -> bool:
        """Tell whether all groups occur in ``text``, near enough to each other."""
        text = self.unless.remove_from(text)
        places = [list(_word_numbers(group, text)) for group in self.groups]
        return any(max(near) - min(near) <= self.within for near in product(*places))


class DangerRules:
    """All rules, over a text in standard words."""

    def __init__(self, facts: dict[str, Any]) -> None:
        """Take the content of ``danger.yml``."""
        self._rules = [Rule.read(rule) for rule in facts["signs"]]
        self._harmless = Phrases(facts["harmless"])
        self._hypothetical = Phrases(facts["hypothetical"])
        self._denials = frozenset(facts["denials"])
        self._past = Phrases(facts["past"])

    def level(self, text: str) -> str | None:
        """Give the highest level of danger any rule finds."""
        text = self._harmless.remove_from(re.sub(r"\s+", " ", text))
        happening = self._without_fears(text)
        levels = {rule.level for rule in self._rules if rule.holds(text if rule.announced else happening)}
        if self._past.occur_in(text):
            return MAYBE if SURE in levels else None
        return next((level for level in (SURE, ASK, MAYBE) if level in levels), None)

    def _without_fears(self, text: str) -> str:
        """Leave out what follows within a few words after a word of fear, possibility or prevention.

        A denied word is none: who "tidak bisa" get out is in need.
        """
        words = text.split()
        feared: set[int] = set()
        for number in _word_numbers(self._hypothetical, text):
            if number == 0 or words[number - 1] not in self._denials:
                feared.update(range(number, number + REACH_OF_FEAR + 1))
        return " ".join("|" if number in feared else word for number, word in enumerate(words))


def _word_numbers(phrases: Phrases, text: str) -> Iterator[int]:
    """Yield the number of the word at which each found phrase starts."""
    for match in phrases.find(text):
        yield text.count(" ", 0, match.start())
