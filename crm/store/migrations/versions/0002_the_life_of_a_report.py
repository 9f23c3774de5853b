"""The life of a report: who works it, what is asked and answered, who is told what (docs/adr/0013).

Columns that a self-made constraint would tie to other tables have none: SQLite could not drop them again, and
reports are never deleted.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_MOMENT = sa.DateTime(timezone=True)
_ADDED = (
    ("complaint", "responded_at", _MOMENT, None),
    ("complaint", "finished_at", _MOMENT, None),
    ("complaint", "closed_at", _MOMENT, None),
    ("complaint", "due_at", _MOMENT, None),
    ("complaint", "expected_by", _MOMENT, None),
    ("complaint", "escalated_at", _MOMENT, None),
    ("complaint", "reopened", sa.Integer(), "0"),
    ("complaint", "merged_into", sa.String(length=24), None),
    ("complaint", "follows", sa.String(length=24), None),
    ("complaint", "split_from", sa.String(length=24), None),
    ("complaint", "refusal", sa.String(length=40), None),
    ("complaint", "news_wanted", sa.String(length=10), "semua"),
    ("status_change", "no_photo_reason", sa.String(), ""),
    ("status_change", "officer_id", sa.Integer(), None),
    ("news", "kind", sa.String(length=10), "status"),
    ("news", "question_id", sa.Integer(), None),
    ("news", "photo", sa.String(), None),
    ("news", "expected_by", _MOMENT, None),
    ("news", "other_number", sa.String(length=24), None),
    ("news", "reason", sa.String(length=40), None),
)
_INDEXES = (
    ["status", "id"],
    ["category_code", "id"],
    ["kelurahan_code", "id"],
    ["due_at", "id"],
    ["lat"],
    ["merged_into"],
    ["split_from"],
    ["status", "closed_at", "finished_at"],
)
_NEW_TABLES = (
    "sign_in_failure",
    "officer_session",
    "officer",
    "transfer_request",
    "verdict",
    "addition_photo",
    "addition",
    "answer_photo",
    "question",
    "change_photo",
    "holding",
)


def upgrade() -> None:
    for table, name, kind, default in _ADDED:
        column = sa.Column(name, kind, nullable=default is None, server_default=default)
        op.add_column(table, column)
    op.drop_index("ix_complaint_status", table_name="complaint")
    for columns in _INDEXES:
        op.create_index(f"ix_complaint_{'_'.join(columns)}", "complaint", columns)
    op.create_index("ix_complaint_photo_name", "complaint_photo", ["name"])
    _make_tables_of_reports()
    _make_tables_of_officers()
    _fill_in()
    _make_search()


def downgrade() -> None:
    op.execute("DROP TABLE complaint_search")
    for table in _NEW_TABLES:
        op.drop_table(table)
    for columns in _INDEXES:
        op.drop_index(f"ix_complaint_{'_'.join(columns)}", table_name="complaint")
    op.drop_index("ix_complaint_photo_name", table_name="complaint_photo")
    op.create_index("ix_complaint_status", "complaint", ["status"])
    for table, name, *_ in _ADDED:
        op.drop_column(table, name)


def _make_tables_of_reports() -> None:
    op.create_table(
        "holding",
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name="fk_holding_complaint_id"),
        sa.PrimaryKeyConstraint("unit", "complaint_id", name="pk_holding"),
    )
    _make_photos("change_photo", "change_id", "status_change.id")
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("answer", sa.String(), nullable=False, server_default=""),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name="fk_question_complaint_id"),
        sa.PrimaryKeyConstraint("id", name="pk_question"),
    )
    _make_photos("answer_photo", "question_id", "question.id")
    op.create_table(
        "addition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name="fk_addition_complaint_id"),
        sa.PrimaryKeyConstraint("id", name="pk_addition"),
    )
    _make_photos("addition_photo", "addition_id", "addition.id")
    op.create_table(
        "verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=True),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("comment", sa.String(), nullable=False, server_default=""),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name="ck_verdict_rating_of_five"),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name="fk_verdict_complaint_id"),
        sa.PrimaryKeyConstraint("id", name="pk_verdict"),
    )
    op.create_table(
        "transfer_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("from_unit", sa.String(length=40), nullable=False),
        sa.Column("to_unit", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", _MOMENT, nullable=True),
        sa.Column("note", sa.String(), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name="fk_transfer_request_complaint_id"),
        sa.PrimaryKeyConstraint("id", name="pk_transfer_request"),
    )
    for table in ("question", "addition", "verdict", "transfer_request"):
        op.create_index(f"ix_{table}_complaint_id", table, ["complaint_id"])
    op.create_index(
        "uq_transfer_request_waiting",
        "transfer_request",
        ["complaint_id"],
        unique=True,
        sqlite_where=sa.text("outcome IS NULL"),
        postgresql_where=sa.text("outcome IS NULL"),
    )


def _make_photos(table: str, owner: str, owned: str) -> None:
    op.create_table(
        table,
        sa.Column(owner, sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint([owner], [owned], name=f"fk_{table}_{owner}"),
        sa.PrimaryKeyConstraint(owner, "position", name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_name", table, ["name"])


def _make_tables_of_officers() -> None:
    op.create_table(
        "officer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("area", sa.String(length=13), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("totp_secret", sa.String(length=64), nullable=True),
        sa.Column("totp_waiting", sa.String(length=64), nullable=True),
        sa.Column("totp_step", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_officer"),
        sa.UniqueConstraint("username", name="uq_officer_username"),
    )
    op.create_table(
        "officer_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_officer_session_officer_id"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_officer_session"),
    )
    op.create_index("ix_officer_session_officer_id", "officer_session", ["officer_id"])
    op.create_index("ix_officer_session_expires_at", "officer_session", ["expires_at"])
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username_hash", sa.String(length=64), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_failure"),
    )
    for columns in (["username_hash", "at"], ["address_hash", "at"], ["at"]):
        op.create_index(f"ix_sign_in_failure_{'_'.join(columns)}", "sign_in_failure", columns)


def _fill_in() -> None:
    """Work out for earlier reports what the new columns would hold; nobody is asked about the finished ones."""
    op.execute(
        "INSERT INTO holding (unit, complaint_id)"
        " SELECT unit, complaint_id FROM status_change UNION SELECT unit, id FROM complaint"
    )
    op.execute(
        "UPDATE complaint SET responded_at = (SELECT min(at) FROM status_change"
        " WHERE complaint_id = complaint.id AND role <> 'pelapor')"
    )
    op.execute(
        "UPDATE complaint SET closed_at = (SELECT max(at) FROM status_change"
        " WHERE complaint_id = complaint.id AND status = complaint.status)"
        " WHERE status IN ('Selesai', 'Ditolak', 'Digabung', 'Dibatalkan')"
    )
    op.execute("UPDATE complaint SET finished_at = closed_at WHERE status = 'Selesai'")
    op.execute(
        "UPDATE complaint SET due_at = CASE WHEN responded_at IS NULL THEN respond_by ELSE finish_by END"
        " WHERE closed_at IS NULL"
    )


def _make_search() -> None:
    """Make the table of words and fill it: numbers, descriptions and the citizens' words for the place."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE complaint_search USING fts5(words, content='', detail=none)")
        keep = sa.text("INSERT INTO complaint_search (rowid, words) VALUES (:id, :words)")
    else:
        op.execute(
            "CREATE TABLE complaint_search ("
            " complaint_id INTEGER CONSTRAINT pk_complaint_search PRIMARY KEY"
            " CONSTRAINT fk_complaint_search_complaint_id REFERENCES complaint (id),"
            " words TSVECTOR NOT NULL)"
        )
        op.execute("CREATE INDEX ix_complaint_search_words ON complaint_search USING GIN (words)")
        keep = sa.text(
            "INSERT INTO complaint_search (complaint_id, words)"
            " VALUES (:id, array_to_tsvector(string_to_array(:words, ' ')))"
        )
    page = sa.text(
        "SELECT id, report_number, description, place FROM complaint WHERE id > :after ORDER BY id LIMIT 1000"
    )
    after = 0
    while rows := connection.execute(page, {"after": after}).all():
        connection.execute(keep, [{"id": row[0], "words": _words(*row[1:])} for row in rows])
        after = rows[-1][0]


def _words(*texts: str | None) -> str:
    found = (word[:60] for text in texts for word in re.findall(r"[^\W_]+", (text or "").lower()))
    return " ".join(dict.fromkeys(found))
