"""The tables. Changed together with a migration; a test compares both.

Used by the repositories of this package and by the migrations. Why an anonymous row holds so little:
docs/adr/0004.
"""

from datetime import UTC, date, datetime

from sqlalchemy import CheckConstraint, DateTime, Dialect, ForeignKey, Index, MetaData, String, TypeDecorator
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
        Index("ix_complaint_reporter_id", "reporter", "id"),
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
    status: Mapped[str] = mapped_column(String(20), index=True)
    version: Mapped[int]
    filed_at: Mapped[datetime]
    respond_by: Mapped[datetime]
    finish_by: Mapped[datetime]

    photos: Mapped[list["PhotoRow"]] = relationship(order_by="PhotoRow.position", lazy="selectin")
    history: Mapped[list["StatusChangeRow"]] = relationship(order_by="StatusChangeRow.id", lazy="selectin")


class PhotoRow(Base):
    """The media name of a photo; what it means is the media store's business."""

    __tablename__ = "complaint_photo"

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


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


class DailySequenceRow(Base):
    """The last sequence number given out on a day in Jakarta."""

    __tablename__ = "daily_sequence"

    day: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[int]
