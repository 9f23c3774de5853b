"""Greets: who Aduan is at the first contact, a short word afterwards."""

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import responses, slots
from actions.answer import Answer
from actions.base import Domain
from actions.turn import Turn


class ActionGreet(Answer):
    """Introduces Aduan once, with what happens to the data; an intake is never held up by it."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_greet"

    def answer(
        self, turn: Turn, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> list[EventType]:
        """Greet and remember that the introduction was given."""
        events: list[EventType] = []
        if tracker.active_loop_name:
            dispatcher.utter_message(response=responses.GREET_IN_INTAKE)
        elif tracker.get_slot(slots.NOTICE_GIVEN):
            dispatcher.utter_message(response=responses.GREET_AGAIN)
        else:
            dispatcher.utter_message(response=responses.WELCOME)
            events.append(SlotSet(slots.NOTICE_GIVEN, True))
        if turn.language == "en" and not tracker.get_slot(slots.ENGLISH_HINT_GIVEN):
            dispatcher.utter_message(response=responses.ENGLISH_HINT)
            events.append(SlotSet(slots.ENGLISH_HINT_GIVEN, True))
        return events
