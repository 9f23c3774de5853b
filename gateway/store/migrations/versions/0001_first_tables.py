"""First tables: inbox, seen, outbox, button, conversation."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conversation_id", sa.String(255), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("message_id", sa.String(100), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("parse_data", sa.JSON),
        sa.Column("button_token", sa.String(40)),
        sa.Column("from_citizen", sa.Boolean, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("forget", sa.String(20)),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("refusals", sa.Integer, nullable=False),
        sa.Column("told_delayed", sa.Boolean, nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("channel", "conversation_id", "message_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("inbox_in_order", "inbox", ["conversation_id", "id"])
    op.create_table(
        "seen",
        sa.Column("hash", sa.String(32), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_seen_day", "seen", ["day"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("public_id", sa.String(32), nullable=False, unique=True),
        sa.Column("conversation_id", sa.String(255), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("buttons", sa.JSON, nullable=False),
        sa.Column("ask", sa.String(20)),
        sa.Column("image", sa.String(500)),
        sa.Column("secret", sa.Boolean, nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("outbox_in_order", "outbox", ["conversation_id", "id"])
    op.create_table(
        "button",
        sa.Column("token", sa.String(40), primary_key=True),
        sa.Column("conversation_id", sa.String(255), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_index("ix_button_conversation_id", "button", ["conversation_id"])
    op.create_table(
        "conversation",
        sa.Column("conversation_id", sa.String(255), primary_key=True),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("active_day", sa.Date, nullable=False),
        sa.Column("draft_silent_since", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_conversation_draft_silent_since", "conversation", ["draft_silent_since"])


def downgrade() -> None:
    """Drop the tables."""
    for table in ("conversation", "button", "outbox", "seen", "inbox"):
        op.drop_table(table)
