"""Read a complaint as the officer who handles it. Called by ``crm.bootstrap.Crm`` for the command line."""

from crm.domain.complaint import ComplaintView
from crm.domain.report_number import ReportNumber
from crm.services.find import read_number, required
from crm.services.ports import Store
from crm.services.views import full_view


def read_complaint(number: ReportNumber | str, *, store: Store) -> ComplaintView:
    """Return a report whatever its privacy; who reported it is not in it.

    Raises:
        ComplaintNotFound: there is no such report.
        StoreUnavailable: the store does not answer.
    """
    with store.reading() as work:
        return full_view(required(work.complaints.get(read_number(number))))
