"""The tables of reports. Changed together with a migration; a test compares both.

Used by the repositories of this package and by the migrations; officers' tables: ``crm.store.orm_officers``.
Why an anonymous row holds so little: docs/adr/0004. The words that are searched stand in a table of their
own, made by the migration only (``crm.store.search``).
"""

from datetime import UTC, date, datetime

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    String,
    TypeDecorator,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class UTCDateTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite, which knows no time zones, keeps it without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn a moment into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read a moment as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of all tables; constraints have names so that migrations can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UTCDateTime}


class ComplaintRow(Base):
    """A complaint; of an anonymous one there is no reporter, and of its filing only the hour."""

    __tablename__ = "complaint"
    __table_args__ = (
        CheckConstraint(
            "(anonymous AND reporter IS NULL AND secret_hash IS NOT NULL)"
            " OR (NOT anonymous AND reporter IS NOT NULL AND secret_hash IS NULL)",
            name="anonymous_means_no_reporter",
        ),
        # Lists: somebody's own; officers' by status, category, area; what is due first.
        Index("ix_complaint_reporter_id", "reporter", "id"),
        Index("ix_complaint_status_id", "status", "id"),
        Index("ix_complaint_category_code_id", "category_code", "id"),
        Index("ix_complaint_kelurahan_code_id", "kelurahan_code", "id"),
        Index("ix_complaint_due_at_id", "due_at", "id"),
        # Near a point; merged into and split from a report; "Selesai" without a word of the reporter.
        Index("ix_complaint_lat", "lat"),
        Index("ix_complaint_merged_into", "merged_into"),
        Index("ix_complaint_split_from", "split_from"),
        Index("ix_complaint_status_closed_at_finished_at", "status", "closed_at", "finished_at"),
        # Figures of a month.
        Index("ix_complaint_filed_at", "filed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_number: Mapped[str] = mapped_column(String(24), unique=True)
    draft_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    description: Mapped[str]
    category_code: Mapped[str] = mapped_column(String(40))
    predicted_category: Mapped[str | None] = mapped_column(String(40))
    unit: Mapped[str] = mapped_column(String(40))
    place: Mapped[str | None]
    kelurahan_code: Mapped[str | None] = mapped_column(String(13))
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    channel: Mapped[str] = mapped_column(String(20))
    visibility: Mapped[str] = mapped_column(String(10))
    anonymous: Mapped[bool]
    reporter: Mapped[str | None]
    secret_hash: Mapped[str | None]
    status: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    filed_at: Mapped[datetime]
    respond_by: Mapped[datetime]
    finish_by: Mapped[datetime]
    responded_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    # respond_by until somebody responded, then finish_by; NULL once nothing is due.
    due_at: Mapped[datetime | None]
    expected_by: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]
    reopened: Mapped[int] = mapped_column(server_default="0")
    # Numbers of other reports. Reports are never deleted, and SQLite could not drop such columns again.
    merged_into: Mapped[str | None] = mapped_column(String(24))
    follows: Mapped[str | None] = mapped_column(String(24))
    split_from: Mapped[str | None] = mapped_column(String(24))
    refusal: Mapped[str | None] = mapped_column(String(40))
    news_wanted: Mapped[str] = mapped_column(String(10), server_default="semua")

    photos: Mapped[list["PhotoRow"]] = relationship(order_by="PhotoRow.position", lazy="selectin")
    history: Mapped[list["StatusChangeRow"]] = relationship(order_by="StatusChangeRow.id", lazy="selectin")


class PhotoRow(Base):
    """The media name of a photo; what it means is the media store's business."""

    __tablename__ = "complaint_photo"

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)


class HoldingRow(Base):
    """A unit that holds a report or held it once: what an officer of that unit sees."""

    __tablename__ = "holding"

    unit: Mapped[str] = mapped_column(String(40), primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), primary_key=True)


