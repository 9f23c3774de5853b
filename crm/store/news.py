"""News in the database. Handed out by ``crm.store.database`` within a transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from crm.domain.complaint import Complaint, News, StatusChange
from crm.domain.reference import Reference
from crm.domain.report_number import ReportNumber
from crm.domain.status import Status
from crm.store.orm import NewsRow
from crm.store.rows import storable


class SqlAlchemyNews:
    """Implements ``crm.services.ports.NewsRepository``."""

    def __init__(self, session: Session, reference: Reference) -> None:
        self._session = session
        self._reference = reference

    def add(self, complaint: Complaint, change: StatusChange) -> None:
        """Keep a change of status to be told to the reporter; an anonymous report has none."""
        if complaint.reporter is None:
            raise ValueError("nobody to tell: the report is anonymous")
        row = NewsRow(
            reporter=complaint.reporter,
            report_number=str(complaint.report_number),
            status=change.status,
            unit=change.unit,
            note=storable(change.note),
            at=change.at,
        )
        self._session.add(row)

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
        )
