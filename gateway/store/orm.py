"""Tables of the gateway. Contents live here only until they are handled (inbox) or have arrived (outbox).

Read and written by the modules beside this one. Changing a table needs a migration (``migrations/``).
"""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """A time in UTC; SQLite keeps no time zone, so it is put back when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the time its zone."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Base(DeclarativeBase):
    """What all tables share."""

    type_annotation_map = {
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
        list[dict[str, str]]: JSON,
        list[str]: JSON,
    }


class InboxRow(Base):
    """A message that is kept: to be answered (``kept``), or answered with something still to forget.

    It is handed out from ``retry_at`` on, in the order of ``sequence``; once ``taken`` it no longer changes.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "conversation_id", "message_id"),
        Index("inbox_in_order", "conversation_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(255))
    channel: Mapped[str] = mapped_column(String(20))
    message_id: Mapped[str] = mapped_column(String(255))
    text: Mapped[str] = mapped_column(Text)
    parse_data: Mapped[dict[str, Any] | None]
    button_token: Mapped[str | None] = mapped_column(String(40))
    from_citizen: Mapped[bool]
    state: Mapped[str] = mapped_column(String(10))
    forget: Mapped[str | None] = mapped_column(String(20))
    attempts: Mapped[int] = mapped_column(default=0)
    refusals: Mapped[int] = mapped_column(default=0)
    told_delayed: Mapped[bool] = mapped_column(default=False)
    retry_at: Mapped[datetime | None]
    attachments: Mapped[list[str]] = mapped_column(default=list)
    album: Mapped[str | None] = mapped_column(String(255))
    replaces: Mapped[str | None] = mapped_column(String(255))
    notice: Mapped[str | None] = mapped_column(String(60))
    sequence: Mapped[int] = mapped_column(BigInteger, default=0)
    taken: Mapped[bool] = mapped_column(default=False)


class SeenRow(Base):
    """What remains of a message: a keyed hash and a day; no row number, which would tell the order."""

    __tablename__ = "seen"
    __table_args__ = {"sqlite_with_rowid": False}

    hash: Mapped[str] = mapped_column(String(32), primary_key=True)
    day: Mapped[date] = mapped_column(index=True)


class OutboxRow(Base):
    """A message on its way to a citizen; gone once it arrived.

    The last five columns are for channels that push: ``state`` is one of ``gateway.store.delivery``, and
    changes or is tried again at ``retry_at``; ``parts`` of a long message are sent already.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("outbox_in_order", "conversation_id", "id"),
        Index("outbox_by_channel", "channel", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    conversation_id: Mapped[str] = mapped_column(String(255))
    channel: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    buttons: Mapped[list[dict[str, str]]]
    ask: Mapped[str | None] = mapped_column(String(20))
    image: Mapped[str | None] = mapped_column(String(500))
    secret: Mapped[bool]
    said_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    retry_at: Mapped[datetime | None]
    parts: Mapped[int] = mapped_column(default=0)
    by_template: Mapped[bool] = mapped_column(default=False)


class ButtonRow(Base):
    """What a button's token stands for, until newer buttons or a tap retire it; those of news last until a day.

    ``number`` is set where it was sent as a number in the text.
    """

    __tablename__ = "button"

    token: Mapped[str] = mapped_column(String(40), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(255), index=True)
    title: Mapped[str] = mapped_column(String(200))
    payload: Mapped[str] = mapped_column(Text)
    number: Mapped[int | None]
    lasts_until: Mapped[date | None] = mapped_column(index=True)


class ConversationRow(Base):
    """A conversation we know. A time of day is kept only while a draft is open, to close it after a day.

    So are ``last_message_id``, the message answered last, ``last_turn_id``, what Rasa calls its turn, and
    ``last_digest`` of what it said: for the case that the citizen edits it. ``unreachable``: nothing can be sent
    until the citizen writes again.
    """

    __tablename__ = "conversation"

    conversation_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    active_day: Mapped[date]
    draft_silent_since: Mapped[datetime | None] = mapped_column(index=True)
    last_message_id: Mapped[str | None] = mapped_column(String(255))
    last_turn_id: Mapped[str | None] = mapped_column(String(255))
    last_digest: Mapped[str | None] = mapped_column(String(64))
    unreachable: Mapped[bool] = mapped_column(default=False)


class AliasRow(Base):
    """A further pseudonym of a citizen, and the conversation it stands for."""

    __tablename__ = "alias"

    pseudonym: Mapped[str] = mapped_column(String(255), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(255), index=True)
    is_address: Mapped[bool]


class SentRow(Base):
    """What the platform calls a message it took: no contents, a day, and no row number that tells the order."""

    __tablename__ = "sent"
    __table_args__ = {"sqlite_with_rowid": False}

    conversation_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    platform_message_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32))
    has_buttons: Mapped[bool]
    to_retire: Mapped[bool]
    day: Mapped[date] = mapped_column(index=True)
