"""What services need from outside: a store, a hasher of secret codes, exact areas.

Implemented in ``crm.store``; chosen by ``crm.bootstrap``.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from crm.domain.complaint import (
    Complaint,
    ComplaintFilter,
    ComplaintPage,
    ComplaintSummary,
    News,
)
from crm.domain.corpus import Described
from crm.domain.figures import Figures, Period
from crm.domain.follow_up import Addition, FollowUps, Question, TransferRequest, Verdict
from crm.domain.news import Telling
from crm.domain.officers import NewOfficer, Officer, Scope
from crm.domain.report_number import ReportNumber
from crm.domain.tally import CountedReport, Tally
from crm.domain.worklist import Cursor, Worklist, WorklistFilter


class DraftAlreadyFiled(Exception):
    """Another process filed the same draft at the same moment; read again what it filed."""


class ComplaintRepository(Protocol):
    """Complaints within one unit of work."""

    def next_sequence(self, day: date) -> int:
        """Count one further report of a day; others wait until this unit of work ends."""

    def add(self, complaint: Complaint, *, draft_key: str | None, secret_hash: str | None) -> None:
        """Keep a new complaint.

        Raises:
            DraftAlreadyFiled: the draft's key is taken.
        """

    def filed_as(self, draft_key: str) -> Complaint | None:
        """Return what a draft was filed as."""

    def get(self, number: ReportNumber) -> Complaint | None:
        """Return a complaint whoever asks: for officers and for changes."""

    def visible_to(self, number: ReportNumber, reporter: str | None) -> Complaint | None:
        """Return a complaint if it is public or the reporter's own, decided within one query."""

    def is_of(self, number: ReportNumber, reporter: str) -> bool:
        """Tell whether a complaint is the reporter's own, decided within one query."""

    def merged_with(self, number: ReportNumber) -> Sequence[Complaint]:
        """Return the complaints that were merged into this one."""

    def repoint_merged(self, number: ReportNumber, into: ReportNumber) -> None:
        """Let what was merged into a complaint follow it into another."""

    def secret_hash(self, number: ReportNumber) -> str | None:
        """Return the hash of an anonymous report's code."""

    def replace_secret(self, number: ReportNumber, secret_hash: str) -> None:
        """Make an anonymous report's earlier code worthless."""

    def page_of(self, reporter: str, *, page: int, category_code: str | None) -> ComplaintPage:
        """Return a page of a reporter's own complaints, newest first."""

    def search(self, wanted: ComplaintFilter, *, page: int) -> ComplaintPage:
        """Return a page of everybody's complaints, newest first."""

    def latest_like(
        self, reporter: str, *, category_code: str, kelurahan_code: str, closed_since: datetime
    ) -> ReportNumber | None:
        """Return a reporter's latest complaint of a category and kelurahan that is open or closed since then."""

    def described(
        self, *, after: int, since: datetime | None, public_only: bool, limit: int
    ) -> Sequence[Described]:
        """Return what the next complaints after a key say, oldest first; none at the end."""

    def get_to_amend(self, number: ReportNumber) -> Complaint | None:
        """Return a complaint and let nobody else change it within this unit of work."""

    def record(self, changed: Complaint) -> None:
        """Append the last change to the history and make it the present status.

        Raises:
            ConcurrentChange: the complaint is no longer as it was read.
        """

    def amend(self, complaint: Complaint) -> None:
        """Keep what changed besides the status and the history."""

    def attached_photos(self, names: Sequence[str]) -> frozenset[str]:
        """Return those of these photos that belong to a complaint."""

    def forget_anonymous_drafts(self, filed_before: datetime) -> int:
        """Drop the draft keys of anonymous complaints; return how many there were."""


class NewsRepository(Protocol):
    """News within one unit of work."""

    def add(self, complaint: Complaint, telling: Telling) -> None:
        """Keep what is to be told to the reporter; not for anonymous reports."""

    def claim(self, limit: int, *, now: datetime, until: datetime) -> list[News]:
        """Take the oldest news of each reporter that nobody else holds, and hold it until then."""

    def remove(self, ids: Sequence[int]) -> None:
        """Forget news that reached the gateway."""


