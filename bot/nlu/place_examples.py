"""The sentences the place tagger learns from: ``data/places/*.yml``, with the words of a place in double brackets.

Called by ``place_tagger`` at training time. Each sentence is learnt alone, between sentences that name no
place (a real message tells more than where), and in other letters.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from bot.nlu.reference import PLACE_EXAMPLES

_PLACE = re.compile(r"\[\[(.+?)\]\]")
_ITEM = re.compile(r"^- (.+)$", re.MULTILINE)
# How often a sentence comes before an example, and how often after it.
BEFORE, AFTER = 0.5, 0.6
JOINTS = (". ", ", ", " ", " ", "  ", "! ", " karena ", " dan ", "\n")


@dataclass(frozen=True)
class PlaceExample:
    """A text, and where in it the words of its places begin and end."""

    text: str
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def read(cls, line: str) -> "PlaceExample":
        """Take a text with its places in double brackets."""
        text, spans = "", []
        for number, part in enumerate(_PLACE.split(line)):
            if number % 2:
                spans.append((len(text), len(text) + len(part)))
            text += part
        return cls(text, tuple(spans))

    def between(self, before: str, after: str) -> "PlaceExample":
        """Give the example with more text around it."""
        shift = len(before)
        spans = tuple((first + shift, last + shift) for first, last in self.spans)
        return PlaceExample(before + self.text + after, spans)

    def recased(self, kind: str) -> "PlaceExample":
        """Give the example in other letters: ``upper``, ``lower`` or ``title``."""
        changed = getattr(self.text, kind)()
        return PlaceExample(changed, self.spans) if len(changed) == len(self.text) else self


def written_examples() -> list[PlaceExample]:
    """Read the sentences of ``data/places/``, as written.

    Raises:
        ValueError: a file is not a mapping with the text ``examples``, or a bracket is left open.
    """
    found = []
    for path in sorted(PLACE_EXAMPLES.glob("*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not isinstance(content, dict) or not isinstance(content.get("examples"), str):
            raise ValueError(f"data/places/{path.name} must hold a text named examples")
        found += [PlaceExample.read(line) for line in _ITEM.findall(content["examples"])]
    if broken := [example.text for example in found if "[[" in example.text or "]]" in example.text]:
        raise ValueError(f"data/places/: a bracket is left open in {broken[0]!r}")
    return found


def varied(
    examples: list[PlaceExample], others: list[PlaceExample], times: int, seed: int
) -> Iterator[PlaceExample]:
    """Yield each example as it is, then ``times`` more with ``others`` around it and in other letters."""
    chance = random.Random(seed)  # noqa: S311 - variety, no secret
    fillers = [example.text for example in (*examples, *others) if not example.spans]
    yield from examples
    for example in examples:
        for _ in range(times):
            before = chance.choice(fillers) + chance.choice(JOINTS) if chance.random() < BEFORE else ""
            after = chance.choice(JOINTS) + chance.choice(fillers) if chance.random() < AFTER else ""
            kind = chance.choices(("lower", "upper", "title", ""), (2, 1, 1, 4))[0]
            changed = example.recased(kind) if kind else example
            yield changed.between(before, after)
