"""Greets: who Aduan is at the first contact, a short word afterwards."""

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import responses, slots
from actions.base import AduanAction, Domain
from actions.turn import read_turn


class ActionGreet(AduanAction):
    """Introduces Aduan once, with what happens to the data; an intake is never held up by it."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_greet"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        """Greet and remember that the introduction was given."""
        events: list[EventType] = []
        if tracker.active_loop_name:
            dispatcher.utter_message(response=responses.GREET_IN_INTAKE)
        elif tracker.get_slot(slots.NOTICE_GIVEN):
            dispatcher.utter_message(response=responses.GREET_AGAIN)
        else:
            dispatcher.utter_message(response=responses.WELCOME)
            events.append(SlotSet(slots.NOTICE_GIVEN, True))
        if read_turn(tracker.latest_message).language == "en" and not tracker.get_slot(
            slots.ENGLISH_HINT_GIVEN
        ):
            dispatcher.utter_message(response=responses.ENGLISH_HINT)
            events.append(SlotSet(slots.ENGLISH_HINT_GIVEN, True))
        return events
