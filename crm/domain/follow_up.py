"""What happens around a report besides its statuses: questions, additions, verdicts, requests for transfer.

Given to officers and reporters within a ``ComplaintView``; none of it says who reported or who the officer is.
Times of an anonymous reporter's own acts are whole hours (docs/adr/0004).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crm.domain.report_number import ReportNumber


@dataclass(frozen=True)
class Question:
    """An officer's question to the reporter, and the answer once there is one."""

    question_id: int
    report_number: ReportNumber
    unit: str
    text: str
    asked_at: datetime
    answer: str = ""
    photos: tuple[str, ...] = ()
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Addition:
    """A detail or photos the reporter added later."""

    text: str
    photos: tuple[str, ...]
    at: datetime


class Answer(StrEnum):
    """What the reporter says to "sudah beres?"."""

    SUDAH = "sudah"
    BELUM = "belum"


@dataclass(frozen=True)
class Verdict:
    """The reporter's word about one "Selesai" of a unit; without an answer as long as there is none."""

    unit: str
    asked_at: datetime
    answer: Answer | None = None
    answered_at: datetime | None = None
    rating: int | None = None
    comment: str = ""


class Outcome(StrEnum):
    """What became of a request for transfer; ``GUGUR``: the report moved on before it was decided."""

    DISETUJUI = "disetujui"
    DITOLAK = "ditolak"
    GUGUR = "gugur"


@dataclass(frozen=True)
class TransferRequest:
    """A unit asks that another take a report over."""

    transfer_id: int
    report_number: ReportNumber
    from_unit: str
    to_unit: str
    reason: str
    asked_at: datetime
    outcome: Outcome | None = None
    decided_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class FollowUps:
    """All that happened around a report, oldest first."""

    questions: tuple[Question, ...] = ()
    additions: tuple[Addition, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    transfers: tuple[TransferRequest, ...] = ()
    split_into: tuple[ReportNumber, ...] = ()
