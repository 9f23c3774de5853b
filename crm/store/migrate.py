"""Brings the tables to the state this code needs; safe when several processes start together.

Called by ``crm.store.database`` before the first transaction. One process migrates, the others wait: SQLite
by the write lock, PostgreSQL by an advisory lock. Both undo a migration that fails half-way.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from crm.store.engine import writing

# Any number that no other program locks in the same database.
_ADVISORY_LOCK = 0x6164_7561_6E


def migrate(engine: Engine) -> None:
    """Run what is missing of the migrations."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    wanted = set(ScriptDirectory.from_config(config).get_heads())
    with engine.connect() as connection:
        if _present(connection) == wanted:
            return
    with writing(engine).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ADVISORY_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _present(connection: Connection) -> set[str]:
    return set(MigrationContext.configure(connection).get_current_heads())
