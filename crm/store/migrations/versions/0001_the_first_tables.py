"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_number", sa.String(length=24), nullable=False),
        sa.Column("draft_key", sa.String(length=64), nullable=True),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("category_code", sa.String(length=40), nullable=False),
        sa.Column("predicted_category", sa.String(length=40), nullable=True),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("kelurahan_code", sa.String(length=13), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("visibility", sa.String(length=10), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("reporter", sa.String(), nullable=True),
        sa.Column("secret_hash", sa.String(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("respond_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finish_by", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(anonymous AND reporter IS NULL AND secret_hash IS NOT NULL)"
            " OR (NOT anonymous AND reporter IS NOT NULL AND secret_hash IS NULL)",
            name="ck_complaint_anonymous_means_no_reporter",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_complaint"),
        sa.UniqueConstraint("draft_key", name="uq_complaint_draft_key"),
        sa.UniqueConstraint("report_number", name="uq_complaint_report_number"),
    )
    op.create_index("ix_complaint_reporter_id", "complaint", ["reporter", "id"], unique=False)
    op.create_index("ix_complaint_status", "complaint", ["status"], unique=False)

    op.create_table(
        "daily_sequence",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_daily_sequence"),
    )
    op.create_table(
        "complaint_photo",
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name="fk_complaint_photo_complaint_id"),
        sa.PrimaryKeyConstraint("complaint_id", "position", name="pk_complaint_photo"),
    )
    op.create_table(
        "news",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reporter", sa.String(), nullable=False),
        sa.Column("report_number", sa.String(length=24), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["report_number"], ["complaint.report_number"], name="fk_news_report_number"),
        sa.PrimaryKeyConstraint("id", name="pk_news"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_news_reporter_id", "news", ["reporter", "id"], unique=False)

    op.create_table(
        "status_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name="fk_status_change_complaint_id"),
        sa.PrimaryKeyConstraint("id", name="pk_status_change"),
    )
    op.create_index("ix_status_change_complaint_id", "status_change", ["complaint_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_status_change_complaint_id", table_name="status_change")

    op.drop_table("status_change")
    op.drop_index("ix_news_reporter_id", table_name="news")

    op.drop_table("news")
    op.drop_table("complaint_photo")
    op.drop_table("daily_sequence")
    op.drop_index("ix_complaint_status", table_name="complaint")
    op.drop_index("ix_complaint_reporter_id", table_name="complaint")

    op.drop_table("complaint")
