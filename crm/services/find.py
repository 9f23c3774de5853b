"""Finds the report a caller names, if it is theirs; used by the services that take a report number."""

from dataclasses import dataclass

from crm.domain.complaint import Complaint
from crm.domain.errors import ComplaintNotFound, ConcurrentChange, NotAllowed
from crm.domain.officers import Officer
from crm.domain.report_number import ReportNumber
from crm.domain.secret_code import bare
from crm.domain.status import Status
from crm.services.ports import SecretHasher, Store, UnitOfWork


@dataclass(frozen=True)
class Claim:
    """By what somebody shows a report to be theirs: the conversation, or an anonymous report's code."""

    reporter: str | None = None
    secret_code: str | None = None


def read_number(number: ReportNumber | str) -> ReportNumber:
    """Return a report number as a value.

    Raises:
        ComplaintNotFound: it cannot be the number of any report.
    """
    if isinstance(number, ReportNumber):
        return number
    try:
        return ReportNumber.parse(number)
    except ValueError as error:
        raise ComplaintNotFound from error


def required(found: Complaint | None) -> Complaint:
    """Return what was found.

    Raises:
        ComplaintNotFound: nothing was.
    """
    if found is None:
        raise ComplaintNotFound
    return found


def found_by(
    officer: Officer | None, number: ReportNumber, work: UnitOfWork, *, to_amend: bool = False
) -> Complaint:
    """Return a report an officer sees; without an officer, any: for whoever has the server.

    With ``to_amend`` nobody else can change it within the unit of work.

    Raises:
        ComplaintNotFound: there is no such report, or it is not the officer's to see.
    """
    complaint = required(work.complaints.get_to_amend(number) if to_amend else work.complaints.get(number))
    if officer is not None and not officer.sees(complaint):
        raise ComplaintNotFound
    return complaint


def check_holds(officer: Officer | None, complaint: Complaint, to: Status | None = None) -> None:
    """Let an officer work on a report that is theirs to work on.

    Raises:
        NotAllowed: another unit holds it.
    """
    if officer is not None and not officer.holds(complaint, to):
        raise NotAllowed(
            "Laporan ini sedang dipegang unit lain. Anda bisa melihatnya, tetapi tidak mengubahnya."
        )


def check_version(complaint: Complaint, version: int | None) -> None:
    """Let pass what was decided on the report as it is now.

    Raises:
        ConcurrentChange: it was changed since.
    """
    if version is not None and version != complaint.version:
        number = complaint.report_number
        raise ConcurrentChange(f"Laporan {number} baru saja diubah orang lain. Lihat lagi, lalu ulangi.")


def check_claim(number: ReportNumber | None, claim: Claim, *, store: Store, hasher: SecretHasher) -> None:
    """Let pass whoever filed a report: known as its reporter, or by the code of an anonymous one.

    Done before the transaction that changes something, as comparing a code is slow. Absent, not theirs and
    wrong code cost the same and are told alike (docs/adr/0004); ``None`` is the number of no report.

    Raises:
        ComplaintNotFound: it is not the caller's.
        StoreUnavailable: the store does not answer.
    """
    secret_hash = None
    if number is not None:
        with store.reading() as work:
            if claim.reporter is not None and work.complaints.is_of(number, claim.reporter):
                return
            secret_hash = work.complaints.secret_hash(number)
    if claim.secret_code is None or not hasher.verify(secret_hash, bare(claim.secret_code)):
        raise ComplaintNotFound
