"""Figures in the database: reads reports to be counted, keeps tallies and what is published of them.

Handed out by ``crm.store.database`` within a transaction. Months are read by the index on the time of filing, changes
by their key: neither depends on how many reports there are.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, exists, func, insert, select
from sqlalchemy.orm import Session

from crm.domain.figures import Figures, Period
from crm.domain.places import JAKARTA
from crm.domain.privacy import Visibility
from crm.domain.status import Role, Status
from crm.domain.tally import CountedReport, Tally
from crm.services.ports import RefreshState
from crm.store.orm import ChangePhotoRow, ComplaintRow, StatusChangeRow
from crm.store.orm_figures import FigureRefreshRow, MonthlyFigureRow, MonthlyTallyRow

_AT_ONCE = 5000


class SqlAlchemyFigures:
    """Implements ``crm.services.ports.FigureRepository``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def state(self) -> RefreshState | None:
        """Return how far the last refresh came, None before the first."""
        row = self._session.get(FigureRefreshRow, 1)
        return RefreshState(row.settled, row.seen, row.as_of) if row else None

    def keep_state(self, state: RefreshState) -> None:
        """Keep how far this refresh came."""
        self._session.merge(FigureRefreshRow(id=1, settled=state.settled, seen=state.seen, as_of=state.as_of))

    def last_change(self) -> int:
        """Return the key of the latest change of status."""
        return self._session.scalar(select(func.max(StatusChangeRow.id))) or 0

    def first_filed(self) -> datetime | None:
        """Return when the earliest report was filed."""
        return self._session.scalar(select(func.min(ComplaintRow.filed_at)))

    def changed_since(self, change: int) -> Iterator[datetime]:
        """Yield when the reports were filed whose status changed after a change; filing is one, too."""
        filed = select(ComplaintRow.filed_at).join(
            StatusChangeRow, StatusChangeRow.complaint_id == ComplaintRow.id
        )
        changed = filed.where(StatusChangeRow.id > change).execution_options(yield_per=_AT_ONCE)
        yield from self._session.scalars(changed)

    def reports_of(self, month: Period) -> Iterator[CountedReport]:
        """Yield what is counted of a month's reports."""
        for row in self._session.execute(_counted(month).execution_options(yield_per=_AT_ONCE)):
            visibility, status, *rest = row[1:]
            yield CountedReport(row[0], visibility == Visibility.PUBLIK, Status(status), *rest)

    def keep_tallies(self, month: Period, tallies: Mapping[str, Tally]) -> None:
        """Keep a month's tallies by kelurahan instead of the earlier ones."""
        self._session.execute(delete(MonthlyTallyRow).where(MonthlyTallyRow.month == str(month)))
        rows = [
            {
                "month": str(month),
                "kelurahan_code": code,
                "public": dict(tally.public),
                "private": dict(tally.private),
            }
            for code, tally in tallies.items()
        ]
        if rows:
            self._session.execute(insert(MonthlyTallyRow), rows)

    def tallies_of(self, month: Period) -> dict[str, Tally]:
        """Return a month's tallies by kelurahan."""
        rows = self._session.scalars(select(MonthlyTallyRow).where(MonthlyTallyRow.month == str(month)))
        return {row.kelurahan_code: Tally(Counter(row.public), Counter(row.private)) for row in rows}

    def tallied_months(self, year: Period) -> Sequence[Period]:
        """Return the months of a year that were counted."""
        begins = MonthlyTallyRow.month.startswith(f"{year.year}-")
        months = self._session.scalars(select(MonthlyTallyRow.month).where(begins).distinct())
        return sorted((Period.parse(month) for month in months), key=str)

    def is_published_by_city(self, period: Period) -> bool:
        """Tell whether the figures of a period are the city's own, which no count replaces."""
        row = self._session.get(MonthlyFigureRow, (str(period), JAKARTA))
        return row is not None and row.source is not None

    def keep_figures(
        self,
        period: Period,
        published: Mapping[str, Mapping[str, int]],
        *,
        as_of: datetime | None = None,
        source: str | None = None,
    ) -> None:
        """Keep what is published of a period, by place, instead of the earlier figures."""
        self._session.execute(delete(MonthlyFigureRow).where(MonthlyFigureRow.period == str(period)))
        rows = [
            {
                "period": str(period),
                "place": place,
                "numbers": dict(numbers),
                "as_of": as_of,
                "source": source,
            }
            for place, numbers in published.items()
        ]
        if rows:
            self._session.execute(insert(MonthlyFigureRow), rows)

    def published(self, period: Period) -> dict[str, Mapping[str, int]]:
        """Return what is published of a period, by place."""
        columns = (MonthlyFigureRow.place, MonthlyFigureRow.numbers)
        rows = self._session.execute(select(*columns).where(MonthlyFigureRow.period == str(period)))
        return {place: numbers for place, numbers in rows}

    def figures(self, period: Period, places: Sequence[str]) -> dict[str, Figures]:
        """Return the figures of some places in a period, where there are any."""
        wanted = (MonthlyFigureRow.period == str(period), MonthlyFigureRow.place.in_(places))
        return {one.place: one for one in self._read(select(MonthlyFigureRow).where(*wanted))}

    def months(self, place: str, first: Period, last: Period) -> Sequence[Figures]:
        """Return a place's figures from month to month, the earliest first."""
        period = MonthlyFigureRow.period
        wanted = (
            MonthlyFigureRow.place == place,
            period.between(str(first), str(last)),
            period.contains("-"),
        )
        return self._read(select(MonthlyFigureRow).where(*wanted).order_by(period))

    def periods(self, place: str) -> Sequence[Period]:
        """Return the periods there are figures of a place for, the newest first."""
        period = MonthlyFigureRow.period
        found = select(period).where(MonthlyFigureRow.place == place).order_by(period.desc())
        return [Period.parse(text) for text in self._session.scalars(found)]

    def _read(self, statement: Select[MonthlyFigureRow]) -> list[Figures]:
        """Return figures; our own are as of the last refresh, whether it had to count them again or not."""
        state = self.state()
        return [
            Figures(Period.parse(row.period), row.place, row.numbers, as_of, row.source)
            for row in self._session.scalars(statement)
            if (as_of := row.as_of or (state.as_of if state else None)) is not None
        ]


def _counted(month: Period) -> Select[Any]:
    change = StatusChangeRow
    refused = (
        select(func.count())
        .where(
            change.complaint_id == ComplaintRow.id,
            change.status == Status.TL_DITOLAK,
            change.role != Role.PELAPOR,
        )
        .scalar_subquery()
    )
    has_proof = exists(ChangePhotoRow.change_id).where(
        ChangePhotoRow.change_id == change.id,
        change.complaint_id == ComplaintRow.id,
        change.status == Status.MENUNGGU_VALIDASI,
    )
    return select(
        ComplaintRow.kelurahan_code,
        ComplaintRow.visibility,
        ComplaintRow.status,
        ComplaintRow.category_code,
        ComplaintRow.channel,
        ComplaintRow.filed_at,
        ComplaintRow.responded_at,
        ComplaintRow.finished_at,
        ComplaintRow.reopened,
        refused,
        has_proof,
    ).where(ComplaintRow.filed_at >= month.begins, ComplaintRow.filed_at < month.ends)
