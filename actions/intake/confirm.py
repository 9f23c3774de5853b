"""The last word: send, or change something."""

from dataclasses import replace

from actions.draft import CONFIRMED, Question
from actions.intake.decision import Decision, Moment
from actions.intake.questions import next_question


def answer_confirmation(moment: Moment) -> Decision | None:
    """Send what was confirmed; "tidak" asks what is wrong. Only a complete draft is ever sent."""
    if next_question(moment.draft) is not Question.CONFIRMATION:
        return None
    if moment.turn.intent == "affirm":
        return Decision(replace(moment.draft, confirmation=CONFIRMED), None)
    return Decision(moment.draft, Question.CHANGE) if moment.turn.intent == "deny" else None
