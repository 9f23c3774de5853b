"""The reporter's word after "Selesai": it is done, it is not, or nothing for seven days.

Called by ``crm.bootstrap.Crm`` for the chat and the tracking page, and by the clock (``close_silent``).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crm.domain.complaint import Complaint, ComplaintView
from crm.domain.errors import TooLate, TransitionRefused
from crm.domain.follow_up import Answer
from crm.domain.news import NewsKind, Telling
from crm.domain.reference import Reference
from crm.domain.report_number import ReportNumber
from crm.domain.status import Role, Status
from crm.domain.times import Clock
from crm.services.changes import Changing, WantedChange, latest_verdict
from crm.services.find import Claim, check_claim, read_number, required
from crm.services.ports import SecretHasher, Store
from crm.services.tell import tell
from crm.services.views import reporter_view

# So long the reporter may say that it is not done; without a word the report is closed then.
TIME_TO_ANSWER = timedelta(days=7)
AT_ONCE = 200
RATINGS = range(1, 6)


@dataclass(frozen=True)
class Verdicts:
    """What taking a reporter's word needs."""

    store: Store
    reference: Reference
    hasher: SecretHasher
    clock: Clock

    def confirm_done(
        self, number: ReportNumber | str, claim: Claim, *, rating: int | None, comment: str
    ) -> ComplaintView:
        """Take "sudah beres", which closes the report. Said again it adds a rating or comment.

        Raises:
            ComplaintNotFound: it is not the caller's report.
            TransitionRefused: the rating is none of 1 to 5, or the report is not "Selesai".
            StoreUnavailable: the outcome is unknown; the same again does no harm.
        """
        if rating is not None and rating not in RATINGS:
            raise TransitionRefused("Nilainya 1 sampai 5.")
        number = self._own(number, claim)
        with self.store.writing() as work:
            complaint = required(work.complaints.get_to_amend(number))
            if complaint.status is not Status.SELESAI:
                raise TransitionRefused(f"Laporan {number} belum dinyatakan selesai.")
            at = complaint.reporters_time(self.clock())
            earlier = latest_verdict(complaint, work)
            verdict = replace(
                earlier,
                answer=Answer.SUDAH,
                answered_at=earlier.answered_at or at,
                rating=rating or earlier.rating,
                comment=comment.strip() or earlier.comment,
            )
            work.follow_ups.answer_verdict(number, verdict)
            closed = replace(complaint, closed_at=complaint.closed_at or at)
            work.complaints.amend(closed)
            return reporter_view(closed, work)

    def still_open(
        self, number: ReportNumber | str, claim: Claim, *, note: str, photos: tuple[str, ...]
    ) -> ComplaintView:
        """Take "belum beres": the report is opened again, and that is counted.

        Within seven days it holds even after "sudah": a wrong button must not cost the citizen the report.
        The same again changes nothing more.

        Raises:
            ComplaintNotFound: it is not the caller's report.
            TooLate: more than seven days have passed; a new report is linked to this one.
            TransitionRefused: the report is not "Selesai", or nothing is said about what is wrong.
            StoreUnavailable: the outcome is unknown; the same again does no harm.
        """
        number = self._own(number, claim)
        with self.store.writing() as work:
            complaint = required(work.complaints.get_to_amend(number))
            if _says_the_same(complaint, note):
                return reporter_view(complaint, work)
            now = self.clock()
            if complaint.finished_at and now > complaint.finished_at + TIME_TO_ANSWER:
                raise TooLate(f"Laporan {number} selesai lebih dari 7 hari lalu. Silakan buat laporan baru.")
            wanted = WantedChange(Status.TL_DITOLAK, Role.PELAPOR, note, photos=photos, is_told=False)
            reopened = Changing(work, self.reference, now).make(complaint, wanted)
            return reporter_view(reopened, work)

    def close_silent(self) -> int:
        """Close what is "Selesai" for seven days without a word, and tell the reporters; return how many.

        Safe to repeat, and while others do it.

        Raises:
            StoreUnavailable: the rest follows next time.
        """
        closed = 0
        while count := self._close_some(self.clock()):
            closed += count
        return closed

    def _close_some(self, now: datetime) -> int:
        with self.store.writing() as work:
            silent = work.worklist.silent(now - TIME_TO_ANSWER, AT_ONCE)
            for complaint in silent:
                work.complaints.amend(replace(complaint, closed_at=now))
                tell(work, complaint, Telling(at=now, kind=NewsKind.CLOSED))
            return len(silent)

    def _own(self, number: ReportNumber | str, claim: Claim) -> ReportNumber:
        number = read_number(number)
        check_claim(number, claim, store=self.store, hasher=self.hasher)
        return number


def _says_the_same(complaint: Complaint, note: str) -> bool:
    last = complaint.history[-1]
    return (last.status, last.role, last.note) == (Status.TL_DITOLAK, Role.PELAPOR, note.strip())
