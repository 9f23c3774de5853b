"""Transfers between units (pemindahan): asked for by the unit that holds a report, decided by somebody else.

Called by ``crm.bootstrap.Crm``. An approved transfer is a change of status like any other; a refused one is
the city's own business and no news.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crm.domain.complaint import Complaint
from crm.domain.errors import ComplaintNotFound, ConcurrentChange, NotAllowed, TransitionRefused
from crm.domain.follow_up import Outcome, TransferRequest
from crm.domain.officers import UNIT_ROLES, Officer
from crm.domain.reference import Reference
from crm.domain.report_number import ReportNumber
from crm.domain.status import DECIDERS, Role, Status, is_transferable
from crm.domain.times import Clock
from crm.services.changes import Changing, WantedChange
from crm.services.find import check_holds, found_by, read_number, required
from crm.services.ports import Store

AT_MOST = 200


@dataclass(frozen=True)
class Transfers:
    """What transfers need. Without an officer, an act comes from the command line."""

    store: Store
    reference: Reference
    clock: Clock

    def request(
        self, number: ReportNumber | str, officer: Officer | None, to_unit: str, reason: str
    ) -> TransferRequest:
        """Ask that another unit take a report over.

        Raises:
            ComplaintNotFound: there is no such report, or it is not the officer's to see.
            NotAllowed: another unit holds it, or the officer is of no unit.
            TransitionRefused: it cannot pass on now, a request waits already, or unit or reason do not fit.
            StoreUnavailable: the outcome is unknown.
        """
        if officer is not None and officer.role not in UNIT_ROLES:
            raise NotAllowed("Pemindahan diminta oleh unit yang memegang laporan.")
        with self.store.writing() as work:
            complaint = found_by(officer, read_number(number), work, to_amend=True)
            check_holds(officer, complaint)
            self._check(complaint, to_unit, reason)
            if any(one.outcome is None for one in work.follow_ups.of(complaint.report_number).transfers):
                raise TransitionRefused("Sudah ada permintaan pemindahan yang menunggu keputusan.")
            request = TransferRequest(
                transfer_id=0,
                report_number=complaint.report_number,
                from_unit=complaint.unit,
                to_unit=to_unit,
                reason=reason.strip(),
                asked_at=self.clock(),
            )
            return work.transfers.add(request, officer.officer_id if officer else None)

    def decide(
        self, transfer_id: int, officer: Officer | None, *, approve: bool, note: str
    ) -> TransferRequest:
        """Approve a request, which hands the report on, or refuse it with a note for the unit that asked.

        The reporter is told of an approved transfer: with the note, or without one with the unit's reason.

        Raises:
            NotAllowed: the officer does not decide about transfers.
            ComplaintNotFound: there is no such request.
            ConcurrentChange: it was decided already, or the report changed at this moment.
            TransitionRefused: a refusal without a note, or the report can no longer pass on.
            StoreUnavailable: the outcome is unknown.
        """
        if officer is not None and officer.role not in DECIDERS:
            raise NotAllowed(f"Pemindahan diputuskan oleh: {', '.join(sorted(DECIDERS))}.")
        if not approve and not note.strip():
            raise TransitionRefused("Untuk menolak pemindahan masih perlu: catatan.")
        now = self.clock()
        with self.store.writing() as work:
            request = work.transfers.get(transfer_id)
            if request is None:
                raise ComplaintNotFound
            outcome = Outcome.DISETUJUI if approve else Outcome.DITOLAK
            decided = replace(request, outcome=outcome, decided_at=now, note=note.strip())
            if not work.transfers.decide(decided, officer.officer_id if officer else None):
                raise ConcurrentChange("Permintaan ini sudah diputuskan atau sudah gugur.")
            if approve:
                complaint = required(work.complaints.get_to_amend(request.report_number))
                Changing(work, self.reference, now).make(complaint, _handing_on(decided, officer))
            return decided

    def pending(self, officer: Officer | None) -> Sequence[TransferRequest]:
        """Return what waits for a decision: to those who decide all of it, to a unit what it asked for.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        with self.store.reading() as work:
            if officer is None or officer.role in DECIDERS:
                return work.transfers.waiting(None, None, AT_MOST)
            if officer.role in UNIT_ROLES:
                return work.transfers.waiting(officer.unit, officer.area, AT_MOST)
            return ()

    def _check(self, complaint: Complaint, to_unit: str, reason: str) -> None:
        if to_unit not in self.reference.units:
            known = ", ".join(self.reference.units)
            raise TransitionRefused(f"Unit {to_unit} tidak dikenal. Yang dikenal: {known}.")
        if to_unit == complaint.unit:
            raise TransitionRefused("Laporan sudah dipegang unit itu.")
        if not reason.strip():
            raise TransitionRefused("Untuk pemindahan masih perlu: alasan.")
        if not is_transferable(complaint.status):
            raise TransitionRefused(f"Laporan yang {complaint.status} tidak bisa dipindahkan.")


def _handing_on(request: TransferRequest, officer: Officer | None) -> WantedChange:
    return WantedChange(
        to=Status.KOORDINASI,
        role=officer.role if officer else Role.SUPERVISOR,
        note=request.note or request.reason,
        unit=request.to_unit,
        officer=officer,
    )
