"""Explains why something is asked: what the citizen names, else what was asked just now."""

from collections.abc import Mapping

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import responses, slots
from actions.answer import Answer
from actions.base import Domain
from actions.turn import Turn

REASON_FOR: Mapping[str, str] = {
    "description": responses.WHY_DESCRIPTION,
    "category": responses.WHY_CATEGORY,
    "place": responses.WHY_PLACE,
    "area": responses.WHY_PLACE,
    "landmark": responses.WHY_PLACE,
    "photos": responses.WHY_PHOTOS,
    "privacy": responses.WHY_PRIVACY,
}


class ActionExplainWhy(Answer):
    """Gives the reason for a question of the intake."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_explain_why"

    def answer(
        self, turn: Turn, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> list[EventType]:
        """Say why; a general answer when nothing is being asked."""
        named = turn.answer
        asked = tracker.get_slot(slots.REQUESTED_SLOT) if tracker.active_loop_name else None
        reason = REASON_FOR.get(named or asked or "", responses.WHY_ANY)
        dispatcher.utter_message(response=reason)
        return []
