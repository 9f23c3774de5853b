"""Split a report: a second problem in it becomes a report of its own, with the same reporter.

Called by ``crm.bootstrap.Crm`` for officers, who never learn who the reporter is. The reporter is told the
new number; the new report of an anonymous reporter opens with the code of the first.
"""

from dataclasses import dataclass, replace

from crm.domain.complaint import Complaint, ComplaintDraft
from crm.domain.errors import TransitionRefused
from crm.domain.news import NewsKind, Telling
from crm.domain.officers import Officer
from crm.domain.report_number import ReportNumber
from crm.services.file_complaint import Filing
from crm.services.find import check_holds, found_by, read_number
from crm.services.ports import Store
from crm.services.tell import tell


@dataclass(frozen=True)
class Splitting:
    """What splitting needs."""

    store: Store
    filing: Filing

    def split(
        self, number: ReportNumber | str, officer: Officer, description: str, category_code: str
    ) -> ReportNumber:
        """File the part as a report of its own, with place, photos and privacy of the first.

        Raises:
            ComplaintNotFound: there is no such report, or it is not the officer's to see.
            NotAllowed: another unit holds it.
            DraftIncomplete: the description is empty, or there is no such category.
            TransitionRefused: the report is closed.
            StoreUnavailable: the outcome is unknown.
        """
        with self.store.writing() as work:
            whole = found_by(officer, read_number(number), work)
            check_holds(officer, whole)
            if not whole.status.is_open:
                raise TransitionRefused(f"Laporan {whole.report_number} sudah {whole.status}.")
            draft = _draft(whole, description, category_code)
            self.filing.check(draft)
            part = self.filing.numbered(draft, work)
            first = replace(part.history[0], role=officer.role, officer_id=officer.officer_id)
            part = replace(part, split_from=whole.report_number, history=(first,))
            secret_hash = work.complaints.secret_hash(whole.report_number)
            work.complaints.add(part, draft_key=None, secret_hash=secret_hash)
            told = Telling(at=self.filing.clock(), kind=NewsKind.SPLIT, other_number=part.report_number)
            tell(work, whole, told)
            return part.report_number


def _draft(whole: Complaint, description: str, category_code: str) -> ComplaintDraft:
    return ComplaintDraft(
        draft_id=f"split from {whole.report_number}",
        description=description.strip(),
        category_code=category_code,
        predicted_category=None,
        location=whole.location,
        photos=whole.photos,
        channel=whole.channel,
        privacy=whole.privacy,
        reporter=whole.reporter,
    )
