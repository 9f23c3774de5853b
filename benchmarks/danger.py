"""How many people in danger are recognised, and how often danger is seen where there is none.

``.venv/bot/bin/python -m benchmarks.danger [--curve] [--complaints FILE.jsonl] [--errors N]``

Texts: ``benchmarks/texts/`` (its README says who wrote them), and any file of ordinary complaints given, which is
measured and never learnt from. Recognised and false alarm both mean "sure" or "maybe". Without ``--curve`` the newest
model judges; with it the danger components are trained from ``data/nlu/`` alone (ten seconds), also judge
the examples of ``report_danger`` they did not see, and the shares are shown for several ``maybe_from``.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.__main__ import Reader, newest_model
from bot.nlu.danger_classifier import SOMEBODY, DangerClassifier
from bot.nlu.danger_detector import DangerDetector
from bot.nlu.linear_model import LinearModel, Training
from bot.nlu.normaliser import Normaliser
from bot.nlu.place_recogniser import PlaceRecogniser, text_to_classify
from bot.nlu.reference import ROOT

TEXTS = ROOT / "benchmarks" / "texts"
THRESHOLDS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7)
PARTS = 5
IN_DANGER = "people in danger"
IN_DANGER_TOO = "people in danger, second set"
UNSEEN = "own examples, each unseen"
Level = str | None


@dataclass(frozen=True)
class Outcome:
    """The levels given to the texts of one set."""

    texts: list[str]
    levels: list[Level]

    def share(self, *levels: Level) -> float:
        """Give the share of texts, of 1, that got one of ``levels``."""
        counts = Counter(self.levels)
        return sum(counts[level] for level in levels) / max(len(self.levels), 1)

    @property
    def seen(self) -> float:
        """The share in which any danger was seen: recall, or false alarms."""
        return self.share("sure", "maybe")


def sets(complaints: Sequence[Path] = ()) -> dict[str, list[str]]:
    """Give the texts by set; only in ``IN_DANGER`` and ``IN_DANGER_TOO`` is somebody in danger."""
    danger, second = _lines(TEXTS / "danger.jsonl"), _lines(TEXTS / "danger_second.jsonl")
    return {
        IN_DANGER: [line["text"] for line in danger if line["danger"]],
        IN_DANGER_TOO: [line["text"] for line in second if line["danger"]],
        "frightening but harmless": [line["text"] for line in danger if not line["danger"]],
        "frightening but harmless, second set": [line["text"] for line in second if not line["danger"]],
        **{file.stem: [line["text"] for line in _lines(file)] for file in _harmless_files(complaints)},
    }


def measure(judge: Callable[[str], Level], complaints: Sequence[Path] = ()) -> dict[str, Outcome]:
    """Let ``judge`` give the level of every text of every set."""
    return {name: Outcome(texts, [judge(text) for text in texts]) for name, texts in sets(complaints).items()}


def judge_of(reader: Reader) -> Callable[[str], Level]:
    """Give the judgement of a trained model, through Rasa's own graph."""

    def judge(text: str) -> Level:
        level: Level = reader.read(text)["understanding"]["danger"]
        return level

    return judge


def curve(complaints: Sequence[Path] = ()) -> dict[str, list[float]]:
    """Train the danger components and give how likely danger is, after the rules, for every text."""
    settings = {part["name"].rpartition(".")[2]: part for part in _pipeline()}
    detector = DangerDetector(settings["DangerDetector"])
    chosen = settings["DangerClassifier"]
    training = Training(**{key: chosen[key] for key in ("strength", "min_count", "balance")})
    data = load_data(str(ROOT / "data" / "nlu"))
    data = PlaceRecogniser().process_training_data(Normaliser().process_training_data(data))
    texts, labels = DangerClassifier.examples(None, data)  # type: ignore[arg-type]
    model = LinearModel.train(texts, labels, training)
    likely = {name: _likely(model, detector, _read(found)) for name, found in sets(complaints).items()}
    return {UNSEEN: _unseen(texts, labels, training, model.temperature, detector), **likely}


def _unseen(
    texts: list[str], labels: list[str], training: Training, temperature: float, detector: DangerDetector
) -> list[float]:
    """Judge every example of danger by a model that did not see it."""
    part_of = np.random.default_rng(training.seed).permutation(len(texts)) % PARTS
    likely: list[float] = []
    for part in range(PARTS):
        kept = [i for i in range(len(texts)) if part_of[i] != part]
        model = LinearModel.fit([texts[i] for i in kept], [labels[i] for i in kept], training)
        model.temperature = temperature
        left = [texts[i] for i in range(len(texts)) if part_of[i] == part and labels[i] == SOMEBODY]
        likely += _likely(model, detector, left)
    return likely


def _likely(model: LinearModel, detector: DangerDetector, texts: Sequence[str]) -> list[float]:
    return [detector.likelihood(text, dict(model.ranking(text))[SOMEBODY]) for text in texts]


def _read(texts: Sequence[str]) -> list[str]:
    messages = [Message.build(text) for text in texts]
    return [text_to_classify(m) for m in PlaceRecogniser().process(Normaliser().process(messages))]


def _pipeline() -> list[dict[str, Any]]:
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    return list(config["pipeline"])


def _harmless_files(complaints: Sequence[Path]) -> list[Path]:
    return [TEXTS / "complaints.jsonl", TEXTS / "conversation.jsonl", *complaints]


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def show(outcomes: dict[str, Outcome], errors: int) -> None:
    """Print the shares of each set, and some of the texts judged wrongly."""
    for name, outcome in outcomes.items():
        print(
            f"{name:28} n {len(outcome.levels):4}  seen {outcome.seen:.3f}  sure {outcome.share('sure'):.3f}"
        )
        judged = zip(outcome.texts, outcome.levels, strict=True)
        wrong = [
            (text, level) for text, level in judged if (level is None) == (name in (IN_DANGER, IN_DANGER_TOO))
        ]
        for text, level in wrong[:errors]:
            print(f"    {level}: {text[:120]}")


def main() -> None:
    """Run the measurement asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.danger")
    parser.add_argument("--curve", action="store_true", help="train, and show several thresholds")
    parser.add_argument("--complaints", type=Path, action="append", default=[], help="ordinary complaints")
    parser.add_argument("--errors", type=int, default=0, help="so many errors of each set are printed")
    arguments = parser.parse_args()
    if not arguments.curve:
        judge = judge_of(Reader(newest_model(ROOT / "models")))
        show(measure(judge, arguments.complaints), arguments.errors)
        return
    for name, likely in curve(arguments.complaints).items():
        shares = "  ".join(f"{t}: {np.mean(np.asarray(likely) >= t):.3f}" for t in THRESHOLDS)
        print(f"{name:28} n {len(likely):4}  {shares}")


if __name__ == "__main__":
    main()
