"""Read a complaint as an officer, or from the command line. Called by ``crm.bootstrap.Crm``."""

from crm.domain.complaint import ComplaintView
from crm.domain.officers import Officer
from crm.domain.report_number import ReportNumber
from crm.services.find import found_by, read_number
from crm.services.ports import Store
from crm.services.views import officer_view


def read_complaint(number: ReportNumber | str, officer: Officer | None, *, store: Store) -> ComplaintView:
    """Return a report whatever its privacy; who reported it is not in it.

    Raises:
        ComplaintNotFound: there is no such report, or it is not the officer's to see.
        StoreUnavailable: the store does not answer.
    """
    with store.reading() as work:
        complaint = found_by(officer, read_number(number), work)
        return officer_view(complaint, work.follow_ups.of(complaint.report_number))
