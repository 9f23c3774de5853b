"""The gateway's tables: the migrations make what the models say, and can be run again."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from gateway.store.engine import Store
from gateway.store.orm import Base


def differences(session: Session) -> list[object]:
    context = MigrationContext.configure(session.connection(), opts={"version_table": "gateway_version"})
    return list(compare_metadata(context, Base.metadata))


def tables(session: Session) -> set[str]:
    return set(inspect(session.connection()).get_table_names())


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_nobody_else_on_the_machine_reads_the_database(database_url: str, tmp_path: Path) -> None:
    store = Store(database_url)
    store.migrate()
    kept = [path for path in tmp_path.iterdir() if path.name.startswith("gateway.db")]
    assert kept and all(path.stat().st_mode & 0o077 == 0 for path in kept)
    await store.close()


async def test_the_migrations_make_the_tables_of_the_models(database_url: str) -> None:
    store = Store(database_url)
    store.migrate()
    assert await store.read(tables) >= {
        "inbox",
        "seen",
        "outbox",
        "button",
        "conversation",
        "gateway_version",
    }
    assert await store.read(differences) == []
    store.migrate()
    await store.close()
