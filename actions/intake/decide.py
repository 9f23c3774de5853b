"""The decision about one turn of an intake, from the citizen's message to the next question.

Called by ``actions.validate_complaint_form``; calls the steps beside it, in the order that is read below.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from actions import responses
from actions.draft import INTERLUDES, Draft, Question
from actions.intake.add_photo import answer_photos, decline_photos
from actions.intake.besides import ABOUT_PLACE, take_besides
from actions.intake.change import answer_change, choose_what_to_change
from actions.intake.choose_privacy import answer_privacy
from actions.intake.confirm import answer_confirmation
from actions.intake.danger import call_112, confirm_danger, hear_that_all_is_well, mention_112
from actions.intake.decision import Decision, Moment, Say
from actions.intake.describe import answer_category, answer_description
from actions.intake.leave import answer_danger, answer_earlier, answer_leaving, answer_menu, leave
from actions.intake.locate import answer_area, answer_landmark, answer_place
from actions.intake.place_words import as_place
from actions.intake.questions import next_question, proceed
from actions.intake.second_complaint import answer_second, notice_second
from actions.reference import says_one_of

# Questions and remarks that have a rule of their own; the form asks again afterwards.
DIGRESSIONS = frozenset(
    {
        "check_status",
        "ask_help",
        "ask_human",
        "ask_privacy_difference",
        "ask_service_info",
        "ask_why",
        "bot_challenge",
        "add_detail",
        "answer_question",
        "confirm_done",
        "rate",
        "still_open",
        "want_news",
        "withdraw",
    }
)
# Remarks that may be wrapped around an answer: "makasih ya, di Tebet Timur".
REMARKS = frozenset({"start", "greet", "thank", "goodbye", "small_talk", "insult", "out_of_scope"})

# At a question about the conversation itself these are no answer to the question beneath it.
UNCLEAR = frozenset({"nlu_fallback", "out_of_scope"})

# Not understood so often in a row: buttons instead of the same question.
PATIENCE = 2

ANSWERS: Mapping[Question, Callable[[Moment], Decision | None]] = {
    Question.DESCRIPTION: answer_description,
    Question.CATEGORY: answer_category,
    Question.PLACE: answer_place,
    Question.AREA: answer_area,
    Question.LANDMARK: answer_landmark,
    Question.PHOTOS: answer_photos,
    Question.PRIVACY: answer_privacy,
    Question.CONFIRMATION: answer_confirmation,
    Question.CHANGE: answer_change,
    Question.LEAVING: answer_leaving,
    Question.DANGER: answer_danger,
    Question.MENU: answer_menu,
    Question.SECOND: answer_second,
    Question.EARLIER: answer_earlier,
}


def begin(moment: Moment) -> Decision:
    """Decide about the message an intake starts with: take all it gives, ask for the rest.

    A problem that was reported before may be a question about that report: then this is asked first.
    """
    decision = call_112(moment) or take_besides(moment, None) or proceed(moment.draft)
    if moment.may_mean_an_earlier_report and decision.question is not Question.DANGER:
        return mention_112(moment, Decision(decision.draft, Question.EARLIER))
    greeted = replace(decision, says=()) if decision.question is not Question.DANGER else decision
    finished = _finished(moment, greeted)
    return mention_112(moment, finished)


def decide(moment: Moment) -> Decision | None:
    """Decide about a message in an intake; None when it is a digression that a rule answers."""
    if moment.question in ABOUT_PLACE:
        moment = replace(moment, turn=as_place(moment.turn))
    decision = hear_that_all_is_well(moment) or call_112(moment)
    if decision is None and _is_digression(moment):
        return None
    decision = decision or leave(moment) or decline_photos(moment)
    decision = decision or choose_what_to_change(moment) or notice_second(moment)
    decision = decision or take_besides(moment, _answer(moment)) or confirm_danger(moment)
    understood = replace(decision, draft=replace(decision.draft, misunderstood=0)) if decision else None
    return mention_112(moment, _finished(moment, understood or _not_understood(moment)))


def _answer(moment: Moment) -> Decision | None:
    answered = ANSWERS[moment.question](moment)
    if answered is None and moment.question in INTERLUDES and moment.turn.intent not in UNCLEAR:
        beneath = replace(moment, question=next_question(moment.draft))
        return ANSWERS[beneath.question](beneath)
    return answered


def _is_digression(moment: Moment) -> bool:
    turn = moment.turn
    asks_how_to_send = turn.intent == "send_photo" and not turn.photos
    if turn.intent in DIGRESSIONS or (asks_how_to_send and moment.question is not Question.PHOTOS):
        return True
    question = next_question(moment.draft) if moment.question in INTERLUDES else moment.question
    is_answer = turn.has_problem or (turn.names_a_place and question in ABOUT_PLACE)
    return turn.intent in REMARKS and not is_answer


def _not_understood(moment: Moment) -> Decision:
    turn = moment.turn
    draft = replace(moment.draft, misunderstood=moment.draft.misunderstood + 1)
    if draft.misunderstood >= PATIENCE:
        return Decision(draft, Question.MENU)
    if moment.question is Question.PLACE and turn.intent in ("deny", "skip"):
        return Decision(draft, moment.question, (Say(responses.PLACE_NEEDED),))
    if turn.intent == "file_complaint" and moment.question is Question.DESCRIPTION:
        return Decision(draft, moment.question)
    if turn.typed and says_one_of(turn.text, "sending"):
        return Decision(draft, moment.question, (Say(responses.NOT_COMPLETE),))
    said = responses.NOT_UNDERSTOOD if turn.words or not turn.typed else responses.ONLY_EMOJI
    return Decision(draft, moment.question, (Say(said),))


def _finished(moment: Moment, decision: Decision) -> Decision:
    """Greet a problem that was just told, and answer English once with a word of English."""
    says = decision.says
    is_new = moment.draft.description is None and decision.draft.description is not None
    if is_new and decision.question not in (None, Question.DANGER):
        says = (Say(responses.NOTED_PROBLEM), *says)
    draft: Draft = decision.draft
    if moment.turn.language == "en" and not draft.english_hint_given:
        draft = replace(draft, english_hint_given=True)
        says = (*says, Say(responses.ENGLISH_HINT))
    return Decision(draft, decision.question, says)
