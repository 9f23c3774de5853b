"""Another complaint in the middle of an intake: never silently merged, one question settles it."""

from dataclasses import replace

from actions import responses
from actions.draft import Draft, Question, read_draft, slot_values
from actions.intake.decision import Decision, Moment, Say
from actions.intake.describe import add_to_description, describe, sure_category
from actions.intake.locate import place_from
from actions.intake.questions import proceed
from actions.reference import says_one_of

# Fewer words say more about the same problem.
SENTENCE_OF_ITS_OWN = 5
LATER = frozenset({"deny", "skip"})


def notice_second(moment: Moment) -> Decision | None:
    """Ask what a whole complaint of surely another category is meant to be."""
    draft, turn = moment.draft, moment.turn
    category = sure_category(turn.categories)
    is_complaint = turn.intent == "file_complaint" and turn.has_problem and turn.words >= SENTENCE_OF_ITS_OWN
    is_another = draft.category is not None and category not in (None, draft.category)
    if moment.question is Question.DESCRIPTION or not (is_complaint and is_another):
        return None
    told = replace(describe(Draft(), turn), place=place_from(turn, moment.geography))
    return Decision(replace(draft, second_complaint=slot_values(told)), Question.SECOND)


def answer_second(moment: Moment) -> Decision | None:
    """Leave the other complaint for later, add its words, or take it instead."""
    draft, turn = moment.draft, moment.turn
    told = read_draft(draft.second_complaint or {})
    alone = replace(draft, second_complaint=None)
    says_later = turn.typed and says_one_of(turn.text, "later")
    if turn.intent in LATER or says_later:
        return proceed(alone, Say(responses.NOTED_LATER))
    if turn.intent == "affirm":
        return proceed(add_to_description(alone, told.description or ""), Say(responses.NOTED_ADDITION))
    if turn.intent != "change_answer":
        return None
    kept = replace(told, draft_id=draft.draft_id, privacy=draft.privacy)
    return proceed(replace(kept, english_hint_given=draft.english_hint_given), Say(responses.NOTED_CHANGE))
