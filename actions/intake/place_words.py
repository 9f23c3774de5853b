"""The citizen's own words for a place: the whole answer without the talk around it.

Called by ``actions.intake.locate``.
"""

import re
from dataclasses import replace

from actions.reference import vocabulary, words_of
from actions.turn import Turn

# An answer to "where is it?" that is longer tells more than the place; then only what was recognised is kept.
LONGEST_ANSWER = 25
# Intents behind which a short answer may be a place that nobody recognised.
FREE = frozenset({"file_complaint", "nlu_fallback", "out_of_scope", "small_talk"})
SHORT_ANSWER = 6


def as_place(turn: Turn) -> Turn:
    """Read a short answer to "where is it?" as a place when it opens like one: "depan warung Bu Tini"."""
    opening = words_of(turn.text)[:1]
    opens_like_a_place = bool(set(opening) & set(vocabulary("answer_words")["place_openings"]))
    is_free = turn.typed and turn.intent in FREE
    if not (is_free and opens_like_a_place and 1 < turn.words <= SHORT_ANSWER):
        return turn
    return replace(turn, intent="give_location", has_problem=False)


def place_words(turn: Turn) -> str:
    """Return what the turn says of the place; empty when its words are about something else."""
    found = _stripped_right(turn.location.text, "particles") if turn.location else ""
    if not turn.typed or turn.has_problem or turn.privacy or turn.words > LONGEST_ANSWER:
        return found
    start = turn.text.find(found) if found else -1
    if start < 0:
        return _stripped(turn.text) or found
    return f"{_stripped_left(turn.text[:start])}{found}{_stripped_right(turn.text[start + len(found) :])}"


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
        if match[1].casefold() not in vocabulary("answer_words")["around_a_place"]:
            break
        text = text[match.end() :]
    return text if re.search(r"\w", text) else ""


def _stripped_right(text: str, group: str = "around_a_place") -> str:
    while match := re.search(r"\W*?(\w+)\W*$", text):
        if match[1].casefold() not in vocabulary("answer_words")[group]:
            break
        text = text[: match.start()]
    return text.rstrip(" .,!?;:") if re.search(r"\w", text) else ""
