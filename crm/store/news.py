"""News in the database. Handed out by ``crm.store.database`` within a transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from crm.domain.complaint import Complaint, News
from crm.domain.news import NewsKind, Telling
from crm.domain.reference import Reference
from crm.domain.report_number import ReportNumber
from crm.domain.status import Status
from crm.store.orm import NewsRow
from crm.store.rows import number_of, storable, written


class SqlAlchemyNews:
    """Implements ``crm.services.ports.NewsRepository``."""

    def __init__(self, session: Session, reference: Reference) -> None:
        self._session = session
        self._reference = reference

    def add(self, complaint: Complaint, telling: Telling) -> None:
        """Keep what is to be told to the reporter; an anonymous report has none."""
        if complaint.reporter is None:
            raise ValueError("nobody to tell: the report is anonymous")
        row = NewsRow(
            reporter=complaint.reporter,
            report_number=str(complaint.report_number),
            status=telling.status or complaint.status,
            unit=telling.unit or complaint.unit,
            note=storable(telling.note),
            at=telling.at,
            kind=telling.kind,
            question_id=telling.question_id,
            photo=telling.photo,
            expected_by=telling.expected_by,
            other_number=written(telling.other_number),
            reason=telling.reason,
        )
        self._session.add(row)
        # In the order of telling: the unit of work alone would not keep it.
        self._session.flush()

    def claim(self, limit: int, *, now: datetime, until: datetime) -> list[News]:
        """Take the oldest news of each reporter that nobody else holds.

        Only the oldest: a later one told by another gateway could arrive first.
        """
        oldest = select(func.min(NewsRow.id)).group_by(NewsRow.reporter)
        free = or_(NewsRow.claimed_until.is_(None), NewsRow.claimed_until <= now)
        rows = self._session.scalars(
            select(NewsRow)
            .where(NewsRow.id.in_(oldest), free)
            .order_by(NewsRow.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()
        for row in rows:
            row.claimed_until = until
        return [self._news(row) for row in rows]

    def remove(self, ids: Sequence[int]) -> None:
        """Forget news that reached the gateway."""
        self._session.execute(delete(NewsRow).where(NewsRow.id.in_(ids)))

    def _news(self, row: NewsRow) -> News:
        return News(
            news_id=row.id,
            reporter=row.reporter,
            report_number=ReportNumber.parse(row.report_number),
            status=Status(row.status),
            unit=self._reference.unit_name(row.unit),
            note=row.note,
            at=row.at,
            kind=NewsKind(row.kind),
            question_id=row.question_id,
            photo=row.photo,
            expected_by=row.expected_by,
            other_number=number_of(row.other_number),
            reason=row.reason,
        )
