"""Takes the message after a question about a filed report. Called by Rasa's form after each message.

Lets ``actions.follow_up.hear`` decide, says what was decided and keeps what is still asked. Without a slot the form
rejects, which hands the turn to the rules of data/rules/digressions.yml.
"""

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import responses, slots
from actions.base import AduanAction, Domain, buttons_before_this_turn, came_back
from actions.follow_up.hear import hear
from actions.follow_up.outcome import Outcome, read_pending, slot_value
from actions.take_follow_up import FORM, INTAKE, say
from actions.turn import read_turn


class ValidateFollowUpForm(AduanAction):
    """Decides what a message means for the question that stands."""

    def name(self) -> str:
        """Return the name Rasa derives from the form's."""
        return f"validate_{FORM}"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        """Return the changed slots; none for a digression."""
        if came_back(tracker, FORM):
            return [SlotSet(slots.REQUESTED_SLOT, slots.FOLLOW_UP)]
        pending = read_pending(tracker.get_slot(slots.FOLLOW_UP))
        turn = read_turn(tracker.latest_message, buttons_before_this_turn(tracker))
        outcome = hear(pending, turn, tracker.sender_id) if pending else Outcome()
        if outcome is None:
            return []
        if turn.danger and not outcome.goes_to_intake:
            dispatcher.utter_message(response=responses.DANGER_MAYBE)
        say(outcome.lines, dispatcher)
        return _events(outcome)

    def after_failure(self, tracker: Tracker) -> list[EventType]:
        """Ask the same again: without a slot the form would reject and lose the apology."""
        return [SlotSet(slots.REQUESTED_SLOT, slots.FOLLOW_UP)]


def _events(outcome: Outcome) -> list[EventType]:
    stands = outcome.pending is not None and not outcome.goes_to_intake
    asked = slots.FOLLOW_UP if stands else None
    events = [SlotSet(slots.FOLLOW_UP, slot_value(outcome.pending)), SlotSet(slots.REQUESTED_SLOT, asked)]
    return [*events, FollowupAction(INTAKE)] if outcome.goes_to_intake else events
