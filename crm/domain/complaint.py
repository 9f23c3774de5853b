"""A complaint, from the draft the citizen confirms to what is shown of it later.

``ComplaintDraft`` comes from the conversation, ``Complaint`` is what the store keeps, ``Receipt``,
``ComplaintSummary``, ``ComplaintView`` and ``News`` are what callers are given. Units and categories are
codes of ``data/reference/``; times are UTC.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from crm.domain.privacy import Privacy
from crm.domain.report_number import ReportNumber
from crm.domain.status import Role, Status

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
    """One line of a report's history; ``unit`` is the unit responsible from then on."""

    status: Status
    at: datetime
    role: Role
    unit: str
    note: str = ""


@dataclass(frozen=True)
class Complaint:
    """A filed report with its whole history, oldest first. ``version`` counts its changes."""

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
    """A report in a list."""

    report_number: ReportNumber
    category_code: str
    unit: str
    location: Location
    status: Status
    privacy: Privacy
    filed_at: datetime


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
    """A report as shown to somebody entitled to see it; never says who reported it."""

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


@dataclass(frozen=True)
class ComplaintFilter:
    """Which reports an officer wants to see; what is None does not matter."""

    status: Status | None = None
    category_code: str | None = None
    unit: str | None = None
    kelurahan_code: str | None = None


@dataclass(frozen=True)
class News:
    """A change of status to be told; ``reporter`` is the conversation, ``unit`` the unit's full name."""

    news_id: int
    reporter: str
    report_number: ReportNumber
    status: Status
    unit: str
    note: str
    at: datetime
