"""Requests for transfer in the database. Handed out by ``crm.store.database`` within a transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from crm.domain.follow_up import Outcome, TransferRequest
from crm.domain.report_number import ReportNumber
from crm.store.orm import ComplaintRow, TransferRequestRow
from crm.store.rows import storable

_WITH_NUMBER = select(TransferRequestRow, ComplaintRow.report_number).join(
    ComplaintRow, ComplaintRow.id == TransferRequestRow.complaint_id
)
_WAITS = TransferRequestRow.outcome.is_(None)


class SqlAlchemyTransfers:
    """Implements ``crm.services.ports.TransferRepository``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, request: TransferRequest, officer_id: int | None) -> TransferRequest:
        """Keep a request and return it with its id."""
        of_number = ComplaintRow.report_number == str(request.report_number)
        row = TransferRequestRow(
            complaint_id=self._session.scalars(select(ComplaintRow.id).where(of_number)).one(),
            from_unit=request.from_unit,
            to_unit=request.to_unit,
            reason=storable(request.reason),
            asked_by=officer_id,
            asked_at=request.asked_at,
        )
        self._session.add(row)
        self._session.flush()
        return replace(request, transfer_id=row.id)

    def get(self, transfer_id: int) -> TransferRequest | None:
        """Return a request."""
        found = self._session.execute(_WITH_NUMBER.where(TransferRequestRow.id == transfer_id)).one_or_none()
        return to_request(found[0], ReportNumber.parse(found[1])) if found else None

    def decide(self, request: TransferRequest, officer_id: int | None) -> bool:
        """Keep what became of a request; False when it was decided meanwhile."""
        values = {
            "outcome": request.outcome,
            "decided_by": officer_id,
            "decided_at": request.decided_at,
            "note": storable(request.note),
        }
        waiting = update(TransferRequestRow).where(TransferRequestRow.id == request.transfer_id, _WAITS)
        return cast(CursorResult[Any], self._session.execute(waiting.values(values))).rowcount == 1

    def lapse(self, number: ReportNumber, at: datetime) -> None:
        """Note that the waiting request of a complaint has become pointless."""
        of_number = select(ComplaintRow.id).where(ComplaintRow.report_number == str(number)).scalar_subquery()
        waiting = update(TransferRequestRow).where(TransferRequestRow.complaint_id == of_number, _WAITS)
        self._session.execute(waiting.values(outcome=Outcome.GUGUR, decided_at=at))

    def waiting(self, unit: str | None, area: str | None, limit: int) -> Sequence[TransferRequest]:
        """Return the requests that wait, oldest first; with a unit, those it made within the area."""
        wanted = _WITH_NUMBER.where(_WAITS)
        if unit is not None:
            wanted = wanted.where(TransferRequestRow.from_unit == unit)
        if area is not None:
            wanted = wanted.where(ComplaintRow.kelurahan_code.startswith(area, autoescape=True))
        rows = self._session.execute(wanted.order_by(TransferRequestRow.id).limit(limit))
        return [to_request(row, ReportNumber.parse(number)) for row, number in rows]


def to_request(row: TransferRequestRow, number: ReportNumber) -> TransferRequest:
    """Return the request a row holds."""
    return TransferRequest(
        transfer_id=row.id,
        report_number=number,
        from_unit=row.from_unit,
        to_unit=row.to_unit,
        reason=row.reason,
        asked_at=row.asked_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
        decided_at=row.decided_at,
        note=row.note,
    )
