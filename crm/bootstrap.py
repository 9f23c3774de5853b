"""Puts the CRM together: the only place that chooses implementations. Called by every entry point.

``open_crm()`` gives a ``Crm``; its methods are the services with their store, facts and clock filled in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from crm.domain.areas import Kelurahan
from crm.domain.complaint import (
    ComplaintDraft,
    ComplaintFilter,
    ComplaintPage,
    ComplaintSummary,
    ComplaintView,
    News,
    Receipt,
)
from crm.domain.corpus import Lesson
from crm.domain.figures import Period, Statistics
from crm.domain.follow_up import Question, TransferRequest
from crm.domain.news import NewsWanted
from crm.domain.officers import NewOfficer, Officer
from crm.domain.places import JAKARTA, Places
from crm.domain.reference import Reference
from crm.domain.report_number import ReportNumber
from crm.domain.status import Role, Status, Step
from crm.domain.times import Clock, utc_now
from crm.domain.worklist import Worklist, WorklistFilter
from crm.services import list_complaints as listing
from crm.services import relay_news as relaying
from crm.services.accounts import Accounts, TotpSetup
from crm.services.ask_reporter import Asking
from crm.services.attached_photos import attached_photos
from crm.services.change_status import StatusChanging
from crm.services.changes import WantedChange
from crm.services.corpus import corpus
from crm.services.escalate import Escalating
from crm.services.figures import figures
from crm.services.file_complaint import Filing
from crm.services.find import Claim, read_number
from crm.services.locate import locate
from crm.services.next_steps import next_steps
from crm.services.prune import prune
from crm.services.read_complaint import read_complaint
from crm.services.refresh_figures import Refreshing
from crm.services.reporter_acts import ReporterActs
from crm.services.sign_in import SigningIn
from crm.services.split import Splitting
from crm.services.track_complaint import track_complaint
from crm.services.track_linked import track_linked
from crm.services.transfers import Transfers
from crm.services.verdicts import Verdicts
from crm.services.worklist import Listing
from crm.settings import Settings
from crm.store.database import Database
from crm.store.outlines import Outlines
from crm.store.published_figures import read_published_figures
from crm.store.reference import read_reference
from crm.store.secrets import Argon2Hasher


@dataclass(frozen=True)
class Crm:
    """The services, ready for use from any thread; ``crm.services`` says what each does and raises."""

    reference: Reference
    _store: Database
    _hasher: Argon2Hasher
    _outlines: Outlines
    _clock: Clock
    _prefix: str

    def file_complaint(self, draft: ComplaintDraft) -> Receipt:
        """File a draft exactly once."""
        return self._filing.file(draft)

    def list_complaints(self, reporter: str, *, page: int = 1, category: str | None = None) -> ComplaintPage:
        """List a reporter's own reports."""
        return listing.list_complaints(reporter, page=page, category=category, store=self._store)

    def track_complaint(
        self, number: ReportNumber | str, *, reporter: str | None = None, secret_code: str | None = None
    ) -> ComplaintView:
        """Show a report to whoever may see it."""
        return track_complaint(
            number, reporter=reporter, secret_code=secret_code, store=self._store, hasher=self._hasher
        )

    def track_linked(self, number: ReportNumber) -> ComplaintView:
        """Show a report that is not anonymous to whoever has its link; the caller has checked it."""
        return track_linked(number, store=self._store)

    def change_status(  # noqa: PLR0913
        self,
        number: ReportNumber | str,
        to: Status,
        *,
        officer: Officer | None = None,
        role: Role | None = None,
        note: str = "",
        unit: str | None = None,
        photos: Sequence[str] = (),
        no_photo_reason: str = "",
        reason: str | None = None,
        into: ReportNumber | str | None = None,
        version: int | None = None,
    ) -> ComplaintView:
        """Change a report's status, as an officer or (command line) in any role."""
        acting = officer.role if officer else role
        if acting is None:
            raise ValueError("an officer or a role must be named")
        wanted = WantedChange(
            to=to,
            role=acting,
            note=note,
            unit=unit,
            photos=tuple(photos),
            no_photo_reason=no_photo_reason,
            reason=reason,
            into=read_number(into) if into else None,
            officer=officer,
        )
        return StatusChanging(self._store, self.reference, self._clock).change(
            number, wanted, version=version
        )

    def next_steps(self, number: ReportNumber | str, officer: Officer) -> tuple[Step, ...]:
        """Tell what an officer may do with a report now."""
        return next_steps(number, officer, store=self._store)

    def request_transfer(
        self, number: ReportNumber | str, officer: Officer | None, to_unit: str, reason: str
    ) -> TransferRequest:
        """Ask that another unit take a report over."""
        return self._transfers.request(number, officer, to_unit, reason)

    def decide_transfer(
        self, transfer_id: int, officer: Officer | None, *, approve: bool, note: str = ""
    ) -> TransferRequest:
        """Approve or refuse a transfer."""
        return self._transfers.decide(transfer_id, officer, approve=approve, note=note)

    def pending_transfers(self, officer: Officer | None) -> Sequence[TransferRequest]:
        """List the transfers that wait for a decision."""
        return self._transfers.pending(officer)

    def ask_reporter(self, number: ReportNumber | str, officer: Officer, text: str) -> Question:
        """Ask the reporter something."""
        return Asking(self._store, self._clock).ask(number, officer, text)

    def split(
        self, number: ReportNumber | str, officer: Officer, description: str, category_code: str
    ) -> ReportNumber:
        """Make a part of a report a report of its own."""
        return Splitting(self._store, self._filing).split(number, officer, description, category_code)

    def related(self, number: ReportNumber | str, officer: Officer) -> Sequence[ComplaintSummary]:
        """List open reports that may be about the same problem."""
        return Listing(self._store, self._clock).related(number, officer)

    def worklist(
        self, officer: Officer, wanted: WorklistFilter, *, after: str | None = None, size: int = 50
    ) -> Worklist:
        """List the reports an officer sees, a page at a time."""
        return Listing(self._store, self._clock).worklist(officer, wanted, after=after, size=size)

    def answer_question(
        self,
        question_id: int,
        text: str,
        *,
        reporter: str | None = None,
        secret_code: str | None = None,
        photos: Sequence[str] = (),
    ) -> Question:
        """Answer an officer's question, as the reporter."""
        claim = Claim(reporter, secret_code)
        return self._acts.answer_question(question_id, claim, text=text, photos=tuple(photos))

    def add_detail(
        self,
        number: ReportNumber | str,
        text: str = "",
        *,
        reporter: str | None = None,
        secret_code: str | None = None,
        photos: Sequence[str] = (),
    ) -> ComplaintView:
        """Add words or photos to one's own report."""
        return self._acts.add_detail(number, Claim(reporter, secret_code), text=text, photos=tuple(photos))

    def withdraw(
        self,
        number: ReportNumber | str,
        *,
        reporter: str | None = None,
        secret_code: str | None = None,
        note: str = "",
    ) -> ComplaintView:
        """Withdraw one's own report."""
        return self._acts.withdraw(number, Claim(reporter, secret_code), note=note)

    def want_news(self, number: ReportNumber | str, reporter: str, wanted: NewsWanted) -> ComplaintView:
        """Set how much one wants to hear of one's own report."""
        return self._acts.want_news(number, reporter, wanted)

    def confirm_done(
        self,
        number: ReportNumber | str,
        *,
        reporter: str | None = None,
        secret_code: str | None = None,
        rating: int | None = None,
        comment: str = "",
    ) -> ComplaintView:
        """Say as the reporter that it is done, with a rating if there is one."""
        claim = Claim(reporter, secret_code)
        return self._verdicts.confirm_done(number, claim, rating=rating, comment=comment)

    def still_open(
        self,
        number: ReportNumber | str,
        note: str,
        *,
        reporter: str | None = None,
        secret_code: str | None = None,
        photos: Sequence[str] = (),
    ) -> ComplaintView:
        """Say as the reporter that it is not done; the report is opened again."""
        claim = Claim(reporter, secret_code)
        return self._verdicts.still_open(number, claim, note=note, photos=tuple(photos))

    def close_silent(self) -> int:
        """Close what is "Selesai" for seven days without a word of the reporter."""
        return self._verdicts.close_silent()

    def escalate(self) -> int:
        """Escalate what missed its target, and promise a new date."""
        return Escalating(self._store, self.reference, self._clock).escalate()

    def sign_in(self, username: str, password: str, code: str, address: str) -> tuple[str, Officer]:
        """Sign an officer in; return the session's token."""
        return self._signing_in.sign_in(username, password, code, address)

    def officer_of(self, token: str) -> Officer:
        """Tell who is signed in by a token."""
        return self._signing_in.officer_of(token)

    def sign_out(self, token: str) -> None:
        """End a session."""
        self._signing_in.sign_out(token)

    def create_officer(self, account: NewOfficer, password: str, *, by: Officer | None) -> Officer:
        """Make an officer's account."""
        return self._accounts.create(account, password, by=by)

    def list_officers(self, *, by: Officer | None) -> Sequence[Officer]:
        """List the officers' accounts."""
        return self._accounts.all(by=by)

    def stop_officer(self, username: str, *, by: Officer | None) -> Officer:
        """Stop an officer's account."""
        return self._accounts.stop(username, by=by)

    def reset_officer(self, username: str, password: str, *, by: Officer | None) -> Officer:
        """Give an account a new password and no second factor."""
        return self._accounts.reset(username, password, by=by)

    def change_password(self, officer: Officer, present: str, wanted: str) -> None:
        """Change one's own password."""
        self._accounts.change_password(officer, present, wanted)

    def enrol_totp(self, officer: Officer) -> TotpSetup:
        """Begin to set up one's own second factor."""
        return self._accounts.enrol_totp(officer)

    def confirm_totp(self, officer: Officer, code: str) -> Officer:
        """Finish setting up one's own second factor."""
        return self._accounts.confirm_totp(officer, code)

    def locate(self, lat: float, lon: float) -> list[Kelurahan]:
        """Name the likely kelurahan of a point."""
        return locate(lat, lon, reference=self.reference, exact=self._outlines)

    def pending_news(self, limit: int) -> list[News]:
        """Claim news to be relayed."""
        return relaying.pending_news(limit, store=self._store, clock=self._clock)

    def news_relayed(self, ids: Sequence[int]) -> None:
        """Forget relayed news."""
        relaying.news_relayed(ids, store=self._store)

    def search_complaints(self, wanted: ComplaintFilter, *, page: int = 1) -> ComplaintPage:
        """List everybody's reports, for officers."""
        return listing.search_complaints(wanted, page=page, store=self._store)

    def read_complaint(self, number: ReportNumber | str, officer: Officer | None = None) -> ComplaintView:
        """Show a report to an officer who sees it; without one any, for whoever has the server."""
        return read_complaint(number, officer, store=self._store)

    def load_areas(self, file: Path) -> frozenset[str]:
        """Take over exact outlines from a GeoJSON file."""
        return self._outlines.load(file, self.reference.areas)

    def corpus(self, *, since: date | None = None, with_private: bool = False) -> Iterator[Lesson]:
        """Read what reports teach for the next training, without personal data."""
        return corpus(since=since, with_private=with_private, store=self._store)

    def attached_photos(self, names: Sequence[str]) -> frozenset[str]:
        """Tell which of these photos belong to a report."""
        return attached_photos(names, store=self._store)

    def figures(self, period: Period, place: str = JAKARTA) -> Statistics:
        """Show the figures of a month or year, for Jakarta or a place in it."""
        return figures(period, place, places=self.places, store=self._store)

    def refresh_figures(self) -> int:
        """Count again the months that changed."""
        return self._refreshing.refresh()

    def load_published(self, file: Path) -> Sequence[Period]:
        """Take over figures the city published itself; return their periods."""
        published = read_published_figures(file)
        self._refreshing.take_over(published)
        return [one.period for one in published]

    def prune(self) -> int:
        """Forget what is no longer needed."""
        return prune(store=self._store, clock=self._clock)

    @cached_property
    def places(self) -> Places:
        """Jakarta and all its places."""
        return Places(self.reference.areas)

    @property
    def _refreshing(self) -> Refreshing:
        return Refreshing(self._store, self.places, self._clock)

    @property
    def _filing(self) -> Filing:
        return Filing(self._store, self.reference, self._hasher, self._clock, self._prefix)

    @property
    def _transfers(self) -> Transfers:
        return Transfers(self._store, self.reference, self._clock)

    @property
    def _acts(self) -> ReporterActs:
        return ReporterActs(self._store, self.reference, self._hasher, self._clock)

    @property
    def _verdicts(self) -> Verdicts:
        return Verdicts(self._store, self.reference, self._hasher, self._clock)

    @property
    def _signing_in(self) -> SigningIn:
        return SigningIn(self._store, self._hasher, self._clock)

    @property
    def _accounts(self) -> Accounts:
        return Accounts(self._store, self.reference, self._hasher, self._clock)

    def close(self) -> None:
        """Give back the store's connections."""
        self._store.close()


def open_crm(settings: Settings | None = None, *, clock: Clock = utc_now) -> Crm:
    """Return the CRM for these settings, or for the environment's.

    The store itself is opened by the first service that needs it, which raises ``StoreUnavailable`` while
    it is away.

    Raises:
        SettingRefused: a setting cannot be used.
    """
    settings = settings or Settings.from_environment()
    reference = read_reference(settings.reference)
    return Crm(
        reference=reference,
        _store=Database(settings.database_url, reference),
        _hasher=Argon2Hasher(),
        _outlines=Outlines(settings.var / "areas" / "kelurahan.geojson"),
        _clock=clock,
        _prefix=settings.report_prefix,
    )
