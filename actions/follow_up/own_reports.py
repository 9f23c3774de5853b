"""The citizen's own reports, and which of them a wish without a number can mean.

Called by ``actions.follow_up.begin`` and ``actions.check_status``. Calls the CRM.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from actions.store import complaints
from crm.domain.complaint import ComplaintSummary, ComplaintView
from crm.domain.errors import ComplaintNotFound, StoreUnavailable
from crm.domain.follow_up import Answer
from crm.domain.privacy import Privacy
from crm.domain.status import Status
from crm.domain.times import utc_now
from crm.services.verdicts import TIME_TO_ANSWER

logger = logging.getLogger(__name__)

# Who means an older one says its number.
NEWEST = 20


def own_report(number: str, reporter: str) -> ComplaintView:
    """Return a report of the citizen's own.

    Raises:
        ComplaintNotFound: it is not; a public report of somebody else is told alike.
        StoreUnavailable: the store does not answer.
    """
    view = complaints().track_complaint(number, reporter=reporter)
    if not is_own(view, reporter):
        raise ComplaintNotFound
    return view


def is_own(view: ComplaintView, reporter: str) -> bool:
    """Tell whether a report that the citizen may see is theirs: only public ones can be another's."""
    if view.privacy is not Privacy.PUBLIK:
        return view.privacy is Privacy.PRIVAT
    return any(summary.report_number == view.report_number for summary in _all(reporter))


def fitting(intent: str, reporter: str) -> list[ComplaintSummary]:
    """Return the reports that a wish without a number can mean, newest first.

    Raises:
        StoreUnavailable: the store does not answer.
    """
    fits = FITS[intent]
    return [summary for summary in islice(_all(reporter), NEWEST) if fits(summary, reporter)]


def has_fitting(intent: str, reporter: str) -> bool:
    """Tell whether any report fits; unknown counts as no."""
    try:
        return bool(fitting(intent, reporter))
    except StoreUnavailable:
        logger.warning("the store does not answer: reports of a citizen are unknown")
        return False


def awaits_verdict(view: ComplaintView) -> bool:
    """Tell whether the citizen has not said yet if it is done."""
    return view.status is Status.SELESAI and view.closed_at is None


def can_reopen(view: ComplaintView) -> bool:
    """Tell whether "belum beres" still holds: within seven days, also after "sudah"."""
    if view.status is not Status.SELESAI or view.finished_at is None:
        return False
    said_done = bool(view.verdicts) and view.verdicts[-1].answer is Answer.SUDAH
    return awaits_verdict(view) or (said_done and utc_now() <= view.finished_at + TIME_TO_ANSWER)


def _all(reporter: str) -> Iterator[ComplaintSummary]:
    number = 1
    while True:
        page = complaints().list_complaints(reporter, page=number)
        yield from page.items
        if not page.has_next:
            return
        number += 1


def _is_open(summary: ComplaintSummary, _reporter: str) -> bool:
    return summary.status.is_open


def _is_to_be_judged(summary: ComplaintSummary, reporter: str) -> bool:
    return summary.status is Status.SELESAI and awaits_verdict(_view(summary, reporter))


def _can_be_reopened(summary: ComplaintSummary, reporter: str) -> bool:
    return summary.status is Status.SELESAI and can_reopen(_view(summary, reporter))


def _is_asked_about(summary: ComplaintSummary, reporter: str) -> bool:
    return any(question.answered_at is None for question in _view(summary, reporter).questions)


def _view(summary: ComplaintSummary, reporter: str) -> ComplaintView:
    return complaints().track_complaint(summary.report_number, reporter=reporter)


FITS: Mapping[str, Callable[[ComplaintSummary, str], bool]] = {
    "confirm_done": _is_to_be_judged,
    "rate": _is_to_be_judged,
    "still_open": _can_be_reopened,
    "answer_question": _is_asked_about,
    "add_detail": _is_open,
    "withdraw": _is_open,
    "want_news": _is_open,
}
