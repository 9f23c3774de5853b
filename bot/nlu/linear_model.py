"""One linear classifier over n-grams: learns labelled texts, says how likely each label is, keeps itself.

A linear support vector machine, one label against the rest (docs/adr/0012). Its scores become probabilities by a
softmax whose temperature is fitted on predictions for examples held out of training. Used by
``intent_classifier`` and ``category_classifier``. The folder holds a JSON and an ``.npz`` file without
pickled objects; scikit-learn is needed only to train.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.nlu.ngrams import NGrams


@dataclass(frozen=True)
class Training:
    """How a model is trained: strength of fit, rarest feature kept, examples held out to calibrate, seed.

    ``balance`` gives rare labels more weight: 0 none, 1 as much to each label.
    """

    strength: float = 0.15
    min_count: int = 2
    balance: float = 1.0
    held_out: float = 0.2
    seed: int = 20261124


class LinearModel:
    """Scores labels for a text."""

    def __init__(
        self, ngrams: NGrams, labels: list[str], weights: NDArray[np.float32], bias: NDArray[np.float32]
    ) -> None:
        """Take the weights, one row per feature and one column per label; ``temperature`` starts at 1."""
        self.labels = labels
        self.temperature = 1.0
        self._ngrams = ngrams
        self._weights = weights
        self._bias = bias

    @classmethod
    def train(cls, texts: Sequence[str], labels: Sequence[str], training: Training) -> "LinearModel":
        """Learn from labelled texts; two different labels at least are needed."""
        held = np.random.default_rng(training.seed).random(len(texts)) < training.held_out
        part = cls.fit(_chosen(texts, ~held), _chosen(labels, ~held), training)
        model = cls.fit(texts, labels, training)
        model.temperature = part.best_temperature(_chosen(texts, held), _chosen(labels, held))
        return model

    @classmethod
    def fit(cls, texts: Sequence[str], labels: Sequence[str], training: Training) -> "LinearModel":
        """Learn without calibrating; ``train`` is what the components call."""
        from sklearn.svm import LinearSVC

        ngrams = NGrams.learn(texts, training.min_count)
        learner = LinearSVC(
            C=training.strength,
            class_weight=_weights(labels, training.balance),
            random_state=training.seed,
        )
        learner.fit(ngrams.matrix(texts), labels)
        weights, bias = learner.coef_.T, learner.intercept_
        if weights.shape[1] == 1:  # scikit-learn keeps one column for two labels
            weights, bias = np.hstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
        names = [str(name) for name in learner.classes_]
        return cls(ngrams, names, weights.astype(np.float32), bias.astype(np.float32))

    def scores(self, text: str) -> NDArray[np.float32]:
        """Give the raw score of each label, before the temperature."""
        numbers, values = self._ngrams.vector(text)
        return values @ self._weights[numbers].astype(np.float32) + self._bias

    def ranking(self, text: str) -> list[tuple[str, float]]:
        """Give all labels with their probabilities, best first; in standard words (``Words.standard``)."""
        probabilities = softmax(self.scores(text) / self.temperature)
        order = np.argsort(-probabilities, kind="stable")
        return [(self.labels[number], float(probabilities[number])) for number in order]

    def best_temperature(self, texts: Sequence[str], labels: Sequence[str]) -> float:
        """Find the temperature under which the truth of examples not seen in training is most likely."""
        known = [
            (text, self.labels.index(label))
            for text, label in zip(texts, labels, strict=True)
            if label in self.labels
        ]
        scores = np.stack([self.scores(text) for text, _ in known])
        rows, truth = np.arange(len(known)), np.asarray([number for _, number in known])

        def loss(temperature: float) -> float:
            likely = softmax(scores / temperature)[rows, truth]
            return float(-np.log(np.maximum(likely, 1e-9)).mean())

        return min((round(float(t), 3) for t in np.geomspace(0.05, 3.0, 80)), key=loss)

    def save(self, folder: Path) -> None:
        """Write the model into an existing folder; weights take two bytes each."""
        facts = {"labels": self.labels, "temperature": self.temperature, "features": self._ngrams.names}
        (folder / "model.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
        np.savez_compressed(
            folder / "weights.npz",
            weights=self._weights.astype(np.float16),
            bias=self._bias,
            idf=self._ngrams.idf,
        )

    @classmethod
    def load(cls, folder: Path) -> "LinearModel":
        """Read what ``save`` wrote.

        Raises:
            OSError, KeyError, ValueError: the folder does not hold a whole model.
        """
        facts: dict[str, Any] = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
            ngrams = NGrams(facts["features"], arrays["idf"])
            model = cls(ngrams, facts["labels"], arrays["weights"], arrays["bias"])
        model.temperature = float(facts["temperature"])
        return model


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn scores into probabilities, along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def _chosen(values: Sequence[str], mask: NDArray[np.bool_]) -> list[str]:
    return [value for value, chosen in zip(values, mask, strict=True) if chosen]


def _weights(labels: Sequence[str], balance: float) -> dict[str, float]:
    """Weigh each label by its rarity to the power of ``balance``."""
    counts = Counter(labels)
    usual = len(labels) / len(counts)
    return {label: float((usual / count) ** balance) for label, count in counts.items()}
