"""Turns complaints into rows and rows into complaints. Used by the repositories of this package."""

from crm.domain.complaint import Complaint, ComplaintSummary, Location, StatusChange
from crm.domain.news import NewsWanted
from crm.domain.privacy import Privacy, Visibility
from crm.domain.report_number import ReportNumber
from crm.domain.status import Role, Status
from crm.store.orm import ChangePhotoRow, ComplaintRow, PhotoRow, StatusChangeRow


def to_row(complaint: Complaint, *, draft_key: str | None, secret_hash: str | None) -> ComplaintRow:
    """Return the row of a new complaint, its photos and history with it."""
    place = complaint.location
    return ComplaintRow(
        report_number=str(complaint.report_number),
        draft_key=draft_key,
        description=storable(complaint.description),
        category_code=complaint.category_code,
        predicted_category=complaint.predicted_category,
        unit=complaint.unit,
        place=storable(place.text) if place.text else None,
        kelurahan_code=place.kelurahan_code,
        lat=place.lat,
        lon=place.lon,
        channel=complaint.channel,
        visibility=complaint.privacy.visibility,
        anonymous=complaint.privacy.anonymous,
        reporter=complaint.reporter,
        secret_hash=secret_hash,
        status=complaint.status,
        version=complaint.version,
        filed_at=complaint.filed_at,
        respond_by=complaint.respond_by,
        finish_by=complaint.finish_by,
        due_at=complaint.due_at,
        follows=written(complaint.follows),
        split_from=written(complaint.split_from),
        news_wanted=complaint.news_wanted,
        photos=[PhotoRow(position=index, name=name) for index, name in enumerate(complaint.photos)],
        history=[change_to_row(change) for change in complaint.history],
    )


def change_to_row(change: StatusChange) -> StatusChangeRow:
    """Return the row of one line of a history."""
    return StatusChangeRow(
        status=change.status,
        at=change.at,
        role=change.role,
        unit=change.unit,
        note=storable(change.note),
        no_photo_reason=storable(change.no_photo_reason),
        officer_id=change.officer_id,
        photos=[ChangePhotoRow(position=index, name=name) for index, name in enumerate(change.photos)],
    )


def written(number: ReportNumber | None) -> str | None:
    """Return a report number as it is stored."""
    return None if number is None else str(number)


def number_of(text: str | None) -> ReportNumber | None:
    """Return a stored report number."""
    return None if text is None else ReportNumber.parse(text)


def storable(text: str) -> str:
    """Return a text as databases take it: no NUL (PostgreSQL), no halves of characters (UTF-8)."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def to_complaint(row: ComplaintRow) -> Complaint:
    """Return the complaint a row holds."""
    return Complaint(
        report_number=ReportNumber.parse(row.report_number),
        description=row.description,
        category_code=row.category_code,
        predicted_category=row.predicted_category,
        unit=row.unit,
        location=_location(row),
        photos=tuple(photo.name for photo in row.photos),
        channel=row.channel,
        privacy=_privacy(row),
        reporter=row.reporter,
        status=Status(row.status),
        filed_at=row.filed_at,
        respond_by=row.respond_by,
        finish_by=row.finish_by,
        history=tuple(_change(change) for change in row.history),
        version=row.version,
        responded_at=row.responded_at,
        finished_at=row.finished_at,
        closed_at=row.closed_at,
        reopened=row.reopened,
        expected_by=row.expected_by,
        escalated_at=row.escalated_at,
        merged_into=number_of(row.merged_into),
        follows=number_of(row.follows),
        split_from=number_of(row.split_from),
        refusal=row.refusal,
        news_wanted=NewsWanted(row.news_wanted),
    )


def to_summary(row: ComplaintRow) -> ComplaintSummary:
    """Return what a list shows of a row."""
    return ComplaintSummary(
        report_number=ReportNumber.parse(row.report_number),
        category_code=row.category_code,
        unit=row.unit,
        location=_location(row),
        status=Status(row.status),
        privacy=_privacy(row),
        filed_at=row.filed_at,
        description=row.description,
        due_at=row.due_at,
        expected_by=row.expected_by,
        escalated_at=row.escalated_at,
        reopened=row.reopened,
    )


def _location(row: ComplaintRow) -> Location:
    return Location(text=row.place, kelurahan_code=row.kelurahan_code, lat=row.lat, lon=row.lon)


def _privacy(row: ComplaintRow) -> Privacy:
    return Privacy.of(Visibility(row.visibility), anonymous=row.anonymous)


def _change(row: StatusChangeRow) -> StatusChange:
    return StatusChange(
        status=Status(row.status),
        at=row.at,
        role=Role(row.role),
        unit=row.unit,
        note=row.note,
        photos=tuple(photo.name for photo in row.photos),
        no_photo_reason=row.no_photo_reason,
        officer_id=row.officer_id,
    )
