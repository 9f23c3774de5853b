"""Words misspelt by two swapped letters, and passives wrongly split ("di tebang"), against the words of the domain.

Called by ``words.Speller``. The words of the domain are ``data/reference/words.yml``, those of our training
examples and of areas, written by ``python -m bot.nlu.spelling``; other slips of the pen are left to the classifiers'
pieces of words, which see through them (measured in docs/adr/0012).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import yaml

SHORTEST = 5
FEWEST = 5
PREFIX = "di"


class Spelling:
    """Knows the words of the domain."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        """Take the content of ``words.yml``: ``known`` words, and ``passives`` that begin with "di"."""
        self._known = frozenset(words["known"])
        self._passives = frozenset(words["passives"])

    def swapped_back(self, typed: str) -> str | None:
        """Give the one known word that ``typed`` becomes when two neighbours change places; None for known words."""
        if typed in self._known or len(typed) < SHORTEST:
            return None
        pairs = range(len(typed) - 1)
        tries = {typed[:i] + typed[i + 1] + typed[i] + typed[i + 2 :] for i in pairs} & self._known
        return tries.pop() if len(tries) == 1 else None

    def rejoined(self, first: str, second: str) -> str | None:
        """Give the passive that "di" and a verb stand for, None where "di" is a preposition."""
        whole = first + second
        return whole if first == PREFIX and whole in self._passives else None


def domain_words(texts: Iterable[str]) -> dict[str, list[str]]:
    """Count the words of ``texts``; a passive counts where it is written as one word more often than as two."""
    words, pairs = Counter[str](), Counter[tuple[str, str]]()
    for text in texts:
        said = re.findall(r"[a-z]+", text.lower())
        words.update(said)
        pairs.update(zip(said, said[1:], strict=False))
    known = sorted(word for word, count in words.items() if count >= FEWEST and len(word) >= SHORTEST)
    passives = [word for word in known if _is_one_word(word, words, pairs)]
    return {"known": known, "passives": passives}


def _is_one_word(word: str, words: Mapping[str, int], pairs: Mapping[tuple[str, str], int]) -> bool:
    base = word.removeprefix(PREFIX)
    return base != word and len(base) > 3 and words[word] > 2 * pairs[PREFIX, base]


def main() -> None:
    """Write ``words.yml`` anew from the training examples."""
    from rasa.shared.nlu.training_data.loading import load_data

    from bot.nlu.reference import REFERENCE, ROOT, area_rows

    texts = (example.get("text") for example in load_data(str(ROOT / "data" / "nlu")).intent_examples)
    found = domain_words(texts)
    names = {
        word
        for row in area_rows()
        for word in re.findall(r"[a-z]+", f"{row['name']} {row['kecamatan']}".lower())
    }
    found["known"] = sorted({*found["known"], *(name for name in names if len(name) >= SHORTEST)})
    head = "# Words of our training examples and names of areas: made by `python -m bot.nlu.spelling`.\n"
    body = yaml.safe_dump(found, allow_unicode=True, default_flow_style=True, width=140)
    (REFERENCE / "words.yml").write_text(head + body, encoding="utf-8")


if __name__ == "__main__":
    main()
