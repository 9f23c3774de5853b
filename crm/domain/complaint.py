"""A complaint, from the draft the citizen confirms to what is shown of it later.

``ComplaintDraft`` comes from the conversation, ``Complaint`` is what the store keeps, ``Receipt``,
``ComplaintSummary``, ``ComplaintView`` and ``News`` are what callers are given. Units and categories are
codes of ``data/reference/``; times are UTC.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crm.domain.follow_up import Addition, Question, TransferRequest, Verdict
from crm.domain.news import NewsKind, NewsWanted
from crm.domain.privacy import Privacy
from crm.domain.report_number import ReportNumber
from crm.domain.status import Role, Status
from crm.domain.times import hour_of

PAGE_SIZE = 5


@dataclass(frozen=True)
class Location:
    """Where the problem is: the citizen's words, the kelurahan if settled, the point if one was shared."""

    text: str | None = None
    kelurahan_code: str | None = None
    lat: float | None = None
    lon: float | None = None

    @property
    def is_known(self) -> bool:
        """Whether there is anything officers could go by."""
        has_words = bool(self.text and self.text.strip())
        return has_words or bool(self.kelurahan_code) or (self.lat is not None and self.lon is not None)


@dataclass(frozen=True)
class ComplaintDraft:
    """What the citizen confirmed; ``draft_id`` is random and made when the intake starts."""

    draft_id: str
    description: str
    category_code: str
    predicted_category: str | None
    location: Location
    photos: tuple[str, ...]
    channel: str
    privacy: Privacy
    reporter: str | None

    def problems(self) -> tuple[str, ...]:
        """Name the fields that are missing or contradict the privacy chosen."""
        wrong = {
            "draft_id": not self.draft_id,
            "description": not self.description.strip(),
            "category_code": not self.category_code,
            "location": not self.location.is_known,
            "channel": not self.channel,
            "reporter": self.privacy.anonymous != (self.reporter is None),
        }
        return tuple(field for field, is_wrong in wrong.items() if is_wrong)


@dataclass(frozen=True)
class StatusChange:
    """One line of a report's history; ``unit`` is the unit responsible from then on.

    ``officer_id`` is known to the city's side only: nothing given to citizens holds it.
    """

    status: Status
    at: datetime
    role: Role
    unit: str
    note: str = ""
    photos: tuple[str, ...] = ()
    no_photo_reason: str = ""
    officer_id: int | None = None


@dataclass(frozen=True)
class Complaint:
    """A filed report with its whole history, oldest first. ``version`` counts its changes.

    ``respond_by`` and ``finish_by`` never move; ``expected_by`` is what was told after one was missed.
    ``finished_at`` is there while the report is "Selesai", ``closed_at`` once nothing more is expected.
    """

    report_number: ReportNumber
    description: str
    category_code: str
    predicted_category: str | None
    unit: str
    location: Location
    photos: tuple[str, ...]
    channel: str
    privacy: Privacy
    reporter: str | None
    status: Status
    filed_at: datetime
    respond_by: datetime
    finish_by: datetime
    history: tuple[StatusChange, ...]
    version: int = 1
    responded_at: datetime | None = None
    finished_at: datetime | None = None
    closed_at: datetime | None = None
    reopened: int = 0
    expected_by: datetime | None = None
    escalated_at: datetime | None = None
    merged_into: ReportNumber | None = None
    follows: ReportNumber | None = None
    split_from: ReportNumber | None = None
    refusal: str | None = None
    news_wanted: NewsWanted = NewsWanted.SEMUA

    @property
    def due_at(self) -> datetime | None:
        """When the next step is due: the first response, then the end; None when nothing is."""
        if not self.status.is_open:
            return None
        return self.finish_by if self.responded_at else self.respond_by

    def reporters_time(self, now: datetime) -> datetime:
        """Return what is kept of the moment its reporter does something: of an anonymous one only the hour."""
        return hour_of(now) if self.privacy.anonymous else now

    def changed(self, change: StatusChange, now: datetime) -> "Complaint":
        """Return the report after a change of status; ``now`` is the moment itself.

        The first change by an officer is the response. "Selesai" stays open to the reporter's word; the other
        ends are closed at once. What was promised after a missed target holds until the next step.
        """
        responds = self.responded_at is None and change.role not in (Role.PELAPOR, Role.SISTEM)
        is_done = change.status is Status.SELESAI
        is_end = not change.status.is_open and not is_done
        reopens = self.status is Status.SELESAI
        return replace(
            self,
            status=change.status,
            unit=change.unit,
            history=(*self.history, change),
            version=self.version + 1,
            responded_at=now if responds else self.responded_at,
            finished_at=change.at if is_done else None,
            closed_at=change.at if is_end else None,
            reopened=self.reopened + reopens,
            expected_by=None if responds or not change.status.is_open else self.expected_by,
        )


