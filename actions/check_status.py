"""Tells what became of reports: the citizen's own, or an anonymous one by number and code.

Called by its rule, in an intake and outside, and by ``actions.fallback`` for a number alone. The reporter is
the conversation; a report of somebody else is answered like one that does not exist.
"""

import logging
from collections.abc import Sequence

from crm.domain.complaint import ComplaintPage, ComplaintSummary, ComplaintView, StatusChange
from crm.domain.errors import ComplaintNotFound, StoreUnavailable
from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import responses
from actions.base import AduanAction, Domain, label
from actions.intake.describe import sure_category
from actions.reference import category_labels, unit_names
from actions.store import complaints
from actions.turn import Turn, read_turn
from actions.wording import button, place_in_words, short_date, short_moment

logger = logging.getLogger(__name__)

# Changes of status that fit one message of 1,024 characters with officers' notes.
CHANGES_A_MESSAGE = 6
FORGET_TURN = {"forget": "turn"}


class ActionCheckStatus(AduanAction):
    """Lists the citizen's reports or tells the story of one."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_check_status"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        """Answer. Nothing is kept between two questions: no list of numbers lies in the conversation."""
        tell_status(dispatcher, read_turn(tracker.latest_message), tracker.sender_id, domain)
        return []


def tell_status(dispatcher: CollectingDispatcher, turn: Turn, reporter: str, domain: Domain) -> None:
    """Answer a question about status as far as the turn says which report is meant."""
    try:
        if turn.report_number:
            _tell_one(dispatcher, turn, reporter)
        elif turn.secret_code:
            dispatcher.utter_message(response=responses.STATUS_CODE_WITHOUT_NUMBER, json_message=FORGET_TURN)
        else:
            _tell_all(dispatcher, turn, reporter, domain)
    except StoreUnavailable:
        logger.warning("action_check_status: the store does not answer")
        dispatcher.utter_message(response=responses.STATUS_TROUBLE)


def _tell_one(dispatcher: CollectingDispatcher, turn: Turn, reporter: str) -> None:
    try:
        view = complaints().track_complaint(
            turn.report_number or "", reporter=reporter, secret_code=turn.secret_code
        )
    except ComplaintNotFound:
        dispatcher.utter_message(response=responses.STATUS_NOT_FOUND, json_message=FORGET_TURN)
        return
    _tell_story(dispatcher, view, forget=turn.secret_code is not None)


def _tell_all(dispatcher: CollectingDispatcher, turn: Turn, reporter: str, domain: Domain) -> None:
    meant = sure_category(turn.categories)
    if meant and turn.page is None:
        fitting = complaints().list_complaints(reporter, category=meant)
        if fitting.total == 1:
            _tell_story(
                dispatcher, complaints().track_complaint(fitting.items[0].report_number, reporter=reporter)
            )
            return
    page = complaints().list_complaints(reporter, page=turn.page or 1)
    if not page.items:
        dispatcher.utter_message(response=responses.STATUS_NONE)
        return
    if page.total == 1:
        _tell_story(dispatcher, complaints().track_complaint(page.items[0].report_number, reporter=reporter))
        return
    dispatcher.utter_message(
        response=responses.STATUS_LIST,
        total=page.total,
        reports="\n".join(_line(summary) for summary in page.items),
        buttons=_buttons(page, domain),
    )


def _line(summary: ComplaintSummary) -> str:
    kind = category_labels()[summary.category_code]
    unit = unit_names().get(summary.unit, summary.unit)
    return (
        f"• {summary.report_number}: {kind}, {short_date(summary.filed_at)}. {summary.status.label}, {unit}"
    )


def _buttons(page: ComplaintPage, domain: Domain) -> list[dict[str, str]]:
    buttons = [
        button(str(summary.report_number), f'/check_status{{"report_number": "{summary.report_number}"}}')
        for summary in page.items
    ]
    if page.has_next:
        older = label(domain, responses.LABEL_OLDER)
        buttons.append(button(older, f'/check_status{{"page": "{page.page + 1}"}}'))
    return buttons


def _tell_story(dispatcher: CollectingDispatcher, view: ComplaintView, *, forget: bool = False) -> None:
    first, *rest = _in_messages(view.history)
    custom = FORGET_TURN if forget else None
    dispatcher.utter_message(
        response=responses.STATUS_ONE,
        json_message=custom,
        report_number=str(view.report_number),
        kind=category_labels()[view.category_code],
        where=place_in_words(view.location.text, view.location.kelurahan_code),
        state=view.status.label,
        unit=unit_names().get(view.unit, view.unit),
        history=first,
    )
    for more in rest:
        dispatcher.utter_message(response=responses.STATUS_HISTORY, json_message=custom, history=more)


def _in_messages(history: Sequence[StatusChange]) -> list[str]:
    lines = [_change(change) for change in history]
    starts = range(0, len(lines), CHANGES_A_MESSAGE)
    return ["\n".join(lines[start : start + CHANGES_A_MESSAGE]) for start in starts]


def _change(change: StatusChange) -> str:
    unit = unit_names().get(change.unit, change.unit)
    told = f"• {short_moment(change.at)}: {change.status.label}, {unit}"
    return f"{told}. {change.note}" if change.note else told
