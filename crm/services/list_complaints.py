"""List complaints: a citizen's own, or everybody's for officers. Called by ``crm.bootstrap.Crm``."""

from crm.domain.complaint import ComplaintFilter, ComplaintPage
from crm.services.ports import Store


def list_complaints(reporter: str, *, page: int, category: str | None, store: Store) -> ComplaintPage:
    """Return a page of the reporter's own reports, newest first; pages count from 1.

    Raises:
        StoreUnavailable: the store does not answer.
    """
    with store.reading() as work:
        return work.complaints.page_of(reporter, page=max(page, 1), category_code=category)


def search_complaints(wanted: ComplaintFilter, *, page: int, store: Store) -> ComplaintPage:
    """Return a page of everybody's reports, newest first. For officers.

    Raises:
        StoreUnavailable: the store does not answer.
    """
    with store.reading() as work:
        return work.complaints.search(wanted, page=max(page, 1))
