"""Make a change of status: the one place where statuses change.

Called by the services of officers, reporters and the clock, within their transaction; calls the table of
``crm.domain.status``. Status, history, news, the question "sudah beres?", and what hangs on the report
(requests for transfer, reports merged into it) change together.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from crm.domain.complaint import Complaint, StatusChange
from crm.domain.errors import ComplaintNotFound, TransitionRefused
from crm.domain.follow_up import Answer, Verdict
from crm.domain.news import Telling
from crm.domain.officers import Officer
from crm.domain.reference import Reference
from crm.domain.report_number import ReportNumber
from crm.domain.status import TRANSITIONS, Given, Role, Status, check_transition, is_transferable
from crm.services.ports import UnitOfWork
from crm.services.tell import tell, tell_followers


@dataclass(frozen=True)
class WantedChange:
    """What somebody wants: the status, in what capacity, and what is given with it.

    ``is_told`` is off for what reporters do in a conversation, which answers them itself.
    """

    to: Status
    role: Role
    note: str = ""
    unit: str | None = None
    photos: tuple[str, ...] = ()
    no_photo_reason: str = ""
    reason: str | None = None
    into: ReportNumber | None = None
    officer: Officer | None = None
    is_told: bool = True

    def given(self) -> frozenset[Given]:
        """Name what is given."""
        values = {
            Given.NOTE: self.note.strip(),
            Given.UNIT: self.unit,
            Given.PROOF: self.photos or self.no_photo_reason.strip(),
            Given.REASON: self.reason,
            Given.INTO: self.into,
        }
        return frozenset(what for what, value in values.items() if value)


@dataclass(frozen=True)
class Changing:
    """Makes changes within one transaction, at one moment."""

    work: UnitOfWork
    reference: Reference
    now: datetime

    def make(self, complaint: Complaint, wanted: WantedChange) -> Complaint:
        """Make a change if the table allows it, and return the report as it is then.

        The caller has made sure that the report is theirs to change. An anonymous report has nobody to be
        told, and of its reporter's own acts only the hour is kept.

        Raises:
            TransitionRefused: the table does not allow it, or something given does not fit.
            ConcurrentChange: somebody else changed the report meanwhile.
            ComplaintNotFound: there is no report to merge into.
        """
        self._check(complaint, wanted)
        change = self._change(complaint, wanted)
        changed = complaint.changed(change, self.now)
        changed = replace(changed, refusal=wanted.reason, merged_into=wanted.into)
        self.work.complaints.record(changed)
        self._carry_on(complaint, changed)
        if wanted.is_told:
            tell(self.work, changed, self._telling(changed, wanted))
        self._move_followers(changed)
        return changed

    def _check(self, complaint: Complaint, wanted: WantedChange) -> None:
        if wanted.unit is not None and wanted.unit not in self.reference.units:
            known = ", ".join(self.reference.units)
            raise TransitionRefused(f"Unit {wanted.unit} tidak dikenal. Yang dikenal: {known}.")
        if wanted.reason is not None and wanted.reason not in self.reference.refusals:
            known = ", ".join(self.reference.refusals)
            raise TransitionRefused(f"Alasan {wanted.reason} tidak dikenal. Yang dikenal: {known}.")
        check_transition(complaint.status, wanted.to, role=wanted.role, given=wanted.given())
        self._check_fits(complaint, wanted)
        if not is_second_person(complaint, wanted.to, wanted.officer):
            raise TransitionRefused("Hasil kerja diperiksa petugas lain, bukan yang menyatakannya selesai.")
        if wanted.into is not None:
            self._check_target(complaint, wanted.into, wanted.officer)

    def _check_fits(self, complaint: Complaint, wanted: WantedChange) -> None:
        """Refuse what would slip something through with another change."""
        if wanted.reason is not None and wanted.to is not Status.DITOLAK:
            raise TransitionRefused("Alasan penolakan hanya untuk Ditolak.")
        if wanted.into is not None and wanted.to is not Status.DIGABUNG:
            raise TransitionRefused("Nomor laporan tujuan hanya untuk Digabung.")
        if wanted.officer is None or wanted.unit is None:
            return
        if Given.UNIT not in TRANSITIONS[complaint.status, wanted.to].required:
            raise TransitionRefused(f"Unit tidak bisa diganti bersama {wanted.to}. Minta pemindahan.")
        if wanted.to is Status.DISPOSISI and self.reference.dinas_of.get(wanted.unit) != wanted.officer.unit:
            raise TransitionRefused("Disposisi hanya ke suku dinas sendiri. Ke unit lain: minta pemindahan.")

    def _check_target(self, complaint: Complaint, into: ReportNumber, officer: Officer | None) -> None:
        target = self.work.complaints.get_to_amend(into)
        if target is None or (officer is not None and not officer.sees(target)):
            raise ComplaintNotFound
        if target.report_number == complaint.report_number:
            raise TransitionRefused("Laporan tidak bisa digabung ke dirinya sendiri.")
        if not target.status.is_open:
            raise TransitionRefused(
                f"Laporan {into} sudah {target.status}. Gabungkan ke laporan yang terbuka."
            )

    def _change(self, complaint: Complaint, wanted: WantedChange) -> StatusChange:
        is_reporter = wanted.role is Role.PELAPOR
        return StatusChange(
            status=wanted.to,
            at=complaint.reporters_time(self.now) if is_reporter else self.now,
            role=wanted.role,
            unit=wanted.unit or _taken_over_by(wanted) or complaint.unit,
            note=wanted.note.strip(),
            photos=wanted.photos,
            no_photo_reason=wanted.no_photo_reason.strip(),
            officer_id=wanted.officer.officer_id if wanted.officer else None,
        )

    def _carry_on(self, before: Complaint, changed: Complaint) -> None:
        number, change = changed.report_number, changed.history[-1]
        if changed.status is Status.SELESAI:
            self.work.follow_ups.ask_verdict(number, Verdict(unit=before.unit, asked_at=self.now))
        if before.status is Status.SELESAI:
            self._take_belum(before, change)
        if changed.unit != before.unit or not is_transferable(changed.status):
            self.work.transfers.lapse(number, change.at)

    def _take_belum(self, before: Complaint, change: StatusChange) -> None:
        """Keep "belum beres" as the answer about the "Selesai" it undoes."""
        belum = replace(
            latest_verdict(before, self.work),
            answer=Answer.BELUM,
            answered_at=change.at,
            rating=None,
            comment=change.note,
        )
        self.work.follow_ups.answer_verdict(before.report_number, belum)

    def _telling(self, changed: Complaint, wanted: WantedChange) -> Telling:
        change = changed.history[-1]
        return Telling(
            at=change.at,
            note=change.note,
            photo=next(iter(change.photos), None),
            other_number=self._number_to_tell(changed, wanted.into),
            reason=wanted.reason,
        )

    def _number_to_tell(self, complaint: Complaint, into: ReportNumber | None) -> ReportNumber | None:
        """Return the number of the report merged into if it is public or the same reporter's."""
        if into is None or complaint.reporter is None:
            return None
        return into if self.work.complaints.visible_to(into, complaint.reporter) else None

    def _move_followers(self, changed: Complaint) -> None:
        """Let reports merged into this one share its fate.

        Withdrawn by its reporter, it takes nothing from the others: their reports are taken up again.
        """
        if changed.merged_into is not None:
            self.work.complaints.repoint_merged(changed.report_number, changed.merged_into)
        elif changed.status is Status.DIBATALKAN:
            again = WantedChange(Status.KOORDINASI, Role.SISTEM, unit=changed.unit)
            # The moment of an anonymous reporter's withdrawal must not stand in the others' histories.
            at_its_time = replace(self, now=changed.history[-1].at)
            for follower in self.work.complaints.merged_with(changed.report_number):
                at_its_time.make(follower, again)
        else:
            tell_followers(self.work, changed, changed.history[-1])


def latest_verdict(complaint: Complaint, work: UnitOfWork) -> Verdict:
    """Return the question about the present "Selesai"; a report finished before there were any gets one."""
    verdicts = work.follow_ups.of(complaint.report_number).verdicts
    if verdicts:
        return verdicts[-1]
    asked = Verdict(unit=complaint.unit, asked_at=complaint.finished_at or complaint.filed_at)
    work.follow_ups.ask_verdict(complaint.report_number, asked)
    return asked


def _taken_over_by(wanted: WantedChange) -> str | None:
    """Return the unit of an officer who starts the work: whoever works on a report holds it."""
    return wanted.officer.unit if wanted.officer and wanted.to is Status.PROSES else None


def is_second_person(complaint: Complaint, to: Status, officer: Officer | None) -> bool:
    """Tell whether somebody may make this change: work is accepted by another than who declared it done."""
    declared_by = complaint.history[-1].officer_id
    return to is not Status.SELESAI or officer is None or officer.officer_id != declared_by
