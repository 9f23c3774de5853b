"""What of a complaint is shown: all but who reported it, and to the public without personal data.

Used by the services that give a ``ComplaintView``.
"""

from dataclasses import replace

from crm.domain.complaint import Complaint, ComplaintView
from crm.domain.masking import mask_personal_data


def full_view(complaint: Complaint) -> ComplaintView:
    """Return what the reporter and officers see."""
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
    )


def public_view(complaint: Complaint) -> ComplaintView:
    """Return what anybody sees of a public report: what looks like personal data is masked in every text."""
    view = full_view(complaint)
    place = view.location.text
    return replace(
        view,
        description=mask_personal_data(view.description),
        location=replace(view.location, text=mask_personal_data(place) if place else place),
        history=tuple(replace(change, note=mask_personal_data(change.note)) for change in view.history),
    )
