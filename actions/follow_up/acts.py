"""What is done with a report, and what the citizen is told of it; a refusal is told with what is possible.

Called by ``begin`` and ``hear``. Calls the CRM, whose services take the same act twice without harm.
"""

from actions import responses
from actions.follow_up.outcome import Ask, Outcome, Pending, told
from actions.reference import unit_names
from actions.store import complaints
from crm.domain.errors import TooLate, TransitionRefused
from crm.domain.news import NewsWanted

HEARD = {NewsWanted.SELESAI: responses.HEAR_LESS, NewsWanted.SEMUA: responses.HEAR_ALL}


def confirm_done(number: str, reporter: str) -> Outcome:
    """Take "sudah beres" and ask for a rating, if there is none yet."""
    try:
        view = complaints().confirm_done(number, reporter=reporter)
    except TransitionRefused:
        return _not_finished(number, reporter)
    rated = view.verdicts[-1].rating is not None
    return told(responses.DONE, None if rated else Pending(Ask.RATING, number), report_number=number)


def rate(number: str, rating: int, reporter: str) -> Outcome:
    """Keep a rating and ask for a comment."""
    try:
        complaints().confirm_done(number, reporter=reporter, rating=rating)
    except TransitionRefused:
        return _not_finished(number, reporter)
    return Outcome(pending=Pending(Ask.COMMENT, number, rating=rating))


def comment(number: str, words: str, reporter: str) -> Outcome:
    """Keep a comment."""
    try:
        complaints().confirm_done(number, reporter=reporter, comment=words)
    except TransitionRefused:
        return _not_finished(number, reporter)
    return told(responses.COMMENTED)


def still_open(number: str, words: str, photos: tuple[str, ...], reporter: str) -> Outcome:
    """Open a report again with what is wrong."""
    try:
        view = complaints().still_open(number, words, reporter=reporter, photos=photos)
    except TooLate:
        return told(responses.TOO_LATE_TO_REOPEN, report_number=number)
    except TransitionRefused:
        return _not_finished(number, reporter)
    unit = unit_names().get(view.unit, view.unit)
    return told(responses.REOPENED, report_number=number, unit=unit)


def answer_question(pending: Pending, words: str, photos: tuple[str, ...], reporter: str) -> Outcome:
    """Give the answer to the officer who asked."""
    complaints().answer_question(pending.question_id or 0, words, reporter=reporter, photos=photos)
    return told(responses.ANSWERED)


def add_detail(number: str, words: str, photos: tuple[str, ...], reporter: str) -> Outcome:
    """Add words or photos to a report."""
    try:
        complaints().add_detail(number, words, reporter=reporter, photos=photos)
    except TooLate:
        return told(responses.TOO_LATE_TO_ADD, report_number=number)
    return told(responses.DETAIL_ADDED, report_number=number)


def withdraw(number: str, reporter: str) -> Outcome:
    """Withdraw a report."""
    try:
        complaints().withdraw(number, reporter=reporter)
    except TooLate:
        return too_late_to_withdraw(number, reporter)
    return told(responses.WITHDRAWN, report_number=number)


def want_news(number: str, wanted: NewsWanted, reporter: str) -> Outcome:
    """Set how much the citizen hears of a report."""
    complaints().want_news(number, reporter, wanted)
    return told(HEARD[wanted], report_number=number)


def too_late_to_withdraw(number: str, reporter: str) -> Outcome:
    """Tell that a closed report stays."""
    return told(responses.TOO_LATE_TO_WITHDRAW, report_number=number, state=_state(number, reporter))


def _not_finished(number: str, reporter: str) -> Outcome:
    return told(responses.NOT_FINISHED, report_number=number, state=_state(number, reporter))


def _state(number: str, reporter: str) -> str:
    return complaints().track_complaint(number, reporter=reporter).status.label
