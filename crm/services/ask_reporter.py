"""Ask the reporter something, as an officer who never learns who that is. Called by ``crm.bootstrap.Crm``.

The question goes to the conversation as news; an anonymous reporter finds it on the tracking page.
"""

from dataclasses import dataclass

from crm.domain.errors import TransitionRefused
from crm.domain.follow_up import Question
from crm.domain.news import NewsKind, Telling
from crm.domain.officers import BIRO_UNIT, Officer
from crm.domain.report_number import ReportNumber
from crm.domain.times import Clock
from crm.services.find import check_holds, found_by, read_number
from crm.services.ports import Store
from crm.services.tell import tell


@dataclass(frozen=True)
class Asking:
    """What asking needs."""

    store: Store
    clock: Clock

    def ask(self, number: ReportNumber | str, officer: Officer, text: str) -> Question:
        """Keep the question and have the reporter told.

        Raises:
            ComplaintNotFound: there is no such report, or it is not the officer's to see.
            NotAllowed: another unit holds it.
            TransitionRefused: the report is closed, or the question empty.
            StoreUnavailable: the outcome is unknown.
        """
        if not text.strip():
            raise TransitionRefused("Pertanyaannya masih kosong.")
        now = self.clock()
        with self.store.writing() as work:
            complaint = found_by(officer, read_number(number), work)
            check_holds(officer, complaint)
            if not complaint.status.is_open:
                raise TransitionRefused(f"Laporan {complaint.report_number} sudah {complaint.status}.")
            question = Question(
                question_id=0,
                report_number=complaint.report_number,
                unit=officer.unit or BIRO_UNIT,
                text=text.strip(),
                asked_at=now,
            )
            question = work.follow_ups.ask(question, officer.officer_id)
            telling = Telling(
                at=now,
                kind=NewsKind.QUESTION,
                note=question.text,
                question_id=question.question_id,
                unit=question.unit,
            )
            tell(work, complaint, telling)
            return question
