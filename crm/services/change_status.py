"""Change a report's status: the one place where it happens.

Called by ``crm.bootstrap.Crm`` for the command line. Status, history row and news row are one transaction.
"""

from dataclasses import dataclass, replace

from crm.domain.complaint import Complaint, ComplaintView, StatusChange
from crm.domain.errors import TransitionRefused
from crm.domain.reference import Reference
from crm.domain.report_number import ReportNumber
from crm.domain.status import Given, Role, Status, check_transition
from crm.domain.times import Clock, hour_of
from crm.services.find import read_number, required
from crm.services.ports import Store
from crm.services.views import full_view


@dataclass(frozen=True)
class WantedChange:
    """What somebody wants: the status, in what capacity, with which note and unit."""

    to: Status
    role: Role
    note: str = ""
    unit: str | None = None


def change_status(
    number: ReportNumber | str, wanted: WantedChange, *, store: Store, reference: Reference, clock: Clock
) -> ComplaintView:
    """Make a change if the table allows it, and return the report as it is then.

    Whoever acts as the reporter must have been shown to be the reporter by the caller. An anonymous report
    has nobody to be told, and of its reporter's own acts only the hour is kept.

    Raises:
        ComplaintNotFound: there is no such report.
        TransitionRefused: the table does not allow it, or something it requires is missing.
        ConcurrentChange: somebody else changed the report meanwhile.
        StoreUnavailable: the outcome is unknown.
    """
    if wanted.unit is not None and wanted.unit not in reference.units:
        raise TransitionRefused(
            f"Unit {wanted.unit} tidak dikenal. Yang dikenal: {', '.join(reference.units)}."
        )
    with store.writing() as work:
        complaint = required(work.complaints.get(read_number(number)))
        check_transition(complaint.status, wanted.to, role=wanted.role, given=_given(wanted))
        change = _change(complaint, wanted, clock)
        work.complaints.record(complaint, change)
        if complaint.reporter is not None:
            work.news.add(complaint, change)
    return full_view(_changed(complaint, change))


def _given(wanted: WantedChange) -> frozenset[Given]:
    given = {Given.NOTE: wanted.note.strip(), Given.UNIT: wanted.unit}
    return frozenset(what for what, value in given.items() if value)


def _change(complaint: Complaint, wanted: WantedChange, clock: Clock) -> StatusChange:
    now = clock()
    unseen = complaint.privacy.anonymous and wanted.role is Role.PELAPOR
    return StatusChange(
        status=wanted.to,
        at=hour_of(now) if unseen else now,
        role=wanted.role,
        unit=wanted.unit or complaint.unit,
        note=wanted.note.strip(),
    )


def _changed(complaint: Complaint, change: StatusChange) -> Complaint:
    return replace(
        complaint,
        status=change.status,
        unit=change.unit,
        history=(*complaint.history, change),
        version=complaint.version + 1,
    )
