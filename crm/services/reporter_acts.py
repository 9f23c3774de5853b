"""What a reporter can do with a report in progress: add to it, answer, withdraw it, hear less of it.

Called by ``crm.bootstrap.Crm`` for the chat and the tracking page. All of it can be said twice: platforms
redeliver. Of an anonymous reporter's acts only the hour is kept (docs/adr/0004).
"""

from dataclasses import dataclass, replace

from crm.domain.complaint import Complaint, ComplaintView
from crm.domain.errors import ComplaintNotFound, DraftIncomplete, TooLate
from crm.domain.follow_up import Addition, Question
from crm.domain.news import NewsWanted
from crm.domain.reference import Reference
from crm.domain.report_number import ReportNumber
from crm.domain.status import Role, Status
from crm.domain.times import Clock
from crm.services.changes import Changing, WantedChange
from crm.services.find import Claim, check_claim, read_number, required
from crm.services.ports import SecretHasher, Store, UnitOfWork
from crm.services.views import reporter_view


@dataclass(frozen=True)
class ReporterActs:
    """What acting for a reporter needs."""

    store: Store
    reference: Reference
    hasher: SecretHasher
    clock: Clock

    def add_detail(
        self, number: ReportNumber | str, claim: Claim, *, text: str, photos: tuple[str, ...]
    ) -> ComplaintView:
        """Add words or photos to a report that is not closed.

        Raises:
            DraftIncomplete: neither words nor photos.
            ComplaintNotFound: it is not the caller's report.
            TooLate: it is closed.
            StoreUnavailable: the outcome is unknown; the same again does no harm.
        """
        text = _something(text, photos)
        number = self._own(number, claim)
        with self.store.writing() as work:
            complaint = required(work.complaints.get_to_amend(number))
            if complaint.closed_at is not None:
                raise TooLate(f"Laporan {number} sudah ditutup. Silakan buat laporan baru.")
            self._add(complaint, text, photos, work)
            return reporter_view(complaint, work)

    def answer_question(
        self, question_id: int, claim: Claim, *, text: str, photos: tuple[str, ...]
    ) -> Question:
        """Answer an officer's question. What is said after the first answer is added to the report.

        Raises:
            DraftIncomplete: neither words nor photos.
            ComplaintNotFound: there is no such question, or it is about somebody else's report.
            StoreUnavailable: the outcome is unknown; the same again does no harm.
        """
        text = _something(text, photos)
        with self.store.reading() as work:
            found = work.follow_ups.question(question_id)
        check_claim(found.report_number if found else None, claim, store=self.store, hasher=self.hasher)
        with self.store.writing() as work:
            question = work.follow_ups.question(question_id)
            if question is None:
                raise ComplaintNotFound
            complaint = required(work.complaints.get_to_amend(question.report_number))
            if question.answered_at is None:
                at = complaint.reporters_time(self.clock())
                question = replace(question, answer=text, photos=photos, answered_at=at)
                work.follow_ups.answer(question)
            elif (question.answer, question.photos) != (text, photos):
                self._add(complaint, text, photos, work)
            return question

    def withdraw(self, number: ReportNumber | str, claim: Claim, *, note: str) -> ComplaintView:
        """Withdraw a report that is still open.

        Raises:
            ComplaintNotFound: it is not the caller's report.
            TooLate: it is closed.
            ConcurrentChange: an officer changed it at this moment; try again.
            StoreUnavailable: the outcome is unknown; the same again does no harm.
        """
        number = self._own(number, claim)
        with self.store.writing() as work:
            complaint = required(work.complaints.get_to_amend(number))
            if complaint.status is Status.DIBATALKAN:
                return reporter_view(complaint, work)
            if not complaint.status.is_open:
                raise TooLate(f"Laporan {number} sudah {complaint.status}, jadi tidak bisa dicabut lagi.")
            wanted = WantedChange(Status.DIBATALKAN, Role.PELAPOR, note, is_told=False)
            return reporter_view(Changing(work, self.reference, self.clock()).make(complaint, wanted), work)

    def want_news(self, number: ReportNumber | str, reporter: str, wanted: NewsWanted) -> ComplaintView:
        """Set how much the reporter wants to hear of a report; anonymous reports have no news.

        Raises:
            ComplaintNotFound: it is not the caller's report.
            StoreUnavailable: the outcome is unknown; the same again does no harm.
        """
        number = self._own(number, Claim(reporter))
        with self.store.writing() as work:
            complaint = replace(required(work.complaints.get_to_amend(number)), news_wanted=wanted)
            work.complaints.amend(complaint)
            return reporter_view(complaint, work)

    def _own(self, number: ReportNumber | str, claim: Claim) -> ReportNumber:
        number = read_number(number)
        check_claim(number, claim, store=self.store, hasher=self.hasher)
        return number

    def _add(self, complaint: Complaint, text: str, photos: tuple[str, ...], work: UnitOfWork) -> None:
        """Keep an addition unless it is the last one again."""
        last = work.follow_ups.of(complaint.report_number).additions[-1:]
        if [(one.text, one.photos) for one in last] != [(text, photos)]:
            at = complaint.reporters_time(self.clock())
            work.follow_ups.add(complaint.report_number, Addition(text=text, photos=photos, at=at))


def _something(text: str, photos: tuple[str, ...]) -> str:
    """Return a text without blanks around it; it may be missing only where there are photos."""
    if not text.strip() and not photos:
        raise DraftIncomplete(("text",))
    return text.strip()
