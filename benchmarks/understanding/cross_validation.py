"""Our own examples, each judged by a classifier that did not see it; and how much more examples help.

Called by ``__main__``. Trains ``LinearModel`` in parts with the settings of ``config.yml``.
"""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np
import yaml

from benchmarks.understanding.tables import Rows, share
from benchmarks.understanding.texts import Parsed
from bot.nlu.category_classifier import NO_PROBLEM, CategoryClassifier
from bot.nlu.linear_model import LinearModel, Training
from bot.nlu.model_component import ModelComponent
from bot.nlu.normaliser import Normaliser
from bot.nlu.place_recogniser import PlaceRecogniser, text_to_classify
from bot.nlu.reference import ROOT

PARTS = 4
SHARES = (0.25, 0.5, 0.75, 1.0)
Examples = tuple[list[str], list[str]]


def training_data() -> Any:
    """Load the examples with their words and places read."""
    from rasa.shared.nlu.training_data.loading import load_data

    data = load_data(str(ROOT / "data" / "nlu"))
    return PlaceRecogniser().process_training_data(Normaliser().process_training_data(data))


def examples_of(component: type[ModelComponent], data: Any) -> Examples:
    """Give the texts and labels a component learns from."""
    return component.examples(component, data)  # type: ignore[arg-type]


def settings_of(component: type[ModelComponent]) -> Training:
    """Give the settings the component has in ``config.yml``."""
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    step = next(s for s in config["pipeline"] if s["name"].endswith(f".{component.__name__}"))
    return Training(**{f.name: step[f.name] for f in fields(Training) if f.name in step})


def cross_validated(examples: Examples, training: Training) -> list[tuple[str, str]]:
    """Give truth and guess for every example, each guessed by a model that did not see it."""
    texts, labels = examples
    part_of = np.random.default_rng(training.seed).permutation(len(texts)) % PARTS
    pairs: list[tuple[str, str]] = []
    for part in range(PARTS):
        model = _fitted(examples, part_of != part, training)
        unseen = np.flatnonzero(part_of == part)
        pairs += [(labels[i], model.ranking(texts[i])[0][0]) for i in unseen]
    return pairs


def learning_curve(examples: Examples, training: Training, real: Sequence[Parsed]) -> Rows:
    """Give the accuracy on real texts of category models that saw only a share of the examples."""
    order = np.random.default_rng(training.seed).random(len(examples[0]))
    read = _readings(real)
    rows: Rows = []
    for part in SHARES:
        model = _fitted(examples, order < part, training)
        guesses = [[code for code, _ in model.ranking(text) if code != NO_PROBLEM] for text in read]
        seen = str(int((order < part).sum()))
        strict = share(g[0] in p.strict for g, p in zip(guesses, real, strict=True))
        lenient = share(g[0] in p.lenient for g, p in zip(guesses, real, strict=True))
        three = share(bool(set(g[:3]) & set(p.lenient)) for g, p in zip(guesses, real, strict=True))
        rows.append([seen, strict, lenient, three])
    return rows


def category_examples(data: Any) -> tuple[Examples, Training]:
    """Give what the category model learns from, and how."""
    return examples_of(CategoryClassifier, data), settings_of(CategoryClassifier)


def read_messages(parsed: Sequence[Parsed]) -> list[Any]:
    """Give the texts as messages with their words and the signs of places read."""
    from rasa.shared.nlu.training_data.message import Message

    return PlaceRecogniser().process(Normaliser().process([Message.build(p.text) for p in parsed]))


def _readings(parsed: Sequence[Parsed]) -> list[str]:
    return [text_to_classify(message) for message in read_messages(parsed)]


def _fitted(examples: Examples, chosen: Any, training: Training) -> LinearModel:
    texts, labels = examples
    numbers = np.flatnonzero(chosen)
    return LinearModel.fit([texts[i] for i in numbers], [labels[i] for i in numbers], training)
