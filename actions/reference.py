"""Facts that both citizens' words and labels need: areas, categories, units, words for answers.

Read once from ``data/reference/`` on first use. Called by the decisions of an intake and by
``actions.wording``.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

OPENING = 3  # words
REFERENCE = Path(__file__).resolve().parents[1] / "data" / "reference"


@dataclass(frozen=True)
class Kelurahan:
    """A kelurahan with where it lies; ``code`` is the interior ministry's."""

    code: str
    name: str
    kecamatan: str
    kota: str


class Areas:
    """The kelurahan of Jakarta by code and by kecamatan."""

    def __init__(self, kelurahan: Iterable[Kelurahan], area_words: Iterable[str] = ()) -> None:
        self._by_code = {area.code: area for area in kelurahan}
        names = {name for area in self._by_code.values() for name in (area.name, area.kecamatan, area.kota)}
        self._area_words = frozenset(area_words).union(*map(words_of, names))

    def find(self, code: str) -> Kelurahan | None:
        """Return the kelurahan of ``code``, or None when there is no such code."""
        return self._by_code.get(code)

    def in_kecamatan(self, name: str) -> tuple[str, ...]:
        """Return the codes of the kelurahan of a kecamatan; the one that bears its name comes first."""
        inside = [area for area in self._by_code.values() if area.kecamatan == name]
        return tuple(area.code for area in sorted(inside, key=lambda area: (area.name != name, area.name)))

    def is_only_an_area(self, text: str) -> bool:
        """Tell whether ``text`` holds no more than names of areas: no street, no landmark, no RT/RW."""
        return all(word in self._area_words for word in words_of(text))


@lru_cache(maxsize=1)
def areas() -> Areas:
    """Return the areas of ``areas.csv``."""
    with (REFERENCE / "areas.csv").open(encoding="utf-8", newline="") as file:
        kelurahan = [
            Kelurahan(row["code"], row["name"], row["kecamatan"], row["kota"]) for row in csv.DictReader(file)
        ]
    words = vocabulary("answer_words")
    return Areas(kelurahan, (*words["area_words"], *words["around_a_place"]))


@lru_cache(maxsize=1)
def category_labels() -> Mapping[str, str]:
    """Return what citizens read for each category code, in the order of ``categories.yml``."""
    return {entry["code"]: entry["label"] for entry in vocabulary("categories")}


@lru_cache(maxsize=1)
def unit_names() -> Mapping[str, str]:
    """Return the full official name of each unit code."""
    return {entry["code"]: entry["name"] for entry in vocabulary("units")}


@lru_cache(maxsize=1)
def category_names() -> Mapping[str, tuple[frozenset[str], ...]]:
    """Return by which names each category may be called: its label, its code, the city's own, single words."""
    words = vocabulary("answer_words")["category_words"]
    return {
        entry["code"]: tuple(
            frozenset(words_of(name.replace("_", " ")))
            for name in (
                entry["label"],
                entry["code"],
                *entry["official_names"],
                *words.get(entry["code"], ()),
            )
        )
        for entry in vocabulary("categories")
    }


@lru_cache(maxsize=8)
def vocabulary(name: str) -> Any:
    """Return the content of ``data/reference/<name>.yml``."""
    return yaml.safe_load((REFERENCE / f"{name}.yml").read_text(encoding="utf-8"))


def answer_named_in(text: str) -> str | None:
    """Return the one answer of an intake that ``text`` names ("ganti lokasinya" → ``place``), else None."""
    said = set(words_of(text))
    named = [answer for answer, words in _answer_words().items() if said & words]
    return named[0] if len(named) == 1 else None


def says_one_of(text: str, group: str) -> bool:
    """Tell whether ``text`` holds a word of a group of ``answer_words.yml`` ("staying", "later", ...)."""
    return not set(words_of(text)).isdisjoint(vocabulary("answer_words")[group])


def mentions(text: str, group: str) -> bool:
    """Tell whether ``text`` holds one of the phrases of a group of ``answer_words.yml``, word for word."""
    said = f" {' '.join(words_of(text))} "
    return any(f" {phrase} " in said for phrase in vocabulary("answer_words")[group])


def opens_with_a_correction(text: str) -> bool:
    """Tell whether the first words of ``text`` take something back: "eh bukan, …"."""
    return bool(set(words_of(text)[:OPENING]) & set(vocabulary("answer_words")["corrections"]))


def words_of(text: str) -> list[str]:
    """Split ``text`` into its words, in lower case."""
    return re.findall(r"\w+", text.casefold())


@lru_cache(maxsize=1)
def _answer_words() -> Mapping[str, frozenset[str]]:
    return {answer: frozenset(words) for answer, words in vocabulary("answer_words")["answers"].items()}
