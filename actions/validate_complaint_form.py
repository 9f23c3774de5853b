"""The form's one validator: it decides about each turn of an intake.

Called by Rasa's form at its start, after each message, and after a digression. Reads turn and draft, lets
``actions.intake`` decide, says what was decided and sets the slots. Without a slot the form rejects, which
hands the turn to the rules of data/rules/digressions.yml.
"""

import uuid
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import responses, slots
from actions.base import (
    AduanAction,
    Domain,
    buttons_before_this_turn,
    came_back,
    events_of_this_turn,
    message_before_this_turn,
    responses_before_this_turn,
)
from actions.check_status import has_reports
from actions.draft import Draft, Question, empty_draft, read_draft, slot_values
from actions.follow_up.meant import meant_in_an_intake
from actions.intake.decide import begin, decide
from actions.intake.decision import Decision, Geography, Moment
from actions.reference import areas
from actions.store import complaints
from actions.take_follow_up import take_up
from actions.turn import Turn, read_turn, retold

FORM = "complaint_form"


class ValidateComplaintForm(AduanAction):
    """Decides what a message means for the draft and what is asked next."""

    def name(self) -> str:
        """Return the name Rasa derives from the form's."""
        return f"validate_{FORM}"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        """Return the changed slots; none for a digression."""
        standing = tracker.get_slot(slots.REQUESTED_SLOT)
        if standing and came_back(tracker, FORM):
            return [SlotSet(slots.REQUESTED_SLOT, standing)]
        if standing is None and (photos := _photos_for_a_filed_report(tracker)):
            return [*take_up(photos, dispatcher, tracker, domain), SlotSet(slots.REQUESTED_SLOT, None)]
        before = read_draft(tracker.slots)
        decision = self._decide(tracker, before, standing)
        if decision is None:
            return []
        for say in decision.says:
            dispatcher.utter_message(response=say.response, **say.values)
        return _events(before, decision)

    def after_failure(self, tracker: Tracker) -> list[EventType]:
        """Keep the draft and ask the same; without a slot the form would reject and lose the apology."""
        standing = tracker.get_slot(slots.REQUESTED_SLOT) or Question.DESCRIPTION.value
        misunderstood = tracker.get_slot(slots.MISUNDERSTOOD)
        return [SlotSet(slots.MISUNDERSTOOD, misunderstood), SlotSet(slots.REQUESTED_SLOT, standing)]

    def _decide(self, tracker: Tracker, before: Draft, standing: str | None) -> Decision | None:
        turn = read_turn(tracker.latest_message, buttons_before_this_turn(tracker))
        geography = Geography(areas(), _kelurahan_around)
        if standing is None or _has_just_started(tracker):
            turn = _taken_up(turn, tracker)
            filed_before = turn.reports_again and has_reports(tracker.sender_id)
            fresh = Moment(empty_draft(before), Question.DESCRIPTION, turn, geography)
            return begin(replace(fresh, may_mean_an_earlier_report=filed_before))
        turn = meant_in_an_intake(turn)
        mentioned = responses.DANGER_MAYBE in responses_before_this_turn(tracker)
        return decide(Moment(before, Question(standing), turn, geography, mentioned))


def _photos_for_a_filed_report(tracker: Tracker) -> Turn | None:
    """Return the wish to add photos whose caption names a filed report."""
    turn = read_turn(tracker.latest_message)
    return replace(turn, intent="add_detail") if turn.photos and turn.report_number else None


def _taken_up(turn: Turn, tracker: Tracker) -> Turn:
    """Return what the citizen said before tapping "buat laporan baru", else the turn itself."""
    return retold(read_turn(message_before_this_turn(tracker))) if turn.again else turn


def _events(before: Draft, decision: Decision) -> list[EventType]:
    after = decision.draft
    if decision.question and not after.draft_id:
        after = replace(after, draft_id=str(uuid.uuid4()))
    changed = _changed(slot_values(before), slot_values(after))
    changed.setdefault(slots.MISUNDERSTOOD, after.misunderstood)
    asked = decision.question.value if decision.question else None
    return [SlotSet(name, value) for name, value in changed.items()] + [SlotSet(slots.REQUESTED_SLOT, asked)]


def _changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in after.items() if value != before[name]}


def _has_just_started(tracker: Tracker) -> bool:
    return any(
        event.get("event") == "active_loop" and event.get("name") == FORM
        for event in events_of_this_turn(tracker)
    )


def _kelurahan_around(lat: float, lon: float) -> tuple[str, ...]:
    return tuple(kelurahan.code for kelurahan in complaints().locate(lat, lon))
