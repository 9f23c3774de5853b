"""Ends an intake: files what was confirmed and says the number, or clears what was dropped.

Called by the rule at the end of the form. The number comes from the receipt and from nowhere else.
"""

import logging

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import responses, slots
from actions.base import AduanAction, Domain
from actions.draft import CONFIRMED, Draft, Place, Question, empty_draft, read_draft, slot_values
from actions.intake.questions import next_question
from actions.reference import category_labels, unit_names
from actions.store import complaints
from actions.take_follow_up import remind
from actions.validate_complaint_form import FORM
from actions.wording import place_in_words
from crm.domain.complaint import ComplaintDraft, Location, Receipt
from crm.domain.dates import day_in_words, moment_in_words
from crm.domain.errors import DraftIncomplete, StoreUnavailable
from crm.domain.privacy import Privacy

logger = logging.getLogger(__name__)

FILED = {
    Privacy.PUBLIK: responses.FILED_PUBLIK,
    Privacy.PRIVAT: responses.FILED_PRIVAT,
    Privacy.ANONIM: responses.FILED_ANONIM,
}
# What an anonymous receipt asks of the gateway: forget the conversation, keep the code out of every history.
LEAVE_NO_TRACE = {"forget": "conversation", "secret": True}


class ActionEndIntake(AduanAction):
    """Files a confirmed draft; until the store has answered the draft stays and can be sent again."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_end_intake"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        """File and give the receipt, or forget the draft, or keep it for another try."""
        draft = read_draft(tracker.slots)
        if draft.confirmation != CONFIRMED:
            return [*_forget(draft), *remind(tracker, dispatcher, domain)]
        try:
            channel = tracker.get_latest_input_channel() or "web"
            receipt = complaints().file_complaint(_to_file(draft, tracker.sender_id, channel))
        except StoreUnavailable:
            logger.warning("%s: the store does not answer, the draft is kept", self.name())
            dispatcher.utter_message(response=responses.NOT_FILED)
            return _ask_again(Question.CONFIRMATION)
        except DraftIncomplete:
            logger.error("%s: a confirmed draft was incomplete", self.name())
            dispatcher.utter_message(response=responses.NOT_COMPLETE)
            return _ask_again(next_question(draft))
        _give(dispatcher, receipt, draft, domain)
        if receipt.privacy is Privacy.ANONIM:
            return _forget(draft)
        return [*_forget(draft), *remind(tracker, dispatcher, domain)]

    def after_failure(self, tracker: Tracker) -> list[EventType]:
        """Keep the draft: whether it was filed is unknown, and filing it again gives the same number."""
        return _ask_again(Question.CONFIRMATION)


def _to_file(draft: Draft, sender_id: str, channel: str) -> ComplaintDraft:
    place = draft.place or Place()
    privacy = Privacy(draft.privacy or "")
    return ComplaintDraft(
        draft_id=draft.draft_id,
        description=draft.description or "",
        category_code=draft.category or "",
        predicted_category=draft.predicted_category,
        location=Location(text=place.text, kelurahan_code=place.kelurahan_code, lat=place.lat, lon=place.lon),
        photos=draft.photos or (),
        channel=channel,
        privacy=privacy,
        reporter=None if privacy is Privacy.ANONIM else sender_id,
    )


def _give(dispatcher: CollectingDispatcher, receipt: Receipt, draft: Draft, domain: Domain) -> None:
    dispatcher.utter_message(
        response=FILED[receipt.privacy],
        json_message=LEAVE_NO_TRACE if receipt.privacy is Privacy.ANONIM else None,
        report_number=str(receipt.report_number),
        secret_code=receipt.secret_code or "",
        kind=category_labels()[receipt.category_code],
        where=place_in_words(draft.place or Place(), domain),
        unit=unit_names().get(receipt.unit, receipt.unit),
        respond_by=moment_in_words(receipt.respond_by),
        finish_by=day_in_words(receipt.finish_by),
    )


def _forget(draft: Draft) -> list[EventType]:
    return [SlotSet(name, value) for name, value in slot_values(empty_draft(draft)).items()]


def _ask_again(question: Question) -> list[EventType]:
    return [
        SlotSet(slots.CONFIRMATION, None),
        ActiveLoop(FORM),
        SlotSet(slots.REQUESTED_SLOT, question.value),
    ]
