"""Complaints in the database. Handed out by ``crm.store.database`` within a transaction."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, func, or_, select, union_all, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, lazyload

from crm.domain.complaint import PAGE_SIZE, Complaint, ComplaintFilter, ComplaintPage
from crm.domain.corpus import Described
from crm.domain.errors import ConcurrentChange
from crm.domain.privacy import Privacy, Visibility
from crm.domain.reference import Reference
from crm.domain.report_number import ReportNumber
from crm.domain.status import Status
from crm.services.ports import DraftAlreadyFiled
from crm.store.orm import (
    AdditionPhotoRow,
    AnswerPhotoRow,
    ChangePhotoRow,
    ComplaintRow,
    DailySequenceRow,
    HoldingRow,
    PhotoRow,
)
from crm.store.rows import change_to_row, number_of, to_complaint, to_row, to_summary, written
from crm.store.search import keep_words


class SqlAlchemyComplaints:
    """Implements ``crm.services.ports.ComplaintRepository``."""

    def __init__(self, session: Session, reference: Reference) -> None:
        self._session = session
        self._reference = reference

    def next_sequence(self, day: date) -> int:
        """Count one further report of a day; others wait until this transaction ends."""
        insert_or = sqlite.insert if self._session.get_bind().dialect.name == "sqlite" else postgresql.insert
        statement = (
            insert_or(DailySequenceRow)
            .values(day=day, last=1)
            .on_conflict_do_update(
                index_elements=[DailySequenceRow.day], set_={"last": DailySequenceRow.last + 1}
            )
            .returning(DailySequenceRow.last)
        )
        return self._session.execute(statement).scalar_one()

    def add(self, complaint: Complaint, *, draft_key: str | None, secret_hash: str | None) -> None:
        """Keep a new complaint; raises ``DraftAlreadyFiled`` when the draft's key is taken."""
        row = to_row(complaint, draft_key=draft_key, secret_hash=secret_hash)
        self._session.add(row)
        try:
            self._session.flush()
        except IntegrityError as error:
            if "draft_key" in str(error.orig):
                raise DraftAlreadyFiled from error
            raise
        self._session.add(HoldingRow(unit=complaint.unit, complaint_id=row.id))
        keep_words(self._session, row.id, [row.report_number, row.description, *self._place_words(row)])

    def filed_as(self, draft_key: str) -> Complaint | None:
        """Return what a draft was filed as."""
        return self._one(ComplaintRow.draft_key == draft_key)

    def get(self, number: ReportNumber) -> Complaint | None:
        """Return a complaint whoever asks."""
        return self._one(ComplaintRow.report_number == str(number))

    def get_to_amend(self, number: ReportNumber) -> Complaint | None:
        """Return a complaint and let nobody else change it within this transaction."""
        of_number = ComplaintRow.report_number == str(number)
        self._session.execute(select(ComplaintRow.id).where(of_number).with_for_update())
        return self._one(of_number)

    def is_of(self, number: ReportNumber, reporter: str) -> bool:
        """Tell whether a complaint is the reporter's own."""
        own = (ComplaintRow.report_number == str(number), ComplaintRow.reporter == reporter)
        return self._session.scalar(select(ComplaintRow.id).where(*own)) is not None

    def merged_with(self, number: ReportNumber) -> Sequence[Complaint]:
        """Return the complaints that were merged into this one; nobody else changes them meanwhile."""
        merged = select(ComplaintRow).where(ComplaintRow.merged_into == str(number))
        rows = self._session.scalars(merged.order_by(ComplaintRow.id).with_for_update())
        return [to_complaint(row) for row in rows]

    def repoint_merged(self, number: ReportNumber, into: ReportNumber) -> None:
        """Let what was merged into a complaint follow it into another."""
        merged = ComplaintRow.merged_into == str(number)
        self._session.execute(update(ComplaintRow).where(merged).values(merged_into=str(into)))

    def visible_to(self, number: ReportNumber, reporter: str | None) -> Complaint | None:
        """Return a complaint if it is public or the reporter's own."""
        public = ComplaintRow.visibility == Visibility.PUBLIK
        # Compared with None, SQL would ask for "no reporter": every anonymous report.
        visible = public if reporter is None else or_(public, ComplaintRow.reporter == reporter)
        return self._one(ComplaintRow.report_number == str(number), visible)

    def secret_hash(self, number: ReportNumber) -> str | None:
        """Return the hash of an anonymous report's code."""
        return self._session.scalar(
            select(ComplaintRow.secret_hash).where(ComplaintRow.report_number == str(number))
        )

    def replace_secret(self, number: ReportNumber, secret_hash: str) -> None:
        """Make an anonymous report's earlier code worthless."""
        of_number = ComplaintRow.report_number == str(number)
        self._session.execute(update(ComplaintRow).where(of_number).values(secret_hash=secret_hash))

    def page_of(self, reporter: str, *, page: int, category_code: str | None) -> ComplaintPage:
        """Return a page of a reporter's own complaints, newest first."""
        wanted = [ComplaintRow.reporter == reporter]
        if category_code is not None:
            wanted.append(ComplaintRow.category_code == category_code)
        return self._page(wanted, page)

    def search(self, wanted: ComplaintFilter, *, page: int) -> ComplaintPage:
        """Return a page of everybody's complaints, newest first."""
        columns = {
            ComplaintRow.status: wanted.status,
            ComplaintRow.category_code: wanted.category_code,
            ComplaintRow.unit: wanted.unit,
            ComplaintRow.kelurahan_code: wanted.kelurahan_code,
        }
        return self._page([column == value for column, value in columns.items() if value is not None], page)

    def latest_like(
        self, reporter: str, *, category_code: str, kelurahan_code: str, closed_since: datetime
    ) -> ReportNumber | None:
        """Return a reporter's latest complaint of a category and kelurahan, open or closed since then."""
        ended = func.coalesce(ComplaintRow.closed_at, ComplaintRow.finished_at)
        number = self._session.scalar(
            select(ComplaintRow.report_number)
            .where(
                ComplaintRow.reporter == reporter,
                ComplaintRow.category_code == category_code,
                ComplaintRow.kelurahan_code == kelurahan_code,
                ComplaintRow.status != Status.DIBATALKAN,
                or_(ended.is_(None), ended >= closed_since),
            )
            .order_by(ComplaintRow.id.desc())
            .limit(1)
        )
        return number_of(number)

    def described(
        self, *, after: int, since: datetime | None, public_only: bool, limit: int
    ) -> Sequence[Described]:
        """Return what the next complaints after a key say, oldest first; nothing else of them is read."""
        wanted = [ComplaintRow.id > after]
        if since is not None:
            wanted.append(ComplaintRow.filed_at >= since)
        if public_only:
            wanted.append(ComplaintRow.visibility == Visibility.PUBLIK)
        columns = (
            ComplaintRow.id,
            ComplaintRow.description,
            ComplaintRow.category_code,
            ComplaintRow.predicted_category,
            ComplaintRow.visibility,
            ComplaintRow.anonymous,
        )
        rows = self._session.execute(select(*columns).where(*wanted).order_by(ComplaintRow.id).limit(limit))
        return [
            Described(key, text, code, predicted, Privacy.of(Visibility(visibility), anonymous=anonymous))
            for key, text, code, predicted, visibility, anonymous in rows
        ]

    def record(self, changed: Complaint) -> None:
        """Append the last change and make it the present status; raises ``ConcurrentChange`` when stale."""
        number, change = str(changed.report_number), changed.history[-1]
        statement = (
            update(ComplaintRow)
            .where(ComplaintRow.report_number == number, ComplaintRow.version == changed.version - 1)
            .values(status=changed.status, unit=changed.unit, version=changed.version, **_mutable(changed))
            .returning(ComplaintRow.id)
        )
        complaint_id = self._session.execute(statement).scalar_one_or_none()
        if complaint_id is None:
            raise ConcurrentChange(f"Laporan {number} baru saja diubah orang lain. Lihat lagi, lalu ulangi.")
        row = change_to_row(change)
        row.complaint_id = complaint_id
        self._session.add(row)
        self._session.merge(HoldingRow(unit=change.unit, complaint_id=complaint_id))

    def amend(self, complaint: Complaint) -> None:
        """Keep what changed besides the status; the caller has read the complaint to change it."""
        statement = update(ComplaintRow).where(ComplaintRow.report_number == str(complaint.report_number))
        self._session.execute(statement.values(**_mutable(complaint)))

    def attached_photos(self, names: Sequence[str]) -> frozenset[str]:
        """Return those of these photos that belong to a complaint or to what was said about it."""
        tables = (PhotoRow, ChangePhotoRow, AnswerPhotoRow, AdditionPhotoRow)
        found = union_all(*(select(table.name).where(table.name.in_(names)) for table in tables))
        return frozenset(self._session.scalars(found))

    def forget_anonymous_drafts(self, filed_before: datetime) -> int:
        """Drop the draft keys of anonymous complaints; return how many there were."""
        forget = (
            update(ComplaintRow)
            .where(
                ComplaintRow.anonymous,
                ComplaintRow.draft_key.is_not(None),
                ComplaintRow.filed_at < filed_before,
            )
            .values(draft_key=None)
        )
        return cast(CursorResult[Any], self._session.execute(forget)).rowcount

    def _place_words(self, row: ComplaintRow) -> list[str | None]:
        areas = (area for area in self._reference.areas if area.code == row.kelurahan_code)
        return [row.place, *(name for area in areas for name in (area.name, area.kecamatan, area.kota))]

    def _one(self, *conditions: ColumnElement[bool]) -> Complaint | None:
        statement = select(ComplaintRow).where(*conditions).execution_options(populate_existing=True)
        row = self._session.scalar(statement)
        return to_complaint(row) if row else None

    def _page(self, conditions: Sequence[ColumnElement[bool]], page: int) -> ComplaintPage:
        total = self._session.scalar(select(func.count()).select_from(ComplaintRow).where(*conditions)) or 0
        rows = self._session.scalars(
            select(ComplaintRow)
            .options(lazyload("*"))
            .where(*conditions)
            .order_by(ComplaintRow.id.desc())
            .limit(PAGE_SIZE)
            .offset((page - 1) * PAGE_SIZE)
        )
        return ComplaintPage(items=tuple(to_summary(row) for row in rows), page=page, total=total)


def _mutable(complaint: Complaint) -> dict[str, Any]:
    """Return the columns that change during a report's life, besides those of ``record``."""
    return {
        "responded_at": complaint.responded_at,
        "finished_at": complaint.finished_at,
        "closed_at": complaint.closed_at,
        "due_at": complaint.due_at,
        "expected_by": complaint.expected_by,
        "escalated_at": complaint.escalated_at,
        "reopened": complaint.reopened,
        "merged_into": written(complaint.merged_into),
        "refusal": complaint.refusal,
        "news_wanted": complaint.news_wanted,
    }
