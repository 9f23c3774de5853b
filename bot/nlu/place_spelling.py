"""Misspelt names of kelurahan: long names that differ from an official one by one letter in one word.

Called by ``gazetteer`` for words in which no name was found. Only names that can mean one thing are guessed:
the misspelt word is long, starts with the right letter, and is no ordinary word; other words are right.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

SHORTEST_NAME, SHORTEST_WORD = 8, 5


class NearNames:
    """Finds the one name that a misspelt one must be."""

    def __init__(self, names: Iterable[str], ordinary: Iterable[str]) -> None:
        """Take the right names, and words that are never a misspelt name."""
        self._names: dict[str, set[str]] = defaultdict(set)
        self._ordinary = frozenset(ordinary)
        long_names = [name for name in names if len(name) >= SHORTEST_NAME]
        self._parts = frozenset(part for name in long_names for part in name.split())
        for name in long_names:
            for key in _keys(name):
                self._names[key].add(name)

    def right(self, words: Sequence[str]) -> str | None:
        """Give the right spelling of ``words``, None when they are no misspelt name or could be two."""
        odd = [word for word in words if word not in self._parts]
        if len(odd) != 1 or len(odd[0]) < SHORTEST_WORD or odd[0] in self._ordinary:
            return None
        typed = " ".join(words)
        near = {name for key in _keys(typed) for name in self._names.get(key, ()) if _is_near(typed, name)}
        return near.pop() if len(near) == 1 else None


def _keys(name: str) -> Iterator[str]:
    """Yield a name, and the name with each letter left out."""
    yield name
    for i, letter in enumerate(name):
        if letter != " ":
            yield name[:i] + name[i + 1 :]


def _is_near(typed: str, name: str) -> bool:
    """Tell whether one letter is left out, put in, changed or swapped with its neighbour, not a word's first."""
    if typed.count(" ") != name.count(" "):
        return False
    same = 0
    while same < min(len(typed), len(name)) and typed[same] == name[same]:
        same += 1
    if same == 0 or typed[same - 1] == " ":
        return False
    ends = {
        (typed[same + 1 :], name[same:]),
        (typed[same:], name[same + 1 :]),
        (typed[same + 1 :], name[same + 1 :]),
    }
    swapped = typed[same : same + 2] == name[same : same + 2][::-1] and typed[same + 2 :] == name[same + 2 :]
    return swapped or any(left == right for left, right in ends)