class FollowUpRepository(Protocol):
    """Questions, additions and verdicts within one unit of work."""

    def of(self, number: ReportNumber) -> FollowUps:
        """Return all that happened around a complaint."""

    def ask(self, question: Question, officer_id: int | None) -> Question:
        """Keep a question and return it with its id."""

    def question(self, question_id: int) -> Question | None:
        """Return a question."""

    def answer(self, question: Question) -> None:
        """Keep the answer of a question."""

    def add(self, number: ReportNumber, addition: Addition) -> None:
        """Keep what the reporter added."""

    def ask_verdict(self, number: ReportNumber, verdict: Verdict) -> None:
        """Keep that the reporter is asked whether it is done."""

    def answer_verdict(self, number: ReportNumber, verdict: Verdict) -> None:
        """Keep the reporter's word about the latest "Selesai"."""


class TransferRepository(Protocol):
    """Requests for transfer within one unit of work."""

    def add(self, request: TransferRequest, officer_id: int | None) -> TransferRequest:
        """Keep a request and return it with its id."""

    def get(self, transfer_id: int) -> TransferRequest | None:
        """Return a request."""

    def decide(self, request: TransferRequest, officer_id: int | None) -> bool:
        """Keep what became of a request; False when it was decided meanwhile."""

    def lapse(self, number: ReportNumber, at: datetime) -> None:
        """Note that the waiting request of a complaint has become pointless."""

    def waiting(self, unit: str | None, area: str | None, limit: int) -> Sequence[TransferRequest]:
        """Return the requests that wait, oldest first; with a unit, those it made within the area."""


class WorklistRepository(Protocol):
    """Lists of reports within one unit of work."""

    def page(
        self, scope: Scope, wanted: WorklistFilter, *, after: Cursor | None, size: int, now: datetime
    ) -> Worklist:
        """Return the next ``size`` reports of a scope."""

    def related(
        self, complaint: Complaint, scope: Scope, *, since: datetime, degrees: float, limit: int
    ) -> Sequence[ComplaintSummary]:
        """Return open reports of the same category in the same kelurahan or near the same point."""

    def overdue(self, now: datetime, limit: int) -> Sequence[Complaint]:
        """Hold reports whose next step is overdue and whose reporter was promised no later date."""

    def silent(self, finished_before: datetime, limit: int) -> Sequence[Complaint]:
        """Hold reports that are "Selesai" since then without a word of the reporter."""


@dataclass(frozen=True)
class Credentials:
    """What an officer's sign-in is compared with; never leaves the services."""

    officer: Officer
    password_hash: str
    totp_secret: str | None
    totp_waiting: str | None


class OfficerRepository(Protocol):
    """Accounts, sessions and failed attempts within one unit of work."""

    def add(self, account: NewOfficer, password_hash: str, at: datetime) -> Officer:
        """Keep a new account."""

    def credentials(self, username: str) -> Credentials | None:
        """Return an account with what its sign-in is compared with."""

    def all(self) -> Sequence[Officer]:
        """Return all accounts by name."""

    def change(self, officer_id: int, **values: object) -> None:
        """Set columns of an account."""

    def use_step(self, officer_id: int, step: int) -> bool:
        """Take a time step's code as used; False when it, or a later one, was used before."""

    def open_session(self, token_hash: str, officer_id: int, expires_at: datetime) -> None:
        """Keep a session."""

    def session(self, token_hash: str, now: datetime) -> Officer | None:
        """Return the officer of a session that has not ended, if the account is not stopped."""

    def close_session(self, token_hash: str) -> None:
        """End a session."""

    def close_sessions(self, officer_id: int) -> None:
        """End all sessions of an account."""

    def forget_before(self, now: datetime, attempts_since: datetime) -> None:
        """Forget sessions that have ended and attempts that no longer count."""

    def note_attempt(self, username_hash: str, address_hash: str, at: datetime) -> int:
        """Count an attempt as failed until it is forgotten; return what it is forgotten by."""

    def attempts(self, username_hash: str, address_hash: str, since: datetime) -> tuple[int, int]:
        """Return the failed attempts for a name, and those from an address."""

    def forget_attempt(self, attempt: int) -> None:
        """Count one attempt no longer."""

    def forget_attempts(self, username_hash: str) -> None:
        """Count the attempts for a name no longer."""


