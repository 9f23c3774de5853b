"""The tables of officers' accounts. Changed together with a migration; a test compares both.

Used by ``crm.store.officers``. Reports name officers by id without a foreign key: accounts are stopped, never
deleted, and a history must not hinder either.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from crm.store.orm import Base


class OfficerRow(Base):
    """An account. The password is kept as an argon2id hash, the second factor's secret as it is.

    ``totp_waiting`` is a secret not yet confirmed by a code; ``totp_step`` the last time step whose code was
    used, so that no code works twice.
    """

    __tablename__ = "officer"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    role: Mapped[str] = mapped_column(String(20))
    unit: Mapped[str | None] = mapped_column(String(40))
    area: Mapped[str | None] = mapped_column(String(13))
    active: Mapped[bool]
    password_hash: Mapped[str]
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_waiting: Mapped[str | None] = mapped_column(String(64))
    totp_step: Mapped[int] = mapped_column(server_default="0")
    created_at: Mapped[datetime]


class OfficerSessionRow(Base):
    """A session, known by the SHA-256 of its token."""

    __tablename__ = "officer_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class SignInFailureRow(Base):
    """A failed attempt, by the hash of the name typed and the hash of the address; forgotten within the hour."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (
        Index("ix_sign_in_failure_username_hash_at", "username_hash", "at"),
        Index("ix_sign_in_failure_address_hash_at", "address_hash", "at"),
        Index("ix_sign_in_failure_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    username_hash: Mapped[str] = mapped_column(String(64))
    address_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
