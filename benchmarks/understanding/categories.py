"""Categories: right at first, within three, how sure, and what is taken for what.

Called by ``__main__``. Pure counting over ``Parsed`` texts.
"""

from collections import Counter
from collections.abc import Callable, Sequence

from benchmarks.understanding.tables import Rows, share
from benchmarks.understanding.texts import Parsed

# Sureness from which an answer could be taken without a question.
LEVELS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def accuracy(parsed: Sequence[Parsed]) -> dict[str, str]:
    """Give the shares that are right: strict, lenient (the reader's second topic counts), within three."""
    return {
        "texts": str(len(parsed)),
        "strict": share(p.guesses[0] in p.strict for p in parsed),
        "lenient": share(p.guesses[0] in p.lenient for p in parsed),
        "in three": share(bool(set(p.guesses) & set(p.lenient)) for p in parsed),
    }


def calibration(parsed: Sequence[Parsed]) -> Rows:
    """Give for each level of sureness how many need no question, and how many of these are right."""
    rows: Rows = []
    for level in LEVELS:
        sure = [p for p in parsed if p.sureness >= level]
        right = share(p.guesses[0] in p.lenient for p in sure)
        rows.append([f"{level:.1f}", share(p.sureness >= level for p in parsed), right])
    return rows


def reliability(parsed: Sequence[Parsed]) -> Rows:
    """Give for bands of sureness the mean sureness and the share that is right: equal when calibrated."""
    rows: Rows = []
    for low, high in zip((0.0, *LEVELS), (*LEVELS, 1.01), strict=True):
        band = [p for p in parsed if low <= p.sureness < high]
        if band:
            mean = sum(p.sureness for p in band) / len(band)
            right = share(p.guesses[0] in p.lenient for p in band)
            rows.append([f"{low:.1f} to {min(high, 1):.1f}", str(len(band)), f"{mean:.3f}", right])
    return rows


def by_label(pairs: Sequence[tuple[str, str]]) -> Rows:
    """Give count, precision, recall and F1 of each label from (truth, guess)."""
    truths, guesses = Counter(t for t, _ in pairs), Counter(g for _, g in pairs)
    right = Counter(t for t, g in pairs if t == g)
    rows: Rows = []
    for label, count in sorted(truths.items()):
        precision, recall = right[label] / max(guesses[label], 1), right[label] / count
        f1 = 2 * precision * recall / (precision + recall) if right[label] else 0.0
        rows.append([label, str(count), f"{precision:.3f}", f"{recall:.3f}", f"{f1:.3f}"])
    return rows


def pairs_of(parsed: Sequence[Parsed]) -> list[tuple[str, str]]:
    """Give (truth, guess) per text; a guess that is one of several right codes is the truth."""
    return [(p.guesses[0] if p.guesses[0] in p.strict else p.strict[0], p.guesses[0]) for p in parsed]


def by_group(parsed: Sequence[Parsed], group_of: Callable[[Parsed], str]) -> Rows:
    """Give the accuracy of each group of texts."""
    groups = sorted({group_of(p) for p in parsed})
    return [[group, *accuracy([p for p in parsed if group_of(p) == group]).values()] for group in groups]
