"""Leaving an intake: cancel, start anew, silence for a day."""

from actions import responses
from actions.draft import Question, empty_draft
from actions.intake.decision import Decision, Moment, Say
from actions.intake.questions import proceed
from actions.reference import says_one_of

NO = frozenset({"deny", "skip"})


def leave(moment: Moment) -> Decision | None:
    """Drop the draft when the citizen wants to; ask first when something would be lost."""
    intent = moment.turn.intent
    if intent == "draft_expired":
        return _dropped(moment, responses.DRAFT_EXPIRED)
    if intent == "restart_intake":
        return Decision(empty_draft(moment.draft), Question.DESCRIPTION, (Say(responses.STARTED_ANEW),))
    if intent != "cancel" or moment.turn.answer == "photos" or _stays(moment):
        return None
    if moment.question is Question.LEAVING or not moment.draft.holds_something:
        return _dropped(moment, responses.LEFT)
    return Decision(moment.draft, Question.LEAVING)


def answer_leaving(moment: Moment) -> Decision | None:
    """Take yes or no to "really drop it?"; "lanjut", "jangan" or "kirim" stays, whatever else is said."""
    if _stays(moment):
        return proceed(moment.draft)
    if moment.turn.intent == "affirm":
        return _dropped(moment, responses.LEFT)
    return proceed(moment.draft) if moment.turn.intent in NO else None


def answer_danger(moment: Moment) -> Decision | None:
    """Take yes or no to "shall I file it as well?"."""
    if moment.turn.intent == "affirm":
        return proceed(moment.draft)
    return _dropped(moment, responses.LEFT_AFTER_DANGER) if moment.turn.intent in NO else None


def answer_earlier(moment: Moment) -> Decision | None:
    """Take "a new report" or "never mind" to "is this about a report you sent?"; asking for it is a digression."""
    if moment.turn.intent in NO:
        return _dropped(moment, responses.DENY_IDLE)
    return proceed(moment.draft) if moment.turn.intent in ("affirm", "file_complaint") else None


def answer_menu(moment: Moment) -> Decision | None:
    """Go on where the intake was."""
    return proceed(moment.draft) if moment.turn.intent in ("affirm", "file_complaint") else None


def _stays(moment: Moment) -> bool:
    typed_at_leaving = moment.question is Question.LEAVING and moment.turn.typed
    wants_on = says_one_of(moment.turn.text, "staying") or says_one_of(moment.turn.text, "sending")
    return typed_at_leaving and wants_on


def _dropped(moment: Moment, response: str) -> Decision:
    return Decision(empty_draft(moment.draft), None, (Say(response),))
