"""How well places are read: their words, and the kelurahan, on one or several files of labelled texts.

``.venv/bot/bin/python -m benchmarks.places FILE.jsonl ... [--model MODEL] [--errors N]``

Each line of a file is an object with ``text``, ``loc_in_text`` (the words that name a place; missing or null when
none do) and, as far as known, ``kelurahan`` and ``kecamatan`` in official spelling. The texts are measured, never
learnt from. ``span_f1`` and ``kelurahan_scores`` are also called by other measurements.
"""

import argparse
import json
import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.nlu.__main__ import Reader, newest_model
from bot.nlu.reference import ROOT, area_rows

OWN_TEXTS = ROOT / "benchmarks" / "texts" / "places.jsonl"
Pair = tuple[str | None, str | None]


@dataclass(frozen=True)
class SpanScores:
    """Overlap by words: the mean F1 of the texts in which either side names a place, and F1 over all words."""

    mean: float
    pooled: float
    texts: int


@dataclass(frozen=True)
class NameScores:
    """How often a name given was right, and how often a name known was given."""

    precision: float
    recall: float
    given: int
    known: int


def span_f1(pairs: Sequence[Pair]) -> SpanScores:
    """Compare pairs of the words that name the place and the words we took for it; None is no place."""
    told = [(_words(known), _words(said)) for known, said in pairs if known or said]
    if not told:
        return SpanScores(0.0, 0.0, 0)
    common = sum((known & said).total() for known, said in told)
    both = sum(known.total() + said.total() for known, said in told)
    return SpanScores(statistics.mean(_f1(known, said) for known, said in told), 2 * common / both, len(told))


def kelurahan_scores(pairs: Sequence[Pair]) -> NameScores:
    """Compare pairs of the name a text settles and the name we gave; None is no name."""
    right = sum(known is not None and known == said for known, said in pairs)
    given, known = sum(said is not None for _, said in pairs), sum(name is not None for name, _ in pairs)
    return NameScores(right / given if given else 1.0, right / known if known else 1.0, given, known)


def words_f1(known: str | None, said: str | None) -> float:
    """Give the overlap of two places by words, lower case; each word counts as often as it is written."""
    return _f1(_words(known), _words(said))


def _f1(known: "Counter[str]", said: "Counter[str]") -> float:
    return 2 * (known & said).total() / max(known.total() + said.total(), 1)


def _words(text: str | None) -> "Counter[str]":
    return Counter(re.findall(r"\w+", (text or "").lower()))


def measure(rows: Sequence[dict[str, Any]], locations: Sequence[dict[str, Any] | None], errors: int) -> None:
    """Print the scores of one file, and its worst texts."""
    spans = [
        (row.get("loc_in_text"), (place or {}).get("text"))
        for row, place in zip(rows, locations, strict=True)
    ]
    scores = span_f1(spans)
    print(f"  place: F1 by words {scores.mean:.3f}, pooled {scores.pooled:.3f}, in {scores.texts} texts")
    for field in ("kelurahan", "kecamatan"):
        if any(field in row for row in rows):
            pairs = [
                (row.get(field), named(place, field)) for row, place in zip(rows, locations, strict=True)
            ]
            _show_names(field, pairs, rows, errors)
    _show_worst(spans, rows, errors)


def named(place: dict[str, Any] | None, field: str) -> str | None:
    """Give the kelurahan or kecamatan a location settles, in official spelling."""
    if place is None or field == "kecamatan":
        return (place or {}).get("kecamatan")
    return next((row["name"] for row in area_rows() if row["code"] == place["kelurahan_code"]), None)


def _show_names(field: str, pairs: Sequence[Pair], rows: Sequence[dict[str, Any]], errors: int) -> None:
    s = kelurahan_scores(pairs)
    print(f"  {field}: precision {s.precision:.3f} of {s.given}, recall {s.recall:.3f} of {s.known}")
    wrong = [(pair, row["text"]) for pair, row in zip(pairs, rows, strict=True) if pair[0] != pair[1]]
    for (known, said), text in wrong[:errors]:
        print(f"    {said!r} for {known!r}: {text[:150]!r}")


def _show_worst(spans: Sequence[Pair], rows: Sequence[dict[str, Any]], errors: int) -> None:
    told = [(words_f1(*pair), pair, row["text"]) for pair, row in zip(spans, rows, strict=True) if any(pair)]
    for score, (known, said), text in sorted(told, key=lambda item: item[0])[:errors]:
        if score < 1:
            print(f"    {score:.2f} {said!r} for {known!r}: {text[:200]!r}")


def main() -> None:
    """Measure the files asked for with a trained model."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.places")
    parser.add_argument("files", type=Path, nargs="*", default=[OWN_TEXTS], help="labelled texts")
    parser.add_argument("--model", type=Path, help="a model archive (default: the newest in models/)")
    parser.add_argument("--errors", type=int, default=0, help="so many errors of each kind are printed")
    arguments = parser.parse_args()
    reader = Reader(arguments.model or newest_model(ROOT / "models"))
    for file in arguments.files:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        print(f"\n{file.name}: {len(rows)} texts")
        measure(
            rows, [reader.read(row["text"])["understanding"]["location"] for row in rows], arguments.errors
        )


if __name__ == "__main__":
    main()
