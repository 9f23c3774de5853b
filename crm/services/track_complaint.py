"""Track a complaint: its whole story for whoever may see it, and the same refusal for everybody else.

Called by ``crm.bootstrap.Crm`` for the chat. So that numbers cannot be probed, whether a report is absent
or not the caller's is decided inside one query that finds a row or none, and a given code is compared with
a dummy hash where there is no real one: both refusals do the same work and raise the same error.
"""

from crm.domain.complaint import ComplaintView
from crm.domain.errors import ComplaintNotFound
from crm.domain.report_number import ReportNumber
from crm.domain.secret_code import bare
from crm.services.find import read_number, required
from crm.services.ports import SecretHasher, Store
from crm.services.views import public_view, reporter_view


def track_complaint(
    number: ReportNumber | str,
    *,
    reporter: str | None,
    secret_code: str | None,
    store: Store,
    hasher: SecretHasher,
) -> ComplaintView:
    """Return a report: one's own, a public one, or an anonymous one with its code.

    Raises:
        ComplaintNotFound: there is no such report, or it is not the caller's to see.
        StoreUnavailable: the store does not answer.
    """
    number = read_number(number)
    with store.reading() as work:
        visible = work.complaints.visible_to(number, reporter)
        if visible:
            own = reporter is not None and visible.reporter == reporter
            return reporter_view(visible, work) if own else public_view(visible, work)
        secret_hash = work.complaints.secret_hash(number)
    if secret_code is None or not hasher.verify(secret_hash, bare(secret_code)):
        raise ComplaintNotFound
    with store.reading() as work:
        return reporter_view(required(work.complaints.get(number)), work)
