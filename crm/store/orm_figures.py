"""The tables of figures; with ``crm.store.orm`` the models of all tables.

``monthly_figure`` holds what may be published and is all that pages read. ``monthly_tally`` holds what was counted, by
kelurahan, so that years need no second count; nothing reads it but the next refresh.
"""

from datetime import datetime

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from crm.store.orm import Base


class MonthlyFigureRow(Base):
    """The published numbers of a month (2026-11) or year (2026) and a place."""

    __tablename__ = "monthly_figure"
    __table_args__ = (Index("ix_monthly_figure_place_period", "place", "period"),)

    period: Mapped[str] = mapped_column(String(7), primary_key=True)
    place: Mapped[str] = mapped_column(String(13), primary_key=True)
    numbers: Mapped[dict[str, int]] = mapped_column(JSON)
    # Of figures the city published itself; our own are as of the last refresh.
    as_of: Mapped[datetime | None]
    source: Mapped[str | None]


class MonthlyTallyRow(Base):
    """What was counted in a month and kelurahan (empty: nobody knows which)."""

    __tablename__ = "monthly_tally"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    kelurahan_code: Mapped[str] = mapped_column(String(13), primary_key=True)
    public: Mapped[dict[str, int]] = mapped_column(JSON)
    private: Mapped[dict[str, int]] = mapped_column(JSON)


class FigureRefreshRow(Base):
    """One row: up to which change of status everything is counted.

    PostgreSQL gives out ids before transactions end, so that a change can appear behind others: what the last
    refresh saw (``seen``) is looked at once more by the next, only what is ``settled`` never again.
    """

    __tablename__ = "figure_refresh"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    settled: Mapped[int]
    seen: Mapped[int]
    as_of: Mapped[datetime]
