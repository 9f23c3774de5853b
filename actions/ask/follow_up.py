"""Asks again what waits for an answer about a filed report. Called by the form after a question in between."""

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import slots
from actions.base import AduanAction, Domain
from actions.follow_up.outcome import read_pending
from actions.follow_up.questions import question
from actions.take_follow_up import FORM, say


class AskFollowUp(AduanAction):
    """Asks the one question that stands."""

    def name(self) -> str:
        """Return the name by which the form finds the action."""
        return f"action_ask_{FORM}_{slots.FOLLOW_UP}"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        """Ask."""
        if pending := read_pending(tracker.get_slot(slots.FOLLOW_UP)):
            say([question(pending)], dispatcher)
        return []
