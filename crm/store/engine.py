"""Connects to SQLite or PostgreSQL so that both behave alike: real transactions, bounded waiting.

Used by ``crm.store.database``. SQLite: write-ahead log, foreign keys on, writers take their lock when they
begin (otherwise two readers who both turn writers fail at once instead of waiting).
"""

import os
import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

# Twice this (open, then write) must fit into the time Rasa gives an action (bot/rasa_patches.py): only then
# is the citizen told that the store does not answer, instead of waiting for a turn that is always broken off.
WAIT_SECONDS = 3
_SQLITE_SETUP = (
    f"PRAGMA busy_timeout={WAIT_SECONDS * 1000}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA foreign_keys=ON",
    # What is erased is overwritten, not only unlinked.
    "PRAGMA secure_delete=ON",
)


def open_engine(database_url: str) -> Engine:
    """Return an engine; nothing is connected yet, but the folder and file of SQLite are made.

    Raises:
        OSError: the folder or file cannot be made.
    """
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        return _open_sqlite(url)
    return _open_postgresql(url)


def writing(engine: Engine) -> Engine:
    """Return the same engine for transactions that will write."""
    return engine.execution_options(writes=True)


def _open_sqlite(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        _make_private(Path(url.database))
    engine = create_engine(url, hide_parameters=True, pool_timeout=WAIT_SECONDS)

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # SQLAlchemy says BEGIN itself, below.
        for statement in _SQLITE_SETUP:
            connection.execute(statement)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _make_private(file: Path) -> None:
    """Make the database file readable for its owner only; SQLite gives its side files the same rights."""
    file.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))


def _open_postgresql(url: URL) -> Engine:
    limits = f"-c statement_timeout={WAIT_SECONDS}s -c lock_timeout={WAIT_SECONDS}s"
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_pre_ping=True,
        pool_timeout=WAIT_SECONDS,
        connect_args={"connect_timeout": WAIT_SECONDS, "options": limits},
    )