@dataclass(frozen=True)
class Receipt:
    """Proof that a report is committed; nothing else may make Aduan say a report number.

    ``secret_code`` is there for anonymous reports only, and only here: the store keeps a hash.
    """

    report_number: ReportNumber
    secret_code: str | None
    category_code: str
    unit: str
    privacy: Privacy
    filed_at: datetime
    respond_by: datetime
    finish_by: datetime


@dataclass(frozen=True)
class ComplaintSummary:
    """A report in a list; ``due_at`` is when its next step is due."""

    report_number: ReportNumber
    category_code: str
    unit: str
    location: Location
    status: Status
    privacy: Privacy
    filed_at: datetime
    description: str = ""
    due_at: datetime | None = None
    expected_by: datetime | None = None
    escalated_at: datetime | None = None
    reopened: int = 0


@dataclass(frozen=True)
class ComplaintPage:
    """One page of a list, newest first. ``total`` counts all pages' reports."""

    items: Sequence[ComplaintSummary]
    page: int
    total: int
    size: int = PAGE_SIZE

    @property
    def has_next(self) -> bool:
        """Whether older reports follow."""
        return self.page * self.size < self.total


@dataclass(frozen=True)
class ComplaintView:
    """A report as shown to somebody entitled to see it; never says who reported it.

    Numbers of other reports are in it only if they are the reader's to know. Transfers are for officers.
    """

    report_number: ReportNumber
    description: str
    category_code: str
    unit: str
    location: Location
    photos: tuple[str, ...]
    channel: str
    privacy: Privacy
    status: Status
    filed_at: datetime
    respond_by: datetime
    finish_by: datetime
    history: tuple[StatusChange, ...]
    version: int = 1
    responded_at: datetime | None = None
    finished_at: datetime | None = None
    closed_at: datetime | None = None
    reopened: int = 0
    expected_by: datetime | None = None
    escalated_at: datetime | None = None
    merged_into: ReportNumber | None = None
    follows: ReportNumber | None = None
    split_from: ReportNumber | None = None
    split_into: tuple[ReportNumber, ...] = ()
    refusal: str | None = None
    news_wanted: NewsWanted = NewsWanted.SEMUA
    questions: tuple[Question, ...] = ()
    additions: tuple[Addition, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    transfers: tuple[TransferRequest, ...] = ()


@dataclass(frozen=True)
class ComplaintFilter:
    """Which reports an officer wants to see; what is None does not matter."""

    status: Status | None = None
    category_code: str | None = None
    unit: str | None = None
    kelurahan_code: str | None = None


@dataclass(frozen=True)
class News:
    """Something to be told; ``reporter`` is the conversation, ``unit`` the unit's full name.

    ``kind`` says what: a change of status, whose ``photo`` is the unit's proof; a question, whose text is
    ``note``; a missed target with the new date ``expected_by``. ``other_number`` is the report that was split
    off or merged into, if it is the reporter's to know; ``reason`` the code of a refusal.
    """

    news_id: int
    reporter: str
    report_number: ReportNumber
    status: Status
    unit: str
    note: str
    at: datetime
    kind: NewsKind = NewsKind.STATUS
    question_id: int | None = None
    photo: str | None = None
    expected_by: datetime | None = None
    other_number: ReportNumber | None = None
    reason: str | None = None
