"""Tells "nobody is hurt" from everything else, which stays what the danger detector made of it.

Called by ``actions.turn``. Every word of the message must belong to the small vocabulary of
``data/reference/answer_words.yml``: one word more may be the one that matters.
"""

import re
from collections.abc import Mapping, Sequence

from actions.reference import vocabulary, words_of


def denies_danger(text: str) -> bool:
    """Tell whether ``text`` says no more than that nobody is in danger: "aman kok, ga ada yang luka"."""
    kinds = vocabulary("answer_words")["no_danger"]
    clauses = [
        [word for word in words_of(clause) if word not in kinds["around"]]
        for clause in re.split(r"[^\w\s]+", text)
    ]
    said = [clause for clause in clauses if clause]
    return bool(said) and all(_is_assurance(clause, kinds) for clause in said)


def _is_assurance(clause: Sequence[str], kinds: Mapping[str, Sequence[str]]) -> bool:
    """Tell "safe", or "no (there is) people, harmed in one way"; of two harms only one may be denied."""
    rest = [word for word in clause if word not in kinds["safe"]]
    if not rest:
        return True
    no, *denied = rest
    harmed = [word for word in denied if word in kinds["harm"]]
    named = [word for word in denied if word in kinds["people"]]
    known = len(harmed) + len(named) + sum(word in kinds["there_is"] for word in denied)
    is_denied = no in kinds["negation"] and known == len(denied) and bool(named or harmed)
    return is_denied and len(harmed) <= 1 and len(rest) == len(clause)
