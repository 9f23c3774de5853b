"""Tells what became of reports: the citizen's own, or an anonymous one by number and code.

Called by its rule, in an intake and outside, and by ``actions.fallback`` for a number alone. The reporter is
the conversation; a report of somebody else is answered like one that does not exist.
"""

import logging

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import responses
from actions.answer import Answer
from actions.base import Domain
from actions.follow_up.meant import meant_of_a_number
from actions.follow_up.own_reports import is_own
from actions.follow_up.steps import next_steps
from actions.intake.describe import sure_category
from actions.store import complaints
from actions.take_follow_up import take_up
from actions.tell_report import Teller
from actions.tracking import tracking_link
from actions.turn import Turn
from crm.domain.complaint import ComplaintPage, ComplaintView
from crm.domain.errors import ComplaintNotFound, StoreUnavailable

logger = logging.getLogger(__name__)

# Whoever asks by number may be asking for an anonymous report: the tracker keeps nothing of that turn.
FORGET_TURN = {"forget": "turn"}


class ActionCheckStatus(Answer):
    """Lists the citizen's reports or tells the story of one."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_check_status"

    def answer(
        self, turn: Turn, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> list[EventType]:
        """Answer. Nothing is kept between two questions: no list of numbers lies in the conversation."""
        if wish := meant_of_a_number(turn):
            return take_up(wish, dispatcher, tracker, domain)
        tell_status(Teller(dispatcher, domain), turn, tracker.sender_id)
        if turn.reports_again and not tracker.active_loop_name:
            dispatcher.utter_message(response=responses.STATUS_OR_AGAIN)
        return []


def tell_status(teller: Teller, turn: Turn, reporter: str) -> None:
    """Answer a question about status as far as the turn says which report is meant."""
    try:
        if turn.report_number:
            _tell_numbered(teller, turn.report_number, turn.secret_code, reporter)
        elif turn.secret_code:
            teller.dispatcher.utter_message(
                response=responses.STATUS_CODE_WITHOUT_NUMBER, json_message=FORGET_TURN
            )
        else:
            _tell_own(teller, turn, reporter)
    except StoreUnavailable:
        logger.warning("action_check_status: the store does not answer")
        teller.dispatcher.utter_message(response=responses.STATUS_TROUBLE)


def has_reports(reporter: str) -> bool:
    """Tell whether the citizen has filed anything under this conversation; unknown counts as no."""
    try:
        return complaints().list_complaints(reporter).total > 0
    except StoreUnavailable:
        logger.warning("the store does not answer: reports of a citizen are unknown")
        return False


def _tell_numbered(teller: Teller, number: str, secret_code: str | None, reporter: str) -> None:
    try:
        view = complaints().track_complaint(number, reporter=reporter, secret_code=secret_code)
    except ComplaintNotFound:
        teller.dispatcher.utter_message(response=responses.STATUS_NOT_FOUND, json_message=FORGET_TURN)
    else:
        _tell(teller, view, reporter, FORGET_TURN if secret_code else None)


def _tell_own(teller: Teller, turn: Turn, reporter: str) -> None:
    page = _of_meant_category(turn, reporter) or complaints().list_complaints(reporter, page=turn.page or 1)
    if not page.items:
        teller.dispatcher.utter_message(response=responses.STATUS_NONE)
    elif page.total == 1:
        number = str(page.items[0].report_number)
        _tell(teller, complaints().track_complaint(number, reporter=reporter), reporter)
    else:
        teller.tell_page(page)


def _tell(teller: Teller, view: ComplaintView, reporter: str, custom: dict[str, str] | None = None) -> None:
    if is_own(view, reporter):
        teller.tell_story(view, custom, steps=next_steps(view), link=tracking_link(view))
    else:
        teller.tell_story(view, custom)


def _of_meant_category(turn: Turn, reporter: str) -> ComplaintPage | None:
    """Return the one report that "yang parkir" means; None when none or several fit, then all are listed."""
    category = sure_category(turn.categories) if turn.page is None else None
    if category is None:
        return None
    page = complaints().list_complaints(reporter, category=category)
    return page if page.total == 1 else None
