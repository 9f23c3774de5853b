"""What all answers outside the form's questions share: 112 comes first when somebody may be in danger.

Base of the actions that rules call. Danger that is sure never gets here: it starts, or is told to, the form.
"""

from abc import abstractmethod

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import responses
from actions.base import AduanAction, Domain
from actions.turn import Turn, read_turn


class Answer(AduanAction):
    """An answer to a question or a remark. Subclasses give ``name`` and ``answer``."""

    @abstractmethod
    def answer(
        self, turn: Turn, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> list[EventType]:
        """Answer the turn and return the events."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        """Mention 112 if need be, then answer."""
        turn = read_turn(tracker.latest_message)
        if turn.danger:
            dispatcher.utter_message(response=responses.DANGER_MAYBE)
        return self.answer(turn, dispatcher, tracker, domain)
