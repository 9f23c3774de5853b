"""The message after a question about a filed report: mostly the answer, whatever it sounds like.

Called by ``actions.validate_follow_up_form``. "Batal" leaves, danger and new problems go to an intake, short questions
are answered first; everything else is taken as it was said.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from actions import responses
from actions.follow_up import acts
from actions.follow_up.begin import BEGINNINGS, begin, carried_out
from actions.follow_up.outcome import FREE_WORDS, Ask, Outcome, Pending, told
from actions.intake.danger import is_sure
from actions.intake.decide import DIGRESSIONS, REMARKS
from actions.reference import areas, says_one_of, vocabulary, words_of
from actions.turn import Turn

# A question or a wish to leave is short; a longer text that sounds like one is an answer.
SHORT = 5
QUESTIONS = DIGRESSIONS - frozenset(BEGINNINGS)
NO = frozenset({"deny", "skip", "cancel"})
_RATING = re.compile(r"(?<!\d)[1-5](?!\d)")


def hear(pending: Pending, turn: Turn, reporter: str) -> Outcome | None:
    """Return what a message leads to; None when it is a question that a rule answers."""
    if is_sure(turn):
        return Outcome(pending=pending, goes_to_intake=True)
    if turn.intent in BEGINNINGS and (not turn.typed or pending.ask not in FREE_WORDS):
        return begin(turn, reporter)
    if turn.intent == "draft_expired":
        return Outcome()
    if _goes_elsewhere(pending, turn):
        return Outcome(goes_to_intake=True)
    if pending.ask is not Ask.WITHDRAWAL and turn.intent == "cancel" and turn.words <= SHORT:
        return told(responses.FOLLOW_UP_LEFT)
    if _is_digression(pending, turn):
        return None
    return carried_out(lambda: ANSWERS[pending.ask](pending, turn, reporter), pending)


def _goes_elsewhere(pending: Pending, turn: Turn) -> bool:
    """Tell whether a message is about another problem; to a question for words every problem is the answer."""
    if turn.intent != "file_complaint":
        return False
    return not turn.typed or (turn.has_problem and pending.ask not in FREE_WORDS)


def _is_digression(pending: Pending, turn: Turn) -> bool:
    is_question = turn.intent in QUESTIONS and (turn.words <= SHORT or turn.text.endswith("?"))
    is_remark = turn.intent in REMARKS - {"out_of_scope"} and turn.words <= SHORT
    return is_question or (is_remark and pending.ask in (*FREE_WORDS, Ask.WITHDRAWAL))


def _rating(pending: Pending, turn: Turn, reporter: str) -> Outcome:
    if (rating := rating_in(turn.text)) is not None:
        return acts.rate(pending.report_number, rating, reporter)
    if not turn.typed or turn.intent in (*NO, *REMARKS, "affirm"):
        return _enough(turn)
    return acts.comment(pending.report_number, turn.text, reporter)


def _comment(pending: Pending, turn: Turn, reporter: str) -> Outcome:
    if turn.typed and not (turn.intent in NO and turn.words <= SHORT):
        return acts.comment(pending.report_number, turn.text, reporter)
    return told(responses.COMMENT_IN_WORDS, pending) if turn.photos else _enough(turn)


def _enough(turn: Turn) -> Outcome:
    return told(responses.THANK if turn.intent == "thank" else responses.FOLLOW_UP_ENOUGH)


def _still_open(pending: Pending, turn: Turn, reporter: str) -> Outcome:
    photos = (*pending.photos, *turn.photos)
    words = words_said(turn)
    if not words:
        return Outcome(pending=replace(pending, photos=photos))
    return acts.still_open(pending.report_number, words, photos, reporter)


def _answer(pending: Pending, turn: Turn, reporter: str) -> Outcome:
    words = words_said(turn)
    if not words and not turn.photos:
        return Outcome(pending=pending)
    return acts.answer_question(pending, words, turn.photos, reporter)


def _detail(pending: Pending, turn: Turn, reporter: str) -> Outcome:
    words = words_said(turn)
    if not words and not turn.photos:
        return Outcome(pending=pending)
    return acts.add_detail(pending.report_number, words, turn.photos, reporter)


def _withdrawal(pending: Pending, turn: Turn, reporter: str) -> Outcome:
    refuses = says_one_of(turn.text, "refusing")
    if turn.intent == "affirm" or (says_one_of(turn.text, "withdrawing") and not refuses):
        return acts.withdraw(pending.report_number, reporter)
    if turn.intent in NO or refuses:
        return told(responses.FOLLOW_UP_LEFT)
    return told(responses.NOT_UNDERSTOOD, pending)


def rating_in(text: str) -> int | None:
    """Read a rating from 1 to 5 out of a short answer: "5", "bintang 4", "empat"."""
    words = words_of(text)
    if len(words) > SHORT:
        return None
    if match := _RATING.search(text):
        return int(match[0])
    numbers: Mapping[str, int] = vocabulary("answer_words")["ratings"]
    return next((numbers[word] for word in words if word in numbers), None)


def words_said(turn: Turn) -> str:
    """Return what a message says in words; a shared point is its coordinates."""
    if turn.position:
        return f"{turn.position.lat:.5f}, {turn.position.lon:.5f}"
    area = areas().find(turn.kelurahan_code) if turn.kelurahan_code else None
    if area is not None:
        return area.name
    return turn.text if turn.typed else ""


ANSWERS: Mapping[Ask, Callable[[Pending, Turn, str], Outcome]] = {
    Ask.RATING: _rating,
    Ask.COMMENT: _comment,
    Ask.STILL_OPEN: _still_open,
    Ask.ANSWER: _answer,
    Ask.DETAIL: _detail,
    Ask.WITHDRAWAL: _withdrawal,
}
