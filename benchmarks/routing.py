"""How often the suggested unit is the one that got the report: ours beside a published model's.

``.venv/city/bin/python -m benchmarks.routing TEXTS.jsonl ANSWERS.jsonl [--errors N]``

Each line of TEXTS is an object with ``text``, ``dinas`` (who got it, rare ones "other") and
``predicted_dinas`` (what the published model said); ANSWERS are made from it by
``benchmarks.routing_answers``. Calls ``crm.domain`` with the rules on disk. Measured, never learnt from.
"""

import argparse
import json
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.table import Table

from crm.domain.reference import Reference
from crm.settings import REFERENCE
from crm.store.reference import read_reference

OTHER = "other"
NAMES = Path(__file__).parent / "routing_units.yml"


@dataclass(frozen=True)
class Routed:
    """A report: who got it, and whom each way of guessing names; ``because`` is the reason of ours."""

    text: str
    truth: str
    published: str
    by_category: str
    by_text: str
    because: str


def route(texts: Path, answers: Path, reference: Reference) -> list[Routed]:
    """Suggest a unit for every text, under the published names."""
    names = yaml.safe_load(NAMES.read_text(encoding="utf-8"))
    best = {answer["text"]: answer["categories"][0]["code"] for answer in _lines(answers)}
    routed = []
    for known in _lines(texts):
        code = best[known["text"]]
        unit, because = reference.suggested_unit(code, known["text"])
        usual = reference.categories[code].unit
        routed.append(
            Routed(
                text=known["text"],
                truth=known["dinas"],
                published=known["predicted_dinas"],
                by_category=names.get(usual, OTHER),
                by_text=names.get(unit, OTHER),
                because=because,
            )
        )
    return routed


def _lines(file: Path) -> Iterable[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def show_accuracy(console: Console, routed: Sequence[Routed]) -> None:
    """Print the share of right guesses of the published model, of the category alone, and of ours."""
    table = Table("", "published model", "category alone", "category and text", "n")
    named = [r for r in routed if r.truth != OTHER]
    for title, rows in (("all", routed), ("without other", named)):
        guesses = ("published", "by_category", "by_text")
        shares = [_share(getattr(row, guess) == row.truth for row in rows) for guess in guesses]
        table.add_row(title, *shares, str(len(rows)))
    for truth, count in Counter(r.truth for r in routed).most_common():
        rows = [r for r in routed if r.truth == truth]
        right = [_share(getattr(row, guess) == truth for row in rows) for guess in guesses]
        table.add_row(truth.capitalize(), *right, str(count))
    console.print(table)


def show_rules(console: Console, routed: Sequence[Routed]) -> None:
    """Print for each reason how often it was given and how often it was right."""
    table = Table("because", "right", "given")
    right = Counter(r.because for r in routed if r.by_text == r.truth)
    for because, count in Counter(r.because for r in routed).most_common():
        table.add_row(because, str(right[because]), str(count))
    console.print(table)


def _share(claims: Iterable[bool]) -> str:
    return f"{100 * statistics.mean(claims):.1f} %"


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.routing")
    parser.add_argument("texts", type=Path, help="published reports, one JSON object a line")
    parser.add_argument("answers", type=Path, help="made by benchmarks.routing_answers")
    parser.add_argument("--errors", type=int, default=0, help="so many wrong suggestions are printed")
    arguments = parser.parse_args()
    console = Console()
    routed = route(arguments.texts, arguments.answers, read_reference(REFERENCE))
    show_accuracy(console, routed)
    show_rules(console, routed)
    for wrong in [r for r in routed if r.by_text != r.truth][: arguments.errors]:
        console.print(f"{wrong.by_text} for {wrong.truth}: {wrong.text[:110]!r}", markup=False)


if __name__ == "__main__":
    main()
