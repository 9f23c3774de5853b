"""What the classifiers look at: words, pairs of words, pieces of words of 2 to 5 letters, weighted by tf-idf.

Pieces of words carry most of Jakarta's spelling ("berlobang", "brlubang"). Called by ``linear_model``;
plain Python and numpy, so that a message costs about a millisecond and nothing needs scikit-learn at run
time.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

_NUMBER = re.compile(r"\d+")
SHORTEST, LONGEST = 2, 5


def pieces(text: str) -> Iterator[str]:
    """Yield the features of a text in standard words; numbers count as one and the same word."""
    words = _NUMBER.sub("0", text).replace("-", " ").split()
    for word in words:
        yield f"w {word}"
        padded = f" {word} "
        for size in range(SHORTEST, min(LONGEST, len(padded)) + 1):
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]
    for first, second in zip(["^", *words], [*words, "$"], strict=True):
        yield f"p {first} {second}"


class NGrams:
    """A fixed vocabulary of features with the weight of each."""

    def __init__(self, names: list[str], idf: NDArray[np.float32]) -> None:
        """Take the features by number, and their inverse document frequency."""
        self.names = names
        self.idf = idf
        self._number = {name: number for number, name in enumerate(names)}

    @classmethod
    def learn(cls, texts: Iterable[str], min_count: int) -> "NGrams":
        """Keep the features that occur in at least ``min_count`` of the texts."""
        documents = [set(pieces(text)) for text in texts]
        counts = Counter(name for document in documents for name in document)
        names = sorted(name for name, count in counts.items() if count >= min_count)
        idf = [math.log((1 + len(documents)) / (1 + counts[name])) + 1 for name in names]
        return cls(names, np.asarray(idf, dtype=np.float32))

    def vector(self, text: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Give numbers and weights of the features of ``text``, of length 1; empty when none is known."""
        counts = Counter(self._number[name] for name in pieces(text) if name in self._number)
        numbers = np.fromiter(counts, dtype=np.int32, count=len(counts))
        tf = 1 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))
        weights = tf * self.idf[numbers]
        norm = float(np.linalg.norm(weights))
        return numbers, (weights / norm if norm else weights).astype(np.float32)

    def matrix(self, texts: Iterable[str]) -> Any:
        """Give the sparse matrix of many texts, for training."""
        from scipy.sparse import csr_matrix

        rows = [self.vector(text) for text in texts]
        starts = np.cumsum([0, *(len(numbers) for numbers, _ in rows)])
        numbers = np.concatenate([numbers for numbers, _ in rows])
        weights = np.concatenate([weights for _, weights in rows])
        return csr_matrix((weights, numbers, starts), shape=(len(rows), len(self.names)))
