"""Answers questions about the service by topic; "how long" is told of the citizen's own reports as well."""

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import responses
from actions.answer import Answer
from actions.base import Domain
from actions.check_status import has_reports, tell_status
from actions.faq import topic_of
from actions.tell_report import Teller
from actions.turn import Turn


class ActionTellAboutService(Answer):
    """Tells costs, duration, who handles what, and so on."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_tell_about_service"

    def answer(
        self, turn: Turn, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> list[EventType]:
        """Answer by topic, else in general."""
        topic = topic_of(turn.text)
        dispatcher.utter_message(response=responses.FAQ[topic] if topic else responses.SERVICE_INFO)
        if topic == "how_long" and has_reports(tracker.sender_id):
            tell_status(Teller(dispatcher, domain), turn, tracker.sender_id)
        return []
