"""A small sequence tagger: an averaged structured perceptron over features of each word.

Gives the best sequence of tags by Viterbi search. Used by ``place_tagger``. The folder holds a JSON and an
``.npz`` file without pickled objects.
"""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

OUT, BEGIN, INSIDE = 0, 1, 2
TAGS = 3
# A tag at the start, and a tag after a tag: nothing goes on that has not begun.
_FORBIDDEN_START = np.array([0.0, 0.0, -np.inf])
_FORBIDDEN = np.zeros((TAGS, TAGS))
_FORBIDDEN[OUT, INSIDE] = -np.inf
Features = Sequence[Sequence[str]]


class SequenceModel:
    """Tags the words of a text."""

    def __init__(
        self, features: Sequence[str], weights: NDArray[np.float64], steps: NDArray[np.float64]
    ) -> None:
        """Take the weights: a row for each feature, a column for each tag; ``steps`` from tag to tag."""
        self._names = list(features)
        self._numbers = {name: number for number, name in enumerate(features)}
        self._weights = np.asarray(weights, dtype=np.float64)
        self._steps = np.asarray(steps, dtype=np.float64)

    @classmethod
    def train(
        cls, texts: Sequence[Features], tags: Sequence[Sequence[int]], rounds: int, min_count: int, seed: int
    ) -> "SequenceModel":
        """Learn from texts, each word given as its features, and their tags."""
        counts = Counter(name for text in texts for word in text for name in word)
        names = sorted(name for name, count in counts.items() if count >= min_count)
        model = cls(names, np.zeros((len(names), TAGS)), np.zeros((TAGS, TAGS)))
        model._learn(
            [model._numbered(text) for text in texts], [np.asarray(row) for row in tags], rounds, seed
        )
        return model

    def tag(self, text: Features) -> list[int]:
        """Give the best tags of the words of a text."""
        return self._best(self._numbered(text)).tolist() if text else []

    def _numbered(self, text: Features) -> list[NDArray[np.intp]]:
        known = self._numbers
        return [np.array([known[name] for name in word if name in known], dtype=np.intp) for word in text]

    def _best(self, text: Sequence[NDArray[np.intp]]) -> NDArray[np.intp]:
        """Search the best sequence, forwards over the scores and backwards along the choices."""
        steps = self._steps + _FORBIDDEN
        scores = self._weights[text[0]].sum(axis=0) + _FORBIDDEN_START
        choices = []
        for word in text[1:]:
            reached = scores[:, None] + steps
            choices.append(reached.argmax(axis=0))
            scores = reached.max(axis=0) + self._weights[word].sum(axis=0)
        best = [int(scores.argmax())]
        for choice in reversed(choices):
            best.append(int(choice[best[-1]]))
        return np.array(best[::-1])

    def _learn(
        self,
        texts: Sequence[Sequence[NDArray[np.intp]]],
        tags: Sequence[NDArray[np.intp]],
        rounds: int,
        seed: int,
    ) -> None:
        """Correct the weights after every wrong sequence; keep their mean over all moments."""
        order = np.random.default_rng(seed)
        totals, step_totals = np.zeros_like(self._weights), np.zeros_like(self._steps)
        moment = 1
        for _ in range(rounds):
            for number in order.permutation(len(texts)):
                guess = self._best(texts[number])
                if not np.array_equal(guess, tags[number]):
                    for row, sign in ((tags[number], 1.0), (guess, -1.0)):
                        self._add(texts[number], row, sign, self._weights, self._steps)
                        self._add(texts[number], row, sign * moment, totals, step_totals)
                moment += 1
        self._weights -= totals / moment
        self._steps -= step_totals / moment

    @staticmethod
    def _add(
        text: Sequence[NDArray[np.intp]],
        tags: NDArray[np.intp],
        amount: float,
        weights: NDArray[np.float64],
        steps: NDArray[np.float64],
    ) -> None:
        for word, tag in zip(text, tags, strict=True):
            np.add.at(weights, (word, tag), amount)
        np.add.at(steps, (tags[:-1], tags[1:]), amount)

    def save(self, folder: Path) -> None:
        """Write the model into an existing folder; features that say nothing are left out."""
        telling = np.abs(self._weights).max(axis=1) > 0
        names = [name for name, keep in zip(self._names, telling, strict=True) if keep]
        (folder / "features.json").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
        weights = self._weights[telling].astype(np.float32)
        np.savez_compressed(folder / "tagger.npz", weights=weights, steps=self._steps)

    @classmethod
    def load(cls, folder: Path) -> "SequenceModel":
        """Read what ``save`` wrote.

        Raises:
            OSError, KeyError, ValueError: the folder does not hold a whole model.
        """
        names = json.loads((folder / "features.json").read_text(encoding="utf-8"))
        with np.load(folder / "tagger.npz", allow_pickle=False) as arrays:
            weights, steps = arrays["weights"], arrays["steps"]
        if weights.shape != (len(names), TAGS) or steps.shape != (TAGS, TAGS):
            raise ValueError("the tagger's features and weights do not fit together")
        return cls(names, weights, steps)
