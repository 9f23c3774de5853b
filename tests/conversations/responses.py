"""Which response of ``domain.yml`` a message is: its words recognised, whatever stands in the placeholders.

Used by ``citizen``, so that a dialogue can name what it expects (``utter_ask_place``) and survives better
wording.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import yaml

DOMAIN = Path(__file__).parents[2] / "domain.yml"
PLACEHOLDER = re.compile(r"\{\w+\}")


def names_of(text: str) -> frozenset[str]:
    """Give the names of all responses that ``text`` may be."""
    return frozenset(name for name, pattern in _patterns() if pattern.fullmatch(text.strip()))


def names_in(text: str) -> frozenset[str]:
    """Give the names of all responses in a message that may hold several, joined by blank lines (WhatsApp)."""
    paragraphs = text.split("\n\n")
    ends = range(1, len(paragraphs) + 1)
    runs = ("\n\n".join(paragraphs[start:end]) for end in ends for start in range(end))
    return frozenset().union(*map(names_of, runs))


def known_names() -> frozenset[str]:
    """Give the names of all responses, so that a misspelt one in a test is an error."""
    return frozenset(name for name, _ in _patterns())


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(_read_patterns())


def _read_patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    responses = yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))["responses"]
    for name, variations in responses.items():
        for variation in variations:
            fixed = PLACEHOLDER.split(variation.get("text", "").strip())
            if any(part.strip() for part in fixed):
                yield name, re.compile(".*".join(re.escape(part.strip()) for part in fixed), re.DOTALL)
