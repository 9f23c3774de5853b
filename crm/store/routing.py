"""Reads the rules of who does what from ``data/reference/routing.yml``. Called by ``crm.store.reference``.

Officers edit that file: a mistake in it is told with the rule and what is wrong, before anything is filed.
"""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import yaml

from crm.domain.routing import Routing, Rule, Suggestion, phrase
from crm.settings import SettingRefused

_PHRASES = ("words", "also", "unless")
_FIELDS = {"categories", *_PHRASES, "unit", "because"}


def read_routing(folder: Path, *, categories: Collection[str], units: Collection[str]) -> Routing:
    """Return the rules, and the spellings of ``slang.yml`` they are compared in.

    Raises:
        OSError: a file is missing.
        SettingRefused: a rule cannot be used; the message says which and why.
    """
    slang = yaml.safe_load((folder / "slang.yml").read_text(encoding="utf-8"))
    spellings = {typed: words for group in slang.values() for typed, words in group.items()}
    entries = yaml.safe_load((folder / "routing.yml").read_text(encoding="utf-8"))
    if not isinstance(entries, list):
        raise SettingRefused("routing.yml must be a list of rules")
    for number, entry in enumerate(entries, start=1):
        if problem := _problem(entry, categories, units):
            raise SettingRefused(f"routing.yml, rule {number}: {problem}")
    return Routing(tuple(_rule(entry, spellings) for entry in entries), spellings)


def _problem(entry: Any, categories: Collection[str], units: Collection[str]) -> str | None:
    if not isinstance(entry, dict) or not {"words", "unit", "because"} <= entry.keys() <= _FIELDS:
        return "it needs words, unit, because; it may have categories, also, unless"
    lists = [entry.get(name, []) for name in ("categories", *_PHRASES)]
    if not all(isinstance(one, list) and all(isinstance(item, str) for item in one) for one in lists):
        return "categories, words, also and unless are lists of words; yes, no, on and numbers need quotes"
    if not entry["words"] or not all(item.strip(" .") for one in lists for item in one):
        return "no words"
    if unknown := set(entry.get("categories", [])) - set(categories):
        return f"no such category: {', '.join(sorted(unknown))}"
    return None if entry["unit"] in units else f"no such unit: {entry['unit']}"


def _rule(entry: dict[str, Any], spellings: Mapping[str, str]) -> Rule:
    phrases = {
        name: tuple(phrase(written, spellings) for written in entry.get(name, [])) for name in _PHRASES
    }
    return Rule(
        categories=frozenset(entry.get("categories", [])),
        suggestion=Suggestion(entry["unit"], str(entry["because"])),
        **phrases,
    )
