"""Reports as lists for officers and for the clock. Handed out by ``crm.store.database`` within a transaction.

Every page starts where the last one ended (keyset), in an index: pages cost the same wherever they are. Only
the rows of the page are read, without photos and histories.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, literal_column, or_, select, union
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, lazyload

from crm.domain.complaint import Complaint, ComplaintSummary, Location
from crm.domain.officers import Scope
from crm.domain.reference import Reference
from crm.domain.report_number import ReportNumber
from crm.domain.status import OPEN_STATUSES, Status
from crm.domain.worklist import Cursor, Order, Worklist, WorklistFilter
from crm.store.orm import ComplaintRow, HoldingRow
from crm.store.rows import to_complaint, to_summary
from crm.store.search import matches, searched, words_of


class SqlAlchemyWorklist:
    """Implements ``crm.services.ports.WorklistRepository``."""

    def __init__(self, session: Session, reference: Reference) -> None:
        self._session = session
        self._reference = reference

    def page(
        self, scope: Scope, wanted: WorklistFilter, *, after: Cursor | None, size: int, now: datetime
    ) -> Worklist:
        """Return the next ``size`` reports an officer sees and wants to see."""
        statement, key = self._joined(scope, wanted)
        statement = statement.where(*self._conditions(scope, wanted, now))
        if wanted.order is Order.NEWEST:
            statement = statement.order_by(key.desc())
            if after is not None:
                statement = statement.where(key < after.key)
        else:
            statement = _by_urgency(statement, after)
        rows = self._session.scalars(statement.options(lazyload("*")).limit(size + 1)).all()
        shown = rows[:size]
        return Worklist(
            tuple(map(to_summary, shown)), _cursor(shown[-1], wanted) if len(rows) > size else None
        )

    def related(
        self, complaint: Complaint, scope: Scope, *, since: datetime, degrees: float, limit: int
    ) -> Sequence[ComplaintSummary]:
        """Return open reports of the same category in the same kelurahan, or within a box around the point."""
        places = _places_near(complaint.location, degrees)
        if not places:
            return []
        near = union(*(select(ComplaintRow.id).where(place) for place in places))
        statement = (
            select(ComplaintRow)
            .options(lazyload("*"))
            .where(
                ComplaintRow.id.in_(near),
                ComplaintRow.category_code == complaint.category_code,
                ComplaintRow.status.in_(OPEN_STATUSES),
                ComplaintRow.filed_at >= since,
                ComplaintRow.report_number != str(complaint.report_number),
                *self._seen(scope),
            )
            .order_by(ComplaintRow.id.desc())
            .limit(limit)
        )
        return [to_summary(row) for row in self._session.scalars(statement)]

    def overdue(self, now: datetime, limit: int) -> Sequence[Complaint]:
        """Return reports whose next step is overdue and whose reporter was promised no later date."""
        not_promised = or_(ComplaintRow.expected_by.is_(None), ComplaintRow.expected_by <= now)
        return self._held(limit, ComplaintRow.due_at, ComplaintRow.due_at <= now, not_promised)

    def silent(self, finished_before: datetime, limit: int) -> Sequence[Complaint]:
        """Return reports that are "Selesai" since then without a word of the reporter."""
        return self._held(
            limit,
            ComplaintRow.finished_at,
            ComplaintRow.status == Status.SELESAI,
            ComplaintRow.closed_at.is_(None),
            ComplaintRow.finished_at <= finished_before,
        )

    def _held(
        self, limit: int, first: InstrumentedAttribute[Any], *conditions: ColumnElement[bool]
    ) -> Sequence[Complaint]:
        """Return what nobody else is changing, and let nobody else change it."""
        statement = (
            select(ComplaintRow)
            .where(*conditions)
            .order_by(first)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [to_complaint(row) for row in self._session.scalars(statement)]

    def _joined(self, scope: Scope, wanted: WorklistFilter) -> tuple[Select[Any], ColumnElement[int]]:
        """Begin where the fewest rows are: at the number, at the words, at a unit's reports, else at all.

        The key is the column whose index is walked. By urgency it is the index of what is due: little of all.
        """
        statement = select(ComplaintRow)
        if number := _whole_number(wanted.text):
            return statement.where(ComplaintRow.report_number == number), ComplaintRow.id.expression
        if words := words_of([wanted.text]):
            dialect = self._session.get_bind().dialect.name
            table, key = searched(dialect)
            return statement.join(table, key == ComplaintRow.id).where(matches(dialect, words)), key
        unit = scope.unit or wanted.unit
        if unit is not None and wanted.order is Order.NEWEST:
            of_unit = and_(HoldingRow.complaint_id == ComplaintRow.id, HoldingRow.unit == unit)
            return statement.join(HoldingRow, of_unit), HoldingRow.complaint_id.expression
        return statement, ComplaintRow.id.expression

    def _conditions(self, scope: Scope, wanted: WorklistFilter, now: datetime) -> list[ColumnElement[bool]]:
        columns = {
            ComplaintRow.status: wanted.status,
            ComplaintRow.unit: wanted.unit,
            ComplaintRow.category_code: wanted.category_code,
        }
        conditions = [column == value for column, value in columns.items() if value is not None]
        if wanted.area is not None:
            conditions.append(self._within(wanted.area) if _overlap(wanted.area, scope.area) else false())
        if wanted.overdue:
            conditions.append(ComplaintRow.due_at <= now)
        return [*conditions, *self._seen(scope)]

    def _seen(self, scope: Scope) -> list[ColumnElement[bool]]:
        """Return the rule of ``Officer.sees`` as conditions."""
        if scope.everything:
            return []
        if scope.unit is None:
            return [self._within(scope.area or "")]
        holding = aliased(HoldingRow)
        held = exists().where(holding.unit == scope.unit, holding.complaint_id == ComplaintRow.id)
        if scope.area is None:
            return [held]
        return [held, or_(ComplaintRow.kelurahan_code.is_(None), self._within(scope.area))]

    def _within(self, area: str) -> ColumnElement[bool]:
        """Ask for one kelurahan, or for all that begin like this.

        The latter are so many that reading them all by their index and sorting them would cost more than
        looking at the newest reports one by one: hence a term that no index has.
        """
        codes = [one.code for one in self._reference.areas if one.code.startswith(area)]
        if codes == [area]:
            return ComplaintRow.kelurahan_code == area
        return func.coalesce(ComplaintRow.kelurahan_code, literal_column("''")).in_(codes)


def _places_near(place: Location, degrees: float) -> list[ColumnElement[bool]]:
    """Return the kelurahan, and the box around the point, as far as they are known."""
    near: list[ColumnElement[bool]] = []
    if place.kelurahan_code is not None:
        near.append(ComplaintRow.kelurahan_code == place.kelurahan_code)
    if place.lat is not None and place.lon is not None:
        lat, lon = ComplaintRow.lat, ComplaintRow.lon
        in_height = lat.between(place.lat - degrees, place.lat + degrees)
        near.append(and_(in_height, lon.between(place.lon - degrees, place.lon + degrees)))
    return near


def _whole_number(text: str) -> str | None:
    try:
        return str(ReportNumber.parse(text))
    except ValueError:
        return None


def _overlap(area: str, other: str | None) -> bool:
    """Tell whether a kelurahan can lie in both; otherwise all reports would be looked at in vain."""
    return other is None or area.startswith(other) or other.startswith(area)


def _by_urgency(statement: Select[Any], after: Cursor | None) -> Select[Any]:
    due, key = ComplaintRow.due_at, ComplaintRow.id
    statement = statement.where(due.is_not(None)).order_by(due, key)
    if after is None or after.due_at is None:
        return statement
    return statement.where(due >= after.due_at, or_(due > after.due_at, key > after.key))


def _cursor(row: ComplaintRow, wanted: WorklistFilter) -> str:
    return str(Cursor(row.id, row.due_at if wanted.order is Order.URGENT else None))