class StatusChangeRow(Base):
    """One line of a history; never changed."""

    __tablename__ = "status_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    status: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    role: Mapped[str] = mapped_column(String(20))
    unit: Mapped[str] = mapped_column(String(40))
    note: Mapped[str]
    no_photo_reason: Mapped[str] = mapped_column(server_default="")
    officer_id: Mapped[int | None]

    photos: Mapped[list["ChangePhotoRow"]] = relationship(order_by="ChangePhotoRow.position", lazy="selectin")


class ChangePhotoRow(Base):
    """A photo given with a change: the proof that something was done."""

    __tablename__ = "change_photo"

    change_id: Mapped[int] = mapped_column(ForeignKey("status_change.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)


class QuestionRow(Base):
    """A question to the reporter, and the answer; of an anonymous reporter's answer only the hour is kept."""

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    officer_id: Mapped[int | None]
    unit: Mapped[str] = mapped_column(String(40))
    text: Mapped[str]
    asked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(server_default="")
    answered_at: Mapped[datetime | None]

    photos: Mapped[list["AnswerPhotoRow"]] = relationship(order_by="AnswerPhotoRow.position", lazy="selectin")


class AnswerPhotoRow(Base):
    """A photo given with an answer."""

    __tablename__ = "answer_photo"

    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)


class AdditionRow(Base):
    """What the reporter added later; of an anonymous reporter only the hour is kept."""

    __tablename__ = "addition"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    text: Mapped[str]
    at: Mapped[datetime]

    photos: Mapped[list["AdditionPhotoRow"]] = relationship(
        order_by="AdditionPhotoRow.position", lazy="selectin"
    )


class AdditionPhotoRow(Base):
    """A photo the reporter added later."""

    __tablename__ = "addition_photo"

    addition_id: Mapped[int] = mapped_column(ForeignKey("addition.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)


class VerdictRow(Base):
    """The reporter's word about one "Selesai"; ``unit`` is the unit that declared it."""

    __tablename__ = "verdict"
    __table_args__ = (CheckConstraint("rating BETWEEN 1 AND 5", name="rating_of_five"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    unit: Mapped[str] = mapped_column(String(40))
    asked_at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(String(10))
    answered_at: Mapped[datetime | None]
    rating: Mapped[int | None]
    comment: Mapped[str] = mapped_column(server_default="")


class TransferRequestRow(Base):
    """A unit asks that another take a report over; at most one of a report waits to be decided."""

    __tablename__ = "transfer_request"
    __table_args__ = (
        Index(
            "uq_transfer_request_waiting",
            "complaint_id",
            unique=True,
            sqlite_where=text("outcome IS NULL"),
            postgresql_where=text("outcome IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    from_unit: Mapped[str] = mapped_column(String(40))
    to_unit: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str]
    asked_by: Mapped[int | None]
    asked_at: Mapped[datetime]
    outcome: Mapped[str | None] = mapped_column(String(10))
    decided_by: Mapped[int | None]
    decided_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(server_default="")

    complaint: Mapped[ComplaintRow] = relationship(lazy="raise")


class NewsRow(Base):
    """News to be told, removed once relayed; held by one gateway until ``claimed_until``.

    Ids are never used twice: the gateway knows by them what it has already told.
    """

    __tablename__ = "news"
    __table_args__ = (Index("ix_news_reporter_id", "reporter", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    reporter: Mapped[str]
    report_number: Mapped[str] = mapped_column(ForeignKey("complaint.report_number"))
    status: Mapped[str] = mapped_column(String(20))
    unit: Mapped[str] = mapped_column(String(40))
    note: Mapped[str]
    at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    kind: Mapped[str] = mapped_column(String(10), server_default="status")
    question_id: Mapped[int | None]
    photo: Mapped[str | None]
    expected_by: Mapped[datetime | None]
    other_number: Mapped[str | None] = mapped_column(String(24))
    reason: Mapped[str | None] = mapped_column(String(40))


class DailySequenceRow(Base):
    """The last sequence number given out on a day in Jakarta."""

    __tablename__ = "daily_sequence"

    day: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[int]
