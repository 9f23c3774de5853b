"""Reads the tables directly, for what no service shows: that something is nowhere in them."""

import psycopg
from sqlalchemy import inspect, text

from crm.store.engine import open_engine


def all_values(database_url: str) -> list[str]:
    """Return every value of every table, as text."""
    engine = open_engine(database_url)
    try:
        with engine.connect() as connection:
            tables = inspect(connection).get_table_names()
            assert "complaint" in tables
            rows = [row for name in tables for row in connection.execute(text(f"SELECT * FROM {name}"))]  # noqa: S608
    finally:
        engine.dispose()
    return [str(value) for row in rows for value in row]


def end_connections(database_url: str) -> None:
    """Cut everybody else's connections to a PostgreSQL database, as a restart of the server does."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
