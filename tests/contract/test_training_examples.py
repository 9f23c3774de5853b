"""Training examples cover every category and intent, are no copies of each other, and name their authors."""

import json
import re
from collections import Counter, defaultdict
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "data/nlu").rglob("*.yml"))
NEVER_TYPED = {"start", "send_photo", "draft_expired", "nlu_fallback", "rate"}
# Typed in the words of cancel and change_answer; actions/follow_up/meant.py tells them apart.
TYPED_AS_ANOTHER = {"withdraw", "add_detail"}
FEWEST_A_CATEGORY = 110
LONGEST_FILE = 300
# Token sets that share this much are one example written twice.
NEAR_COPY = 0.85
FEWEST_TOKENS = 3
# Texts of others, for measuring only: beside the repository where they are at hand. Nothing here may come from them.
REAL_TEXTS = ROOT.parent / "shared/eval/jaki2023.jsonl"
BORROWED = 0.6
# Sentences for places are short and of few kinds of words, so less in common is already a loan.
PLACES = sorted((ROOT / "data/places").glob("*.yml"))
BORROWED_PLACE = 0.45
FEWEST_TOKENS_OF_A_LOAN = 6


class Example(NamedTuple):
    """One line of training data and what it stands for."""

    text: str
    intent: str
    category: str | None


def _examples() -> list[Example]:
    blocks = [block for file in FILES for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]]
    return [
        Example(line.removeprefix("- "), block["intent"], block.get("metadata", {}).get("category"))
        for block in blocks
        for line in block["examples"].splitlines()
    ]


EXAMPLES = _examples()


def test_every_category_a_citizen_can_choose_has_many_examples() -> None:
    categories = yaml.safe_load((ROOT / "data/reference/categories.yml").read_text(encoding="utf-8"))
    counted = Counter(example.category for example in EXAMPLES if example.category)
    assert set(counted) == {category["code"] for category in categories}
    assert min(counted.values()) >= FEWEST_A_CATEGORY


def test_every_intent_that_people_type_has_examples_and_no_other() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    assert {example.intent for example in EXAMPLES} == set(domain["intents"]) - NEVER_TYPED - TYPED_AS_ANOTHER


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_is_short_and_names_its_authors(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= LONGEST_FILE
    assert "Written for Aduan by its team" in lines[1]


def test_no_text_stands_under_two_meanings() -> None:
    meanings = defaultdict(set)
    for example in EXAMPLES:
        meanings[example.text.lower()].add((example.intent, example.category))
    assert {text: found for text, found in meanings.items() if len(found) > 1} == {}


def test_no_example_is_a_near_copy_of_another() -> None:
    groups = defaultdict(list)
    for example in EXAMPLES:
        tokens = frozenset(re.findall(r"\w+", example.text.lower()))
        if len(tokens) >= FEWEST_TOKENS:
            groups[example.intent, example.category].append((tokens, example.text))
    copies = [
        (one, other)
        for group in groups.values()
        for (some, one), (others, other) in combinations(group, 2)
        if len(some & others) >= NEAR_COPY * len(some | others)
    ]
    assert copies == []


@pytest.mark.skipif(not REAL_TEXTS.is_file(), reason="the real texts are not beside this checkout")
def test_no_example_is_taken_from_the_texts_that_measure_us() -> None:
    by_word = _measured_by_word()
    assert [e.text for e in EXAMPLES if _is_borrowed(_tokens(e.text), by_word, BORROWED)] == []


@pytest.mark.skipif(not REAL_TEXTS.is_file(), reason="the real texts are not beside this checkout")
@pytest.mark.parametrize("file", PLACES, ids=lambda file: file.stem)
def test_no_sentence_about_a_place_is_taken_from_the_texts_that_measure_us(file: Path) -> None:
    lines = yaml.safe_load(file.read_text(encoding="utf-8"))["examples"].splitlines()
    by_word = _measured_by_word()
    assert [line for line in lines if _is_borrowed(_tokens(line), by_word, BORROWED_PLACE)] == []


@cache
def _measured_by_word() -> dict[str, list[frozenset[str]]]:
    """Give the words of every real text that is long enough to borrow from, by each of its words."""
    measured = {_tokens(json.loads(line)["text"]) for line in REAL_TEXTS.read_text("utf-8").splitlines()}
    assert len(measured) > 100
    by_word = defaultdict(list)
    for tokens in measured:
        if len(tokens) >= FEWEST_TOKENS_OF_A_LOAN:
            for token in tokens:
                by_word[token].append(tokens)
    return by_word


def _is_borrowed(tokens: frozenset[str], by_word: dict[str, list[frozenset[str]]], borrowed: float) -> bool:
    """Tell whether most words of an example and of a measured text are the same."""
    shared = Counter(other for token in tokens for other in by_word.get(token, ()))
    return any(count >= borrowed * len(tokens | other) for other, count in shared.items())


def _tokens(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))
