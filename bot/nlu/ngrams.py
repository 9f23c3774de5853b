"""What the classifiers look at, in two blocks of the same weight: whole words, and pieces of words.

Words: each, pairs of neighbours, pairs with one word between. Pieces: 2 to 6 letters with the ends of the word;
they carry most of Jakarta's spelling ("berlobang", "brlubang"). Both weighted by tf-idf and each brought to length 1,
or the many pieces would drown the words (docs/adr/0012). Called by ``linear_model``; plain Python and numpy, so that
a message costs about a millisecond and nothing needs scikit-learn at run time.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

_NUMBER = re.compile(r"\d+")
SHORTEST, LONGEST = 2, 6
Vector = tuple[NDArray[np.int32], NDArray[np.float32]]


def blocks(text: str) -> tuple[Iterator[str], Iterator[str]]:
    """Give the features of a text in standard words: of words, and of pieces; numbers are one and the same word."""
    words = _NUMBER.sub("0", text).replace("-", " ").split()
    return _words(words), _pieces(words)


def _words(words: list[str]) -> Iterator[str]:
    yield from (f"w {word}" for word in words)
    for first, second in zip(["^", *words], [*words, "$"], strict=True):
        yield f"p {first} {second}"
    for first, third in zip(words, words[2:], strict=False):
        yield f"s {first} {third}"


def _pieces(words: list[str]) -> Iterator[str]:
    for word in words:
        padded = f" {word} "
        for size in range(SHORTEST, min(LONGEST, len(padded)) + 1):
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]


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
        documents = [set().union(*blocks(text)) for text in texts]
        counts = Counter(name for document in documents for name in document)
        names = sorted(name for name, count in counts.items() if count >= min_count)
        idf = [math.log((1 + len(documents)) / (1 + counts[name])) + 1 for name in names]
        return cls(names, np.asarray(idf, dtype=np.float32))

    def vector(self, text: str) -> Vector:
        """Give numbers and weights of the features of ``text``, each block of length 1; empty when none is known."""
        parts = [self._block(names) for names in blocks(text)]
        numbers, weights = zip(*parts, strict=True)
        return np.concatenate(numbers), np.concatenate(weights)

    def _block(self, names: Iterator[str]) -> Vector:
        counts = Counter(self._number[name] for name in names if name in self._number)
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
