"""What Telegram and WhatsApp need (docs/adr/0011): holds, edits, albums; attempts to send; aliases; sent messages."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

NO = sa.false()


def upgrade() -> None:
    """Add the columns and tables."""
    with op.batch_alter_table("inbox", table_kwargs={"sqlite_autoincrement": True}) as inbox:
        inbox.alter_column("message_id", existing_type=sa.String(100), type_=sa.String(255), nullable=False)
        inbox.add_column(sa.Column("attachments", sa.JSON, nullable=False, server_default="[]"))
        inbox.add_column(sa.Column("album", sa.String(255)))
        inbox.add_column(sa.Column("replaces", sa.String(255)))
        inbox.add_column(sa.Column("notice", sa.String(60)))
        inbox.add_column(sa.Column("sequence", sa.BigInteger, nullable=False, server_default="0"))
        inbox.add_column(sa.Column("taken", sa.Boolean, nullable=False, server_default=NO))
    op.add_column("outbox", sa.Column("state", sa.String(10), nullable=False, server_default="waiting"))
    op.add_column("outbox", sa.Column("attempts", sa.Integer, nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("retry_at", sa.DateTime(timezone=True)))
    op.add_column("outbox", sa.Column("parts", sa.Integer, nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("by_template", sa.Boolean, nullable=False, server_default=NO))
    op.create_index("outbox_by_channel", "outbox", ["channel", "id"])
    op.add_column("button", sa.Column("number", sa.Integer))
    op.add_column("conversation", sa.Column("last_message_id", sa.String(255)))
    op.add_column("conversation", sa.Column("last_turn_id", sa.String(255)))
    op.add_column("conversation", sa.Column("last_digest", sa.String(64)))
    op.add_column("conversation", sa.Column("unreachable", sa.Boolean, nullable=False, server_default=NO))
    _add_tables()


def _add_tables() -> None:
    op.create_table(
        "alias",
        sa.Column("pseudonym", sa.String(255), primary_key=True),
        sa.Column("conversation_id", sa.String(255), nullable=False),
        sa.Column("is_address", sa.Boolean, nullable=False),
    )
    op.create_index("ix_alias_conversation_id", "alias", ["conversation_id"])
    op.create_table(
        "sent",
        sa.Column("conversation_id", sa.String(255), primary_key=True),
        sa.Column("platform_message_id", sa.String(255), primary_key=True),
        sa.Column("public_id", sa.String(32), nullable=False),
        sa.Column("has_buttons", sa.Boolean, nullable=False),
        sa.Column("to_retire", sa.Boolean, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sent_day", "sent", ["day"])


def downgrade() -> None:
    """Drop the columns and tables."""
    op.drop_table("sent")
    op.drop_table("alias")
    op.drop_index("outbox_by_channel", "outbox")
    for table, columns in (
        ("conversation", ("unreachable", "last_digest", "last_turn_id", "last_message_id")),
        ("button", ("number",)),
        ("outbox", ("by_template", "parts", "retry_at", "attempts", "state")),
    ):
        with op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": table == "outbox"}) as changed:
            for column in columns:
                changed.drop_column(column)
    with op.batch_alter_table("inbox", table_kwargs={"sqlite_autoincrement": True}) as inbox:
        for column in ("taken", "sequence", "notice", "replaces", "album", "attachments"):
            inbox.drop_column(column)
        inbox.alter_column("message_id", existing_type=sa.String(255), type_=sa.String(100), nullable=False)
