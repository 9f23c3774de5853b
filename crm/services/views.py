"""What of a complaint is shown to whom: never who reported it.

Officers see what was asked, answered and added; its reporter the same without what concerns officers only;
the public what happened, without personal data. Used by the services that give a ``ComplaintView``.
"""

from dataclasses import replace

from crm.domain.complaint import Complaint, ComplaintView, StatusChange
from crm.domain.follow_up import FollowUps
from crm.domain.masking import mask_personal_data
from crm.domain.news import NewsWanted
from crm.domain.status import Role
from crm.services.ports import UnitOfWork


def officer_view(complaint: Complaint, around: FollowUps) -> ComplaintView:
    """Return what officers see."""
    return ComplaintView(
        report_number=complaint.report_number,
        description=complaint.description,
        category_code=complaint.category_code,
        unit=complaint.unit,
        location=complaint.location,
        photos=complaint.photos,
        channel=complaint.channel,
        privacy=complaint.privacy,
        status=complaint.status,
        filed_at=complaint.filed_at,
        respond_by=complaint.respond_by,
        finish_by=complaint.finish_by,
        history=complaint.history,
        version=complaint.version,
        responded_at=complaint.responded_at,
        finished_at=complaint.finished_at,
        closed_at=complaint.closed_at,
        reopened=complaint.reopened,
        expected_by=complaint.expected_by,
        escalated_at=complaint.escalated_at,
        merged_into=complaint.merged_into,
        follows=complaint.follows,
        split_from=complaint.split_from,
        split_into=around.split_into,
        refusal=complaint.refusal,
        news_wanted=complaint.news_wanted,
        questions=around.questions,
        additions=around.additions,
        verdicts=around.verdicts,
        transfers=around.transfers,
    )


def reporter_view(complaint: Complaint, work: UnitOfWork) -> ComplaintView:
    """Return what the reporter sees; of a report merged into, the number only if they may see that one."""
    view = officer_view(complaint, work.follow_ups.of(complaint.report_number))
    into = view.merged_into
    if into is not None and work.complaints.visible_to(into, complaint.reporter) is None:
        into = None
    return replace(view, history=_without_officers(view.history), transfers=(), merged_into=into)


def public_view(complaint: Complaint, work: UnitOfWork) -> ComplaintView:
    """Return what anybody sees of a public report: what looks like personal data is masked in every text.

    What the reporter said after filing, what officers asked, and which reports have the same reporter, is not
    in it.
    """
    view = reporter_view(complaint, work)
    place = view.location.text
    into = view.merged_into
    return replace(
        view,
        description=mask_personal_data(view.description),
        location=replace(view.location, text=mask_personal_data(place) if place else place),
        history=tuple(_masked(change) for change in view.history),
        merged_into=into if into and work.complaints.visible_to(into, None) else None,
        follows=None,
        split_from=None,
        split_into=(),
        news_wanted=NewsWanted.SEMUA,
        questions=(),
        additions=(),
        verdicts=(),
    )


def _without_officers(history: tuple[StatusChange, ...]) -> tuple[StatusChange, ...]:
    return tuple(replace(change, officer_id=None) for change in history)


def _masked(change: StatusChange) -> StatusChange:
    if change.role is Role.PELAPOR:
        return replace(change, note="", photos=())
    return replace(
        change,
        note=mask_personal_data(change.note),
        no_photo_reason=mask_personal_data(change.no_photo_reason),
    )
