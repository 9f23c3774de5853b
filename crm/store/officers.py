"""Officers' accounts, sessions and failed attempts. Handed out by ``crm.store.database`` within a transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.orm import Session

from crm.domain.officers import NewOfficer, Officer
from crm.domain.status import Role
from crm.services.ports import Credentials
from crm.store.orm_officers import OfficerRow, OfficerSessionRow, SignInFailureRow


class SqlAlchemyOfficers:
    """Implements ``crm.services.ports.OfficerRepository``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, account: NewOfficer, password_hash: str, at: datetime) -> Officer:
        """Keep a new account."""
        row = OfficerRow(
            username=account.username,
            name=account.name,
            role=account.role,
            unit=account.unit,
            area=account.area,
            active=True,
            password_hash=password_hash,
            created_at=at,
        )
        self._session.add(row)
        self._session.flush()
        return _officer(row)

    def credentials(self, username: str) -> Credentials | None:
        """Return an account with what its sign-in is compared with."""
        row = self._session.scalar(select(OfficerRow).where(OfficerRow.username == username))
        if row is None:
            return None
        return Credentials(_officer(row), row.password_hash, row.totp_secret, row.totp_waiting)

    def all(self) -> Sequence[Officer]:
        """Return all accounts by name."""
        return [
            _officer(row) for row in self._session.scalars(select(OfficerRow).order_by(OfficerRow.username))
        ]

    def change(self, officer_id: int, **values: object) -> None:
        """Set columns of an account."""
        self._session.execute(update(OfficerRow).where(OfficerRow.id == officer_id).values(values))

    def use_step(self, officer_id: int, step: int) -> bool:
        """Take a time step's code as used; False when it, or a later one, was used before."""
        unused = update(OfficerRow).where(OfficerRow.id == officer_id, OfficerRow.totp_step < step)
        return cast(CursorResult[Any], self._session.execute(unused.values(totp_step=step))).rowcount == 1

    def open_session(self, token_hash: str, officer_id: int, expires_at: datetime) -> None:
        """Keep a session."""
        self._session.add(
            OfficerSessionRow(token_hash=token_hash, officer_id=officer_id, expires_at=expires_at)
        )

    def session(self, token_hash: str, now: datetime) -> Officer | None:
        """Return the officer of a session that has not ended, if the account is not stopped."""
        row = self._session.scalar(
            select(OfficerRow)
            .join(OfficerSessionRow, OfficerSessionRow.officer_id == OfficerRow.id)
            .where(
                OfficerSessionRow.token_hash == token_hash,
                OfficerSessionRow.expires_at > now,
                OfficerRow.active,
            )
        )
        return _officer(row) if row else None

    def close_session(self, token_hash: str) -> None:
        """End a session."""
        self._session.execute(delete(OfficerSessionRow).where(OfficerSessionRow.token_hash == token_hash))

    def close_sessions(self, officer_id: int) -> None:
        """End all sessions of an account."""
        self._session.execute(delete(OfficerSessionRow).where(OfficerSessionRow.officer_id == officer_id))

    def forget_before(self, now: datetime, attempts_since: datetime) -> None:
        """Forget sessions that have ended and attempts that no longer count."""
        self._session.execute(delete(OfficerSessionRow).where(OfficerSessionRow.expires_at <= now))
        self._session.execute(delete(SignInFailureRow).where(SignInFailureRow.at <= attempts_since))

    def note_attempt(self, username_hash: str, address_hash: str, at: datetime) -> int:
        """Count an attempt as failed until it is forgotten; return what it is forgotten by."""
        row = SignInFailureRow(username_hash=username_hash, address_hash=address_hash, at=at)
        self._session.add(row)
        self._session.flush()
        return row.id

    def attempts(self, username_hash: str, address_hash: str, since: datetime) -> tuple[int, int]:
        """Return the failed attempts for a name, and those from an address."""
        return (
            self._count(SignInFailureRow.username_hash == username_hash, since),
            self._count(SignInFailureRow.address_hash == address_hash, since),
        )

    def forget_attempt(self, attempt: int) -> None:
        """Count one attempt no longer."""
        self._session.execute(delete(SignInFailureRow).where(SignInFailureRow.id == attempt))

    def forget_attempts(self, username_hash: str) -> None:
        """Count the attempts for a name no longer."""
        self._session.execute(delete(SignInFailureRow).where(SignInFailureRow.username_hash == username_hash))

    def _count(self, condition: Any, since: datetime) -> int:
        rows = (
            select(func.count()).select_from(SignInFailureRow).where(condition, SignInFailureRow.at > since)
        )
        return self._session.scalars(rows).one()


def _officer(row: OfficerRow) -> Officer:
    return Officer(
        officer_id=row.id,
        username=row.username,
        name=row.name,
        role=Role(row.role),
        unit=row.unit,
        area=row.area,
        active=row.active,
        has_totp=row.totp_secret is not None,
    )
