"""The common way of every action: it reads, says, returns events, and never raises.

An exception that reaches Rasa logs the whole conversation and leaves the citizen without an answer.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import responses

logger = logging.getLogger(__name__)

Domain = Mapping[str, Any]


class AduanAction(Action, ABC):
    """An action that answers honestly when something breaks. Subclasses give ``name`` and ``act``."""

    @abstractmethod
    def name(self) -> str:
        """Return the name by which ``domain.yml`` knows the action."""

    @abstractmethod
    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        """Do the work and return the events; whatever is raised here is caught by ``run``."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> list[EventType]:
        """Run ``act``. A failure is logged by its class alone: the message could hold a citizen's words."""
        try:
            return self.act(dispatcher, tracker, domain)
        except Exception as error:
            logger.error("%s failed: %s", self.name(), type(error).__name__)
            dispatcher.messages.clear()
            dispatcher.utter_message(response=responses.TROUBLE)
            return self.after_failure(tracker)

    def after_failure(self, tracker: Tracker) -> list[EventType]:
        """Return what must be kept after a failure; nothing unless a subclass says otherwise."""
        return []


def label(domain: Domain, name: str) -> str:
    """Return the text of a response that is only a word or two of another message or button."""
    return str(domain["responses"][name][0]["text"])


def previous_action(tracker: Tracker) -> str | None:
    """Return the action that ended the turn before this one; None in the first."""
    names = [event["name"] for event in _before_this_turn(tracker) if event.get("event") == "action"]
    spoken = [name for name in names if name not in ("action_listen", "action_session_start")]
    return spoken[-1] if spoken else None


def events_of_this_turn(tracker: Tracker) -> list[dict[str, Any]]:
    """Return what happened since the citizen's latest message."""
    return list(tracker.events[_start_of_turn(tracker) + 1 :])


def came_back(tracker: Tracker, form: str) -> bool:
    """Tell whether another action answered this turn already, so that a form has only its question left to ask."""
    return any(
        event.get("event") == "action" and event.get("name") not in (form, "action_extract_slots")
        for event in events_of_this_turn(tracker)
    )


def question_before_this_turn(tracker: Tracker) -> str | None:
    """Return what the form was asking when the citizen wrote."""
    asked = [
        event.get("value")
        for event in _before_this_turn(tracker)
        if event.get("event") == "slot" and event.get("name") == "requested_slot"
    ]
    return asked[-1] if asked else None


def message_before_this_turn(tracker: Tracker) -> dict[str, Any]:
    """Return the parse data of the citizen's message before the latest; empty when it was forgotten."""
    said = [event for event in _before_this_turn(tracker) if event.get("event") == "user"]
    return dict(said[-1].get("parse_data") or {}) if said else {}


def buttons_before_this_turn(tracker: Tracker) -> list[dict[str, str]]:
    """Return the buttons of the last message that the citizen answered."""
    said = [event for event in _before_this_turn(tracker) if event.get("event") == "bot"]
    return list((said[-1].get("data") or {}).get("buttons") or ()) if said else []


def responses_before_this_turn(tracker: Tracker) -> frozenset[str]:
    """Return the names of the responses that the citizen answers: those of the turn before."""
    before = _before_this_turn(tracker)
    turns = [index for index, event in enumerate(before) if event.get("event") == "user"]
    said = [event for event in before[turns[-1] if turns else 0 :] if event.get("event") == "bot"]
    return frozenset(str((event.get("metadata") or {}).get("utter_action")) for event in said)


def _before_this_turn(tracker: Tracker) -> list[dict[str, Any]]:
    return list(tracker.events[: max(_start_of_turn(tracker), 0)])


def _start_of_turn(tracker: Tracker) -> int:
    turns = [index for index, event in enumerate(tracker.events) if event.get("event") == "user"]
    return turns[-1] if turns else -1
