"""One linear classifier over n-grams: learns from texts and labels, says how likely each label is, keeps itself in a folder.

Multinomial logistic regression (docs/adr/0007). Its probabilities are calibrated: a temperature is fitted on
predictions for examples the model had not seen, so that 0.9 means nine of ten are right. Used by
``intent_classifier`` and ``category_classifier``. The folder holds a JSON and an ``.npz`` file without pickled
objects; scikit-learn is needed only to train.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.nlu.ngrams import NGrams


@dataclass(frozen=True)
class Training:
    """How a model is trained: strength of fit, rarest feature kept, parts for the calibration, seed."""

    strength: float = 10.0
    min_count: int = 2
    folds: int = 3
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
        model = cls._fit(texts, labels, training)
        unseen = unseen_scores(texts, labels, training)
        model.temperature = _best_temperature(unseen, [model.labels.index(label) for label in labels])
        return model

    @classmethod
    def _fit(cls, texts: Sequence[str], labels: Sequence[str], training: Training) -> "LinearModel":
        from sklearn.linear_model import LogisticRegression

        ngrams = NGrams.learn(texts, training.min_count)
        learner = LogisticRegression(
            C=training.strength, class_weight="balanced", max_iter=300, tol=1e-3, random_state=training.seed
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


def unseen_scores(texts: Sequence[str], labels: Sequence[str], training: Training) -> NDArray[np.float32]:
    """Score every text by a model that did not see it in training (cross-validation)."""
    names = sorted(set(labels))
    scores = np.full((len(texts), len(names)), -20.0, dtype=np.float32)
    parts = np.random.default_rng(training.seed).permutation(len(texts)) % training.folds
    for part in range(training.folds):
        seen = np.flatnonzero(parts != part)
        model = LinearModel._fit([texts[i] for i in seen], [labels[i] for i in seen], training)
        columns = [names.index(name) for name in model.labels]
        for i in np.flatnonzero(parts == part):
            scores[i, columns] = model.scores(texts[i])
    return scores


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn scores into probabilities, along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def _best_temperature(scores: NDArray[np.float32], truth: Sequence[int]) -> float:
    """Find the temperature under which the truth is most likely."""
    rows = np.arange(len(truth))

    def loss(temperature: float) -> float:
        likely = softmax(scores / temperature)[rows, np.asarray(truth)]
        return float(-np.log(np.maximum(likely, 1e-9)).mean())

    return min((round(float(t), 3) for t in np.geomspace(0.2, 3.0, 60)), key=loss)
