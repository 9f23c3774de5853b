"""Tell a reporter something: one row of news in the transaction of what happened.

Used by all services that change something a reporter should hear of. Anonymous reports have nobody to tell;
who wants to hear of the end only is told of nothing else.
"""

from crm.domain.complaint import Complaint, StatusChange
from crm.domain.masking import mask_personal_data
from crm.domain.news import NewsKind, Telling
from crm.domain.privacy import Privacy
from crm.domain.status import Role
from crm.services.ports import UnitOfWork


def tell(work: UnitOfWork, complaint: Complaint, telling: Telling) -> None:
    """Keep what the report's reporter is to be told, if there is one who wants to hear it."""
    status = telling.status or complaint.status
    if complaint.reporter is not None and complaint.news_wanted.includes(telling.kind, status):
        work.news.add(complaint, telling)


def tell_followers(work: UnitOfWork, complaint: Complaint, change: StatusChange) -> None:
    """Tell the reporters of reports merged into this one what happened to it.

    What an officer wrote or photographed for a private report's reporter is not for them, nor what the other
    reporter said.
    """
    is_public = complaint.privacy is Privacy.PUBLIK
    shows_words = is_public and change.role is not Role.PELAPOR
    for follower in work.complaints.merged_with(complaint.report_number):
        is_own = follower.reporter == complaint.reporter
        if is_own:
            continue
        telling = Telling(
            at=change.at,
            kind=NewsKind.FOLLOWED,
            note=mask_personal_data(change.note) if shows_words else "",
            photo=next(iter(change.photos), None) if shows_words else None,
            other_number=complaint.report_number if is_public else None,
            status=change.status,
            unit=change.unit,
        )
        tell(work, follower, telling)
