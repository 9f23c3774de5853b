"""What words mean where they can be about a draft as well as about a filed report.

In an intake they are about the draft, unless a number is said. Outside one, "tarik laporan saya", "mau tambah foto" or
"sudah" are about a filed report, if one fits. Called by ``actions.validate_complaint_form``, ``actions.reply`` and
``actions.check_status``.
"""

from collections.abc import Mapping
from dataclasses import replace

from actions.reference import says_one_of
from actions.turn import Turn

# Understood as a wish about a filed report, but no number was said and a draft is open.
IN_AN_INTAKE: Mapping[str, str] = {
    "add_detail": "change_answer",
    "answer_question": "nlu_fallback",
    "confirm_done": "affirm",
    "rate": "nlu_fallback",
    "still_open": "deny",
    "withdraw": "cancel",
}
# Intents that may be about a filed report outside an intake: the wish, and words of which one must be said.
OUTSIDE: Mapping[str, tuple[str, str]] = {
    "cancel": ("withdraw", "report_words"),
    "change_answer": ("add_detail", "adding"),
    "affirm": ("confirm_done", "done"),
    "goodbye": ("confirm_done", "done"),
    "thank": ("confirm_done", "surely_done"),
    "deny": ("still_open", "not_done"),
    "skip": ("add_detail", "adding"),
}
# What may be wished of a report whose number is said, by words that ask for more than its status.
OF_A_NUMBER: Mapping[str, str] = {"add_detail": "adding", "withdraw": "withdrawal"}
# "Sudah" or "udah kak" says that it is done; "udah ya, gue cabut" does not.
FEW = 3


def meant_in_an_intake(turn: Turn) -> Turn:
    """Return the turn as it is meant while a draft is open."""
    if not turn.typed or turn.report_number or turn.intent not in IN_AN_INTAKE:
        return turn
    return replace(turn, intent=IN_AN_INTAKE[turn.intent])


def meant_outside(turn: Turn) -> Turn | None:
    """Return the wish about a filed report that a turn outside an intake can be, None if it can be none."""
    wish, words = OUTSIDE.get(turn.intent, ("", ""))
    if not wish or not turn.typed or not says_one_of(turn.text, words):
        return None
    is_sure = words != "done" or turn.words <= FEW or says_one_of(turn.text, "surely_done")
    return replace(turn, intent=wish) if is_sure else None


def meant_of_a_number(turn: Turn) -> Turn | None:
    """Return what is wished of the report whose number is said, None when only its status is asked for."""
    if not turn.typed or not turn.report_number:
        return None
    wishes = (wish for wish, words in OF_A_NUMBER.items() if says_one_of(turn.text, words))
    wish = next(wishes, None)
    return replace(turn, intent=wish) if wish else None
