"""The gateway's tables: the migrations make what the models say, and can be run again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

from gateway.store import inbox
from gateway.store.engine import MIGRATIONS, Store
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
        "alias",
        "sent",
        "gateway_version",
    }
    assert await store.read(differences) == []
    store.migrate()
    await store.close()


async def test_what_waits_survives_the_newest_migration_and_its_way_back(database_url: str) -> None:
    store = Store(database_url)
    move_tables(store, command.upgrade, "0001")
    await store.write(insert_first_message)
    move_tables(store, command.upgrade, "0002")
    waiting = await store.read(inbox.first, "web:a")
    assert waiting is not None
    assert (waiting.message.text, waiting.message.attachments, waiting.message.sequence) == ("halo", (), 0)
    move_tables(store, command.downgrade, "0001")
    move_tables(store, command.upgrade, "head")
    assert await store.read(differences) == []
    assert await store.read(inbox.first, "web:a") == waiting
    await store.close()


def move_tables(store: Store, move: Callable[[Config, str], None], revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with store._engine.begin() as connection:
        config.attributes["connection"] = connection
        move(config, revision)


def insert_first_message(session: Session) -> None:
    session.execute(
        text(
            "INSERT INTO inbox (conversation_id, channel, message_id, text, from_citizen, state, attempts, refusals,"
            " told_delayed) VALUES ('web:a', 'web', '1', 'halo', true, 'kept', 0, 0, false)"
        )
    )
