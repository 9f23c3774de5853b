"""Takes a wish about a filed report, in an intake and outside; opens the form for what needs an answer.

Called by the rules of data/rules/follow_up.yml, and by ``actions.reply`` for words that mean one. In an intake nothing
may take the citizen's next message away from the draft: what needs words waits until the draft is done.
"""

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import responses, slots
from actions.answer import Answer
from actions.base import Domain, label
from actions.follow_up.begin import begin
from actions.follow_up.outcome import FREE_WORDS, Ask, Line, Pending, read_pending, slot_value, told
from actions.follow_up.questions import BUTTON_OF, question
from actions.turn import Turn
from actions.wording import button

FORM = "follow_up_form"
INTAKE = "complaint_form"


class ActionTakeFollowUp(Answer):
    """Does what was tapped or said about a filed report, or asks for what it needs."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_take_follow_up"

    def answer(
        self, turn: Turn, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> list[EventType]:
        """Take the wish."""
        return take_up(turn, dispatcher, tracker, domain)


def take_up(
    turn: Turn, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
) -> list[EventType]:
    """Do what the turn wishes, and return the events that wait for an answer; the form asks for it."""
    in_intake = tracker.active_loop_name == INTAKE
    if in_intake and turn.intent == "want_news" and turn.typed and not turn.report_number:
        outcome = told(responses.WILL_TELL)
    else:
        outcome = begin(turn, tracker.sender_id)
    say(outcome.lines, dispatcher)
    pending = outcome.pending
    if pending is None:
        return []
    if in_intake:
        return _ask_beside_the_draft(pending, dispatcher, domain)
    waits = SlotSet(slots.FOLLOW_UP, slot_value(pending))
    return [waits, ActiveLoop(FORM), SlotSet(slots.REQUESTED_SLOT, slots.FOLLOW_UP)]


def _ask_beside_the_draft(
    pending: Pending, dispatcher: CollectingDispatcher, domain: Domain
) -> list[EventType]:
    """Ask what a button can answer; words wait until the draft is done, and a comment is not asked for."""
    if pending.ask in FREE_WORDS:
        say([_offered(responses.FOLLOW_UP_LATER, pending, domain)], dispatcher)
        return [SlotSet(slots.FOLLOW_UP, slot_value(pending))]
    if pending.ask is not Ask.COMMENT:
        say([question(pending)], dispatcher)
    return []


def remind(tracker: Tracker, dispatcher: CollectingDispatcher, domain: Domain) -> list[EventType]:
    """Offer, once, what had to wait for the draft; called at the end of an intake."""
    pending = read_pending(tracker.get_slot(slots.FOLLOW_UP))
    if pending is None:
        return []
    if pending.ask in FREE_WORDS:
        say([_offered(responses.FOLLOW_UP_WAITED, pending, domain)], dispatcher)
    return [SlotSet(slots.FOLLOW_UP, None)]


def say(lines: list[Line] | tuple[Line, ...], dispatcher: CollectingDispatcher) -> None:
    """Say lines, each with its values, buttons, and what the gateway is told."""
    for line in lines:
        dispatcher.utter_message(
            response=line.response,
            buttons=[dict(one) for one in line.buttons],
            json_message=line.custom,
            **line.values,
        )


def _offered(response: str, pending: Pending, domain: Domain) -> Line:
    title, payload = BUTTON_OF[pending.ask]
    filled = payload.format(report_number=pending.report_number, question=pending.question_id)
    offered = button(label(domain, title), filled)
    return Line(response, {"report_number": pending.report_number}, (offered,))
