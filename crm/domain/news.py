"""What kinds of news there are, and which of them a reporter wants.

Used by the services that make news, by the store, and by the gateway, which words them
(``utter_news_<kind>``, or ``utter_news_<status>`` for a change of status).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crm.domain.report_number import ReportNumber
from crm.domain.status import Status


class NewsKind(StrEnum):
    """What is told."""

    # The report's status changed. "Selesai" asks whether it is really done.
    STATUS = "status"
    # An officer asks the reporter something.
    QUESTION = "question"
    # A target was missed; the news give the new date.
    LATE = "late"
    # Nobody said whether it is done: the report is closed after seven days.
    CLOSED = "closed"
    # A part of the report became a report of its own.
    SPLIT = "split"
    # What became of the report into which the reporter's own was merged.
    FOLLOWED = "followed"


class NewsWanted(StrEnum):
    """How much a reporter wants to hear of a report."""

    SEMUA = "semua"
    SELESAI = "selesai"

    def includes(self, kind: NewsKind, status: Status) -> bool:
        """Tell whether news go out: an end, and what needs the reporter, always do."""
        is_end = kind in (NewsKind.STATUS, NewsKind.FOLLOWED) and not status.is_open
        needed = kind in (NewsKind.QUESTION, NewsKind.CLOSED, NewsKind.SPLIT)
        return self is NewsWanted.SEMUA or is_end or needed


@dataclass(frozen=True)
class Telling:
    """What is to be told of a report, before it is kept as news for somebody.

    ``status`` and ``unit`` are the report's own unless given: of a merged report they are the other's.
    """

    at: datetime
    kind: NewsKind = NewsKind.STATUS
    note: str = ""
    photo: str | None = None
    question_id: int | None = None
    expected_by: datetime | None = None
    other_number: ReportNumber | None = None
    reason: str | None = None
    status: Status | None = None
    unit: str | None = None
