"""Danger: 112 first, at once, whatever was going on; then the offer to file as well."""

from dataclasses import replace

from actions import responses
from actions.draft import Question
from actions.intake.besides import ABOUT_PLACE, with_the_rest
from actions.intake.decision import Decision, Moment, Say
from actions.intake.describe import describe, sure_category
from actions.turn import Turn

# Categories under which somebody may be speaking of themselves: they get a word for a dark hour as well.
PERSONAL = ("kesehatan", "lainnya")


def is_sure(turn: Turn) -> bool:
    """Tell whether somebody is in danger."""
    return turn.danger == "sure" or (turn.intent == "report_danger" and turn.danger != "maybe")


def call_112(moment: Moment) -> Decision | None:
    """Say 112, keep what was told, and ask whether to file it too."""
    if not is_sure(moment.turn):
        return None
    draft, _ = with_the_rest(moment.draft, moment, place_is_read=False)
    if draft.description is None and moment.turn.words:
        draft = describe(draft, moment.turn)
    outward = sure_category(moment.turn.categories) not in (None, *PERSONAL)
    said = responses.DANGER if outward else responses.DANGER_OR_DESPAIR
    return Decision(replace(draft, misunderstood=0), Question.DANGER, (Say(said),))


def hear_that_all_is_well(moment: Moment) -> Decision | None:
    """Take "nobody is hurt", or a mere "no" to what was said of 112, and ask again what was asked."""
    turn = moment.turn
    rejects_a_guess = moment.draft.place is not None and bool(moment.draft.place.candidates)
    says_no = moment.danger_mentioned and turn.intent == "deny" and moment.question in ABOUT_PLACE
    says_no = says_no and not rejects_a_guess
    if not (turn.denies_danger or says_no):
        return None
    return Decision(moment.draft, moment.question, (Say(responses.NOTED_NO_DANGER),))


def confirm_danger(moment: Moment) -> Decision | None:
    """Take a "yes" that answers nothing but what was said of 112."""
    if not moment.danger_mentioned or moment.turn.intent != "affirm":
        return None
    return Decision(moment.draft, Question.DANGER, (Say(responses.DANGER),))


def mention_112(moment: Moment, decision: Decision) -> Decision:
    """Put a word about 112 in front when danger is possible but not sure."""
    is_possible = moment.turn.danger == "maybe"
    return decision.saying_first(Say(responses.DANGER_MAYBE)) if is_possible else decision