@dataclass(frozen=True)
class RefreshState:
    """How far the last refresh of the figures came, by keys of changes, and when it was.

    What is ``settled`` is counted for good; what was ``seen`` is looked at once more.
    """

    settled: int
    seen: int
    as_of: datetime


class FigureRepository(Protocol):
    """Figures, and the reports they are counted from, within one unit of work."""

    def state(self) -> RefreshState | None:
        """Return how far the last refresh came, None before the first."""

    def keep_state(self, state: RefreshState) -> None:
        """Keep how far this refresh came."""

    def last_change(self) -> int:
        """Return the key of the latest change of status."""

    def first_filed(self) -> datetime | None:
        """Return when the earliest report was filed."""

    def changed_since(self, change: int) -> Iterator[datetime]:
        """Yield when the reports were filed whose status changed after a change; filing is one, too."""

    def reports_of(self, month: Period) -> Iterator[CountedReport]:
        """Yield what is counted of a month's reports."""

    def keep_tallies(self, month: Period, tallies: Mapping[str, Tally]) -> None:
        """Keep a month's tallies by kelurahan instead of the earlier ones."""

    def tallies_of(self, month: Period) -> Mapping[str, Tally]:
        """Return a month's tallies by kelurahan."""

    def tallied_months(self, year: Period) -> Sequence[Period]:
        """Return the months of a year that were counted."""

    def is_published_by_city(self, period: Period) -> bool:
        """Tell whether the figures of a period are the city's own, which no count replaces."""

    def keep_figures(
        self,
        period: Period,
        published: Mapping[str, Mapping[str, int]],
        *,
        as_of: datetime | None = None,
        source: str | None = None,
    ) -> None:
        """Keep what is published of a period, by place, instead of the earlier figures."""

    def published(self, period: Period) -> Mapping[str, Mapping[str, int]]:
        """Return what is published of a period, by place."""

    def figures(self, period: Period, places: Sequence[str]) -> Mapping[str, Figures]:
        """Return the figures of some places in a period, where there are any."""

    def months(self, place: str, first: Period, last: Period) -> Sequence[Figures]:
        """Return a place's figures from month to month, the earliest first."""

    def periods(self, place: str) -> Sequence[Period]:
        """Return the periods there are figures of a place for, the newest first."""


class UnitOfWork(Protocol):
    """One transaction."""

    @property
    def complaints(self) -> ComplaintRepository:
        """The complaints."""

    @property
    def news(self) -> NewsRepository:
        """The news."""

    @property
    def follow_ups(self) -> FollowUpRepository:
        """Questions, additions, verdicts."""

    @property
    def worklist(self) -> WorklistRepository:
        """Lists for officers and for the clock."""

    @property
    def officers(self) -> OfficerRepository:
        """Officers' accounts and sessions."""

    @property
    def transfers(self) -> TransferRepository:
        """Requests for transfer."""

    @property
    def figures(self) -> FigureRepository:
        """The figures."""


class Store(Protocol):
    """Opens transactions. All of it raises ``StoreUnavailable`` when the store does not answer."""

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        """Open a transaction that only reads."""

    def writing(self) -> AbstractContextManager[UnitOfWork]:
        """Open a transaction that is committed at the end of the block, or undone if the block raises."""


class SecretHasher(Protocol):
    """Hashes secret codes slowly, so that a stolen database gives none away."""

    def hash(self, code: str) -> str:
        """Return a salted hash of a bare code."""

    def verify(self, secret_hash: str | None, code: str) -> bool:
        """Compare; without a hash it takes as long and is False."""


class ExactAreas(Protocol):
    """Exact outlines of kelurahan, where somebody has loaded them."""

    def containing(self, lat: float, lon: float) -> str | None:
        """Return the code of the kelurahan whose outline holds a point."""

    def codes(self) -> frozenset[str]:
        """Return the kelurahan whose outline is known."""
