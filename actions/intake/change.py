"""Changing an answer: by button or by naming it ("ganti lokasinya")."""

from collections.abc import Mapping

from actions.draft import Question
from actions.intake.decision import Decision, Moment
from actions.intake.describe import corrected_category
from actions.intake.questions import proceed

QUESTION_OF: Mapping[str, Question] = {
    "description": Question.DESCRIPTION,
    "category": Question.CATEGORY,
    "place": Question.PLACE,
    "photos": Question.PHOTOS,
    "privacy": Question.PRIVACY,
}


def choose_what_to_change(moment: Moment) -> Decision | None:
    """Ask the answer anew that the citizen wants to change; ask which when it is not named."""
    is_wish = moment.turn.intent == "change_answer" and moment.question is not Question.SECOND
    if not is_wish or says_the_right_one(moment):
        return None
    if not moment.draft.holds_something:
        return proceed(moment.draft)
    return _ask_named(moment) or Decision(moment.draft, Question.CHANGE)


def answer_change(moment: Moment) -> Decision | None:
    """Take the name of an answer after "what is to be changed?"; "tidak jadi" goes back to the summary."""
    if says_the_right_one(moment):
        return None
    only_names_it = moment.turn.answer is not None and moment.turn.words <= 1
    if moment.turn.intent in ("deny", "skip") and not only_names_it:
        return proceed(moment.draft)
    return _ask_named(moment) or (
        Decision(moment.draft, Question.CHANGE) if moment.turn.intent == "affirm" else None
    )


def says_the_right_one(moment: Moment) -> bool:
    """Tell whether the turn holds a new answer, not only the wish for one."""
    turn = moment.turn
    category = turn.category or corrected_category(turn, moment.draft.category)
    return bool(turn.names_a_place or turn.privacy or category or turn.photos or turn.has_problem)


def _ask_named(moment: Moment) -> Decision | None:
    question = QUESTION_OF.get(moment.turn.answer or "")
    return Decision(moment.draft, question) if question else None
