"""Figures: what statistics show, counted beforehand."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_index("ix_complaint_filed_at", "complaint", ["filed_at"])
    op.create_table(
        "monthly_figure",
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("place", sa.String(length=13), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("as_of", _MOMENT, nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("period", "place", name="pk_monthly_figure"),
    )
    op.create_index("ix_monthly_figure_place_period", "monthly_figure", ["place", "period"])
    op.create_table(
        "monthly_tally",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("kelurahan_code", sa.String(length=13), nullable=False),
        sa.Column("public", sa.JSON(), nullable=False),
        sa.Column("private", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("month", "kelurahan_code", name="pk_monthly_tally"),
    )
    op.create_table(
        "figure_refresh",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("settled", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("as_of", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_figure_refresh"),
    )


def downgrade() -> None:
    for table in ("figure_refresh", "monthly_tally", "monthly_figure"):
        op.drop_table(table)
    op.drop_index("ix_complaint_filed_at", table_name="complaint")
