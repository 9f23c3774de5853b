"""A wish about a filed report, tapped or typed: done at once, or asked for what it needs.

Called by ``actions.take_follow_up`` and ``actions.follow_up.hear``.
"""

from collections.abc import Callable, Mapping

from actions import responses
from actions.follow_up import acts
from actions.follow_up.outcome import Ask, Line, Outcome, Pending, told
from actions.follow_up.own_reports import can_reopen, fitting, own_report
from actions.reference import says_one_of
from actions.tell_report import summary_line
from actions.tracking import tracking_page
from actions.turn import Turn
from actions.wording import button
from crm.domain.complaint import ComplaintSummary
from crm.domain.errors import ComplaintNotFound, ConcurrentChange, StoreUnavailable
from crm.domain.news import NewsWanted
from crm.domain.status import Status

# Whoever names a number may name an anonymous report's: the tracker keeps nothing of that turn.
FORGET_TURN = {"forget": "turn"}
MOST_OFFERED = 5
# "Belum beres kok masih bolong" says what is wrong, "ternyata belum beres" does not.
SAYS_WHAT = 4
# "Ga usah tiap perubahan" is fewer, "kabari semua saja" is all, "pas selesai aja" is fewer again.
WANTED_BY = (
    ("fewer_news", NewsWanted.SELESAI),
    ("all_news", NewsWanted.SEMUA),
    ("only", NewsWanted.SELESAI),
)
# What is told when no report of the citizen's fits.
NONE_FITS: Mapping[str, str] = {
    "confirm_done": responses.THANK,
    "rate": responses.THANK,
    "still_open": responses.NONE_TO_REOPEN,
    "answer_question": responses.NO_QUESTION,
    "add_detail": responses.NONE_IN_PROGRESS,
    "withdraw": responses.NONE_IN_PROGRESS,
    "want_news": responses.WILL_TELL,
}


def begin(turn: Turn, reporter: str) -> Outcome:
    """Begin with a turn whose intent is one of ``BEGINNINGS``."""
    return carried_out(lambda: _begun(turn, reporter), None)


def carried_out(act: Callable[[], Outcome], standing: Pending | None) -> Outcome:
    """Return what ``act`` gives; while the store is away the question that stands is kept."""
    try:
        return act()
    except ComplaintNotFound:
        return Outcome((Line(responses.STATUS_NOT_FOUND, custom=FORGET_TURN),))
    except (StoreUnavailable, ConcurrentChange):
        return told(responses.FOLLOW_UP_TROUBLE, standing)


def _begun(turn: Turn, reporter: str) -> Outcome:
    if turn.secret_code:
        page = {"link": tracking_page()}
        return Outcome((Line(responses.FOLLOW_UP_ANONYMOUS, page, custom=FORGET_TURN),))
    if turn.report_number:
        return BEGINNINGS[turn.intent](turn, turn.report_number, reporter)
    asks_for_nothing = turn.intent == "want_news" and _wanted(turn) is None
    meant = [] if asks_for_nothing else fitting(turn.intent, reporter)
    if not meant:
        return told(NONE_FITS[turn.intent])
    if len(meant) > 1:
        return _which(turn, meant[:MOST_OFFERED])
    return BEGINNINGS[turn.intent](turn, str(meant[0].report_number), reporter)


def _which(turn: Turn, meant: list[ComplaintSummary]) -> Outcome:
    wanted = f', "wanted": "{_wanted(turn)}"' if turn.intent == "want_news" else ""
    numbers = [str(summary.report_number) for summary in meant]
    buttons = [button(n, f'/{turn.intent}{{"report_number": "{n}"{wanted}}}') for n in numbers]
    reports = "\n".join(map(summary_line, meant))
    return Outcome((Line(responses.FOLLOW_UP_WHICH, {"reports": reports}, tuple(buttons)),))


def _confirm_done(turn: Turn, number: str, reporter: str) -> Outcome:
    return acts.confirm_done(number, reporter)


def _rate(turn: Turn, number: str, reporter: str) -> Outcome:
    return acts.rate(number, turn.rating, reporter) if turn.rating else acts.confirm_done(number, reporter)


def _still_open(turn: Turn, number: str, reporter: str) -> Outcome:
    view = own_report(number, reporter)
    if turn.has_problem and turn.words >= SAYS_WHAT:
        return acts.still_open(number, turn.text, turn.photos, reporter)
    if view.status is not Status.SELESAI:
        return told(responses.NOT_FINISHED, report_number=number, state=view.status.label)
    if not can_reopen(view):
        return told(responses.TOO_LATE_TO_REOPEN, report_number=number)
    return Outcome(pending=Pending(Ask.STILL_OPEN, number))


def _answer_question(turn: Turn, number: str, reporter: str) -> Outcome:
    questions = own_report(number, reporter).questions
    waiting = [question for question in questions if question.answered_at is None]
    meant = [question for question in questions if question.question_id == turn.question] or waiting[-1:]
    if not meant:
        return told(responses.NO_QUESTION)
    return Outcome(pending=Pending(Ask.ANSWER, number, meant[0].question_id, meant[0].text))


def _add_detail(turn: Turn, number: str, reporter: str) -> Outcome:
    view = own_report(number, reporter)
    if view.closed_at is not None:
        return told(responses.TOO_LATE_TO_ADD, report_number=number)
    if turn.photos or (turn.has_problem and turn.words >= SAYS_WHAT):
        return acts.add_detail(number, turn.text if turn.typed else "", turn.photos, reporter)
    return Outcome(pending=Pending(Ask.DETAIL, number))


def _withdraw(turn: Turn, number: str, reporter: str) -> Outcome:
    view = own_report(number, reporter)
    if turn.sure is not None:
        return acts.withdraw(number, reporter) if turn.sure == "yes" else told(responses.FOLLOW_UP_LEFT)
    if not view.status.is_open:
        return acts.too_late_to_withdraw(number, reporter)
    return Outcome(pending=Pending(Ask.WITHDRAWAL, number))


def _want_news(turn: Turn, number: str, reporter: str) -> Outcome:
    wanted = _wanted(turn)
    return acts.want_news(number, wanted, reporter) if wanted else told(responses.WILL_TELL)


def _wanted(turn: Turn) -> NewsWanted | None:
    """Return how much is to be told; None for a question, or a mere "nanti kabarin ya"."""
    if turn.wanted:
        return NewsWanted(turn.wanted)
    if turn.text.endswith("?"):
        return None
    said = (wanted for group, wanted in WANTED_BY if says_one_of(turn.text, group))
    return next(said, None)


BEGINNINGS: Mapping[str, Callable[[Turn, str, str], Outcome]] = {
    "confirm_done": _confirm_done,
    "rate": _rate,
    "still_open": _still_open,
    "answer_question": _answer_question,
    "add_detail": _add_detail,
    "withdraw": _withdraw,
    "want_news": _want_news,
}
