"""Answers what was not understood or is not our job; a menu when that happens twice in a row."""

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import responses
from actions.answer import Answer
from actions.base import Domain, previous_action
from actions.check_status import tell_status
from actions.faq import topic_of
from actions.tell_report import Teller
from actions.turn import Turn

# A short question that nobody understood may still name a topic of the service: "bayar ga?".
SHORT_QUESTION = 6


class ActionFallback(Answer):
    """Says honestly that it did not understand, and how to go on."""

    def name(self) -> str:
        """Return the name that config.yml gives as the core fallback as well."""
        return "action_fallback"

    def answer(
        self, turn: Turn, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> list[EventType]:
        """Answer; a report number alone is a question about that report."""
        if turn.report_number:
            tell_status(Teller(dispatcher, domain), turn, tracker.sender_id)
            return []
        dispatcher.utter_message(response=_reply(turn, twice=previous_action(tracker) == self.name()))
        return []


def _reply(turn: Turn, *, twice: bool) -> str:
    topic = topic_of(turn.text) if turn.words <= SHORT_QUESTION and turn.text.endswith("?") else None
    if topic:
        return responses.FAQ[topic]
    if twice:
        return responses.MENU
    if turn.intent == "out_of_scope":
        return responses.OUT_OF_SCOPE
    return responses.FALLBACK if turn.words or not turn.typed else responses.ONLY_EMOJI
