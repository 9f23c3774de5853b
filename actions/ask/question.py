"""What all questions of the form share: the wording depends on the draft and on whether it was just asked.

Called by Rasa's form, which looks for ``action_ask_complaint_form_<question>``.
"""

from abc import abstractmethod
from dataclasses import dataclass, field
from typing import Any, ClassVar

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import responses, slots
from actions.base import AduanAction, Domain, events_of_this_turn, question_before_this_turn
from actions.draft import Draft, Question, read_draft

# Slots that change without the draft changing.
BESIDES_THE_DRAFT = frozenset(
    {slots.REQUESTED_SLOT, slots.MISUNDERSTOOD, slots.CONFIRMATION, slots.ENGLISH_HINT_GIVEN}
)


@dataclass(frozen=True)
class Wording:
    """A response with its values and with the buttons that only the draft knows."""

    response: str
    values: dict[str, Any] = field(default_factory=dict)
    buttons: tuple[dict[str, str], ...] = ()


class AskQuestion(AduanAction):
    """Asks one question; a citizen's first answer from us ends with a line about the data."""

    question: ClassVar[Question]

    def name(self) -> str:
        """Return the name by which the form finds the action."""
        return f"action_ask_complaint_form_{self.question.value}"

    @abstractmethod
    def wording(self, draft: Draft, domain: Domain, *, again: bool) -> Wording:
        """Return how to ask; ``again`` when this question stood already and nothing has changed."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        """Ask, and tell once what happens with the data."""
        again = question_before_this_turn(tracker) == self.question.value and not _has_changed(tracker)
        asked = self.wording(read_draft(tracker.slots), domain, again=again)
        dispatcher.utter_message(
            response=asked.response, buttons=[dict(button) for button in asked.buttons], **asked.values
        )
        if tracker.get_slot(slots.NOTICE_GIVEN):
            return []
        dispatcher.utter_message(response=responses.DATA_NOTICE)
        return [SlotSet(slots.NOTICE_GIVEN, True)]


def _has_changed(tracker: Tracker) -> bool:
    return any(
        event.get("event") == "slot" and event.get("name") not in BESIDES_THE_DRAFT
        for event in events_of_this_turn(tracker)
    )
