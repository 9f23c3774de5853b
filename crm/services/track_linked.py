"""Track a complaint by the link its reporter got in the chat. Called by ``crm.bootstrap.Crm`` for the tracking page."""

from crm.domain.complaint import ComplaintView
from crm.domain.errors import ComplaintNotFound
from crm.domain.report_number import ReportNumber
from crm.services.find import required
from crm.services.ports import Store
from crm.services.views import reporter_view


def track_linked(number: ReportNumber, *, store: Store) -> ComplaintView:
    """Return a report as its reporter sees it; the caller has made sure that the link is right.

    Raises:
        ComplaintNotFound: there is no such report, or it is anonymous: those open by their code only.
        StoreUnavailable: the store does not answer.
    """
    with store.reading() as work:
        complaint = required(work.complaints.get(number))
        if complaint.privacy.anonymous:
            raise ComplaintNotFound
        return reporter_view(complaint, work)
