"""The citizen's own words for a place: the whole answer without the talk around it.

Called by ``actions.intake.locate``.
"""

import re

from actions.reference import vocabulary
from actions.turn import Turn

# An answer to "where is it?" that is longer tells more than the place; then only what was recognised is kept.
LONGEST_ANSWER = 25


def place_words(turn: Turn) -> str:
    """Return what the turn says of the place; empty when its words are about something else."""
    found = turn.location.text if turn.location else ""
    if not turn.typed or turn.has_problem or turn.privacy or turn.words > LONGEST_ANSWER:
        return found
    start = turn.text.find(found) if found else -1
    if start < 0:
        return _stripped(turn.text) or found
    end = start + len(found)
    return f"{_stripped_left(turn.text[:start])}{found}{_stripped_right(turn.text[end:])}"


def joined(first: str, second: str) -> str:
    """Put two descriptions of a place together, saying nothing twice."""
    if not first or not second:
        return first or second
    if second.casefold() in first.casefold():
        return first
    if first.casefold() in second.casefold():
        return second
    return f"{first}, {second}"


def _stripped(text: str) -> str:
    return _stripped_right(_stripped_left(text))


def _stripped_left(text: str) -> str:
    while match := re.match(r"\W*(\w+)\W*", text):
        if not _is_talk(match[1]):
            break
        text = text[match.end() :]
    return text if re.search(r"\w", text) else ""


def _stripped_right(text: str) -> str:
    while match := re.search(r"\W*?(\w+)\W*$", text):
        if not _is_talk(match[1]):
            break
        text = text[: match.start()]
    return text.rstrip(" .,!?;:") if re.search(r"\w", text) else ""


def _is_talk(word: str) -> bool:
    return word.casefold() in vocabulary("answer_words")["around_a_place"]
