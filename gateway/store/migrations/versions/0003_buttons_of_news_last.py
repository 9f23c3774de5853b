"""Buttons of news last: they are about a report, not about the question that stands in the conversation."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the day until which a button lasts."""
    op.add_column("button", sa.Column("lasts_until", sa.Date))
    op.create_index("ix_button_lasts_until", "button", ["lasts_until"])


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_button_lasts_until", "button")
    with op.batch_alter_table("button") as button:
        button.drop_column("lasts_until")
