"""``make understanding``: measure everything with the trained model, print it, and write docs/understanding.md.

Real texts (``--real``) lie outside the repository and are only measured; without them that part is left out and the
page says so. Calls the other modules here.
"""

import argparse
import json
import statistics
import subprocess
import warnings
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benchmarks.understanding import categories, cross_validation, intents
from benchmarks.understanding.picture import draw_confusion
from benchmarks.understanding.registers import Registers
from benchmarks.understanding.sections import danger_section, places_curve, places_section
from benchmarks.understanding.tables import share, table
from benchmarks.understanding.texts import OWN, REAL, Parsed, parse_file, with_clear_topic
from bot.nlu.__main__ import Reader, newest_model
from bot.nlu.category_classifier import CategoryClassifier
from bot.nlu.intent_classifier import IntentClassifier
from bot.nlu.reference import ROOT

PAGE = ROOT / "docs" / "understanding.md"
PICTURE = ROOT / "docs" / "img" / "confusion.png"
SHORT_ANSWERS = ("greet", "thank", "affirm", "deny", "cancel", "goodbye", "ask_human", "bot_challenge")
LABEL_HEAD = ("", "texts", "precision", "recall", "F1")


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.understanding")
    parser.add_argument("--model", type=Path, help="a model archive (default: the newest in models/)")
    parser.add_argument("--real", type=Path, default=REAL, help="real texts, JSON Lines")
    parser.add_argument("--errors", type=int, default=0, help="print so many errors on the real texts")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    model = arguments.model or newest_model(ROOT / "models")
    reader = Reader(model)
    own = {name: parse_file(reader, OWN / f"{name}.jsonl") for name in ("complaints", "conversation")}
    real = parse_file(reader, arguments.real) if arguments.real.is_file() else []
    parts = [_head(model, [*own["complaints"], *own["conversation"], *real]), _categories(own, real)]
    parts += [_intents(own, real), places_section(reader, real), danger_section(reader, arguments.real)]
    parts.append(_cross_validation(real))
    page = "\n\n".join(parts) + "\n"
    print(page)
    PAGE.write_text(page, encoding="utf-8")
    for line in _errors(with_clear_topic(real), arguments.errors):
        print(line)


def _head(model: Path, parsed: Sequence[Parsed]) -> str:
    times = sorted(p.milliseconds for p in parsed)
    late = times[len(times) * 95 // 100]
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    return (
        "# How well Aduan understands\n\n"
        f"Made by `make understanding` on {date.today().isoformat()} at commit {commit or '?'}; not edited by hand."
        "\n\n"
        f"A message is understood in {statistics.median(times):.1f} ms (median; 95 % under {late:.1f} ms); "
        f"the model has {model.stat().st_size / 1e6:.1f} MB.\n\n"
        "*Real* are public reports of 2023 that were never trained on and are not in this repository; *own* are the "
        "texts of `benchmarks/texts`, written by somebody who had not seen the training examples. Lenient counts a "
        "second topic that the reader of a real text named as well."
    )


def _categories(own: dict[str, list[Parsed]], real: Sequence[Parsed]) -> str:
    sets = {"own": own["complaints"]} | ({"real": with_clear_topic(real)} if real else {})
    main_set = sets.get("real", own["complaints"])
    pairs = categories.pairs_of(main_set)
    draw_confusion(pairs, PICTURE)
    registers = Registers()
    rows = [[name, *categories.accuracy(texts).values()] for name, texts in sets.items()]
    head = ("", "texts", "strict", "lenient", "in three")
    return "\n\n".join(
        [
            "## Categories",
            table(head, rows) if real else table(head, rows) + "\n\nReal texts are not on this machine.",
            "By register:",
            table(head, categories.by_group(main_set, lambda p: registers.of(p.text))),
            "Sure enough not to ask (lenient):",
            table(("sure from", "not asked", "of these right"), categories.calibration(main_set)),
            "Is it as sure as it is right?",
            table(("sureness", "texts", "mean", "right"), categories.reliability(main_set)),
            "By category:",
            table(LABEL_HEAD, categories.by_label(pairs)),
            f"![Which category was taken for which](img/{PICTURE.name})",
        ]
    )


def _intents(own: dict[str, list[Parsed]], real: Sequence[Parsed]) -> str:
    pairs = intents.intent_pairs(own["conversation"])
    apart = intents.told_apart(own["conversation"], [*own["complaints"], *real])
    rows = [
        ["complaint, status question, something else told apart", apart],
        [
            "greeting, thanks, yes, no, cancel, goodbye, human, bot question",
            intents.recall_of(pairs, SHORT_ANSWERS),
        ],
        ["outside our job recognised", intents.recall_of(pairs, ("out_of_scope",))],
        ["real reports taken for complaints", share(map(intents.is_complaint, real))],
    ]
    return "\n\n".join(
        ["## Intents", table(("", "right"), rows), "Own talk:", table(LABEL_HEAD, categories.by_label(pairs))]
    )


def _cross_validation(real: Sequence[Parsed]) -> str:
    data = cross_validation.training_data()
    parts = ["## Our own examples, each judged by a model that did not see it"]
    for component in (IntentClassifier, CategoryClassifier):
        examples = cross_validation.examples_of(component, data)
        pairs = cross_validation.cross_validated(examples, cross_validation.settings_of(component))
        right = share(truth == guess for truth, guess in pairs)
        parts += [
            f"{component.__name__}: {right} of {len(pairs)} right.",
            table(LABEL_HEAD, categories.by_label(pairs)),
        ]
    if real:
        examples, training = cross_validation.category_examples(data)
        curve = cross_validation.learning_curve(examples, training, with_clear_topic(real))
        parts += [
            "Learning curve: real texts, by how many of our examples were seen",
            table(("examples", "strict", "lenient", "in three"), curve),
            "Learning curve of places: real texts, by how many sentences of `data/places/` were seen",
            table(("sentences", "F1 by words, mean", "F1, all words"), places_curve(data, real)),
        ]
    return "\n\n".join(parts)


def _errors(parsed: Sequence[Parsed], most: int) -> list[str]:
    wrong = [p for p in parsed if p.guesses[0] not in p.lenient]
    worst = sorted(wrong, key=lambda p: -p.sureness)[:most]
    return [
        json.dumps([p.guesses[:2], round(p.sureness, 2), p.lenient, p.text], ensure_ascii=False)
        for p in worst
    ]


if __name__ == "__main__":
    main()
