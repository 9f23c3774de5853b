"""The store: tables as the migrations make them, errors that callers can act upon."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from crm.bootstrap import Crm, open_crm
from crm.domain.errors import StoreUnavailable
from crm.domain.privacy import Privacy
from crm.domain.worklist import Order, WorklistFilter
from crm.settings import Settings
from crm.store import engine as engines
from crm.store.migrate import migrate
from crm.store.orm import Base
from tests.crm.conftest import Clock, draft
from tests.crm.database import end_connections
from tests.crm.officers import BIRO, OTHER_DINAS, finish, hand_on


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = engines.open_engine(database_url)
    yield engine
    engine.dispose()


def scripts() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(engines.__file__).parent / "migrations"))
    return config


def test_the_migrations_make_the_tables_of_the_models(engine: Engine) -> None:
    migrate(engine)
    with engine.connect() as connection:
        assert "complaint" in inspect(connection).get_table_names()
        assert "officer" in inspect(connection).get_table_names()
        context = MigrationContext.configure(connection, opts={"include_name": _is_of_the_models})
        assert compare_metadata(context, Base.metadata) == []


def _is_of_the_models(name: str | None, kind: str, _: object) -> bool:
    """Tell that a table is no part of the search, which no model describes (crm.store.search)."""
    return not (kind == "table" and str(name).startswith("complaint_search"))


def test_migrating_again_changes_nothing(engine: Engine) -> None:
    migrate(engine)
    migrate(engine)
    with engine.connect() as connection:
        present = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    assert present == ScriptDirectory.from_config(scripts()).get_heads()
    assert len(present) == 1


def test_going_down_and_up_again_keeps_the_reports_and_works_out_the_rest(
    crm: Crm, engine: Engine, clock: Clock
) -> None:
    """Everything of 0002 that follows from what 0001 keeps comes back: dates, holders, words to search."""
    waiting = crm.file_complaint(draft()).report_number
    done = crm.file_complaint(draft(Privacy.ANONIM)).report_number
    hand_on(crm, waiting, "sda")
    finish(crm, done)
    crm.close()
    config = scripts()
    with engines.writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    with engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        columns = {column["name"] for column in inspect(connection).get_columns("complaint")}
    assert tables == {
        "alembic_version",
        "complaint",
        "complaint_photo",
        "daily_sequence",
        "news",
        "status_change",
    }
    assert not columns & {"due_at", "merged_into", "news_wanted"}
    migrate(engine)
    view = crm.read_complaint(waiting, OTHER_DINAS)
    assert (view.unit, view.responded_at, view.closed_at) == ("sda", clock.now, None)
    finished = crm.read_complaint(done)
    assert (finished.finished_at, finished.closed_at) == (clock.now, clock.now)
    listed = crm.worklist(OTHER_DINAS, WorklistFilter(text="lampu mawar", order=Order.URGENT)).items
    assert [(item.report_number, item.due_at) for item in listed] == [(waiting, view.finish_by)]
    assert len(crm.worklist(BIRO, WorklistFilter(text="lampu")).items) == 2


def test_the_tables_refuse_an_anonymous_report_with_a_reporter(crm: Crm, engine: Engine) -> None:
    crm.file_complaint(draft(Privacy.ANONIM))
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text("UPDATE complaint SET reporter = 'warga'"))


def test_sqlite_works_with_a_log_foreign_keys_and_overwritten_erasures(tmp_path: Path) -> None:
    engine = engines.open_engine(f"sqlite:///{tmp_path}/new/crm.db")
    with engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "secure_delete", "busy_timeout")
        }
    engine.dispose()
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 3000}
    assert stat.S_IMODE(os.stat(tmp_path / "new" / "crm.db").st_mode) == 0o600


@pytest.mark.parametrize(
    "url",
    ["sqlite:////proc/no-such-folder/crm.db", "postgresql://nobody@127.0.0.1:1/none"],
)
def test_a_store_that_cannot_be_reached_is_said_to_be_unavailable(url: str, tmp_path: Path) -> None:
    crm = open_crm(Settings(database_url=url, var=tmp_path))
    with pytest.raises(StoreUnavailable):
        crm.file_complaint(draft())
    with pytest.raises(StoreUnavailable):
        crm.list_complaints("warga")


def test_a_locked_store_is_unavailable_and_works_again_afterwards(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "_SQLITE_SETUP", ("PRAGMA busy_timeout=1", *engines._SQLITE_SETUP[1:]))
    crm = open_crm(Settings(database_url=f"sqlite:///{tmp_path}/crm.db", var=tmp_path), clock=clock)
    first = crm.file_complaint(draft())
    other = sqlite3.connect(tmp_path / "crm.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    confirmed = draft()
    with pytest.raises(StoreUnavailable):
        crm.file_complaint(confirmed)
    assert crm.track_complaint(first.report_number, reporter="warga")
    other.execute("ROLLBACK")
    other.close()
    assert crm.file_complaint(confirmed).report_number.sequence == 2
    crm.close()


def test_after_a_restart_of_postgresql_the_same_draft_can_be_filed_again(
    postgresql: str, clock: Clock, tmp_path: Path
) -> None:
    crm = open_crm(Settings(database_url=postgresql, var=tmp_path), clock=clock)
    crm.file_complaint(draft())
    with pytest.raises(StoreUnavailable), crm._store.writing() as work:
        work.complaints.next_sequence(clock.now.date())
        end_connections(postgresql)
        work.complaints.next_sequence(clock.now.date())
    assert crm.file_complaint(draft()).report_number.sequence == 2
    crm.close()


def test_a_store_that_was_away_at_the_start_is_used_once_it_is_back(tmp_path: Path) -> None:
    in_the_way = tmp_path / "var"
    in_the_way.write_text("a file where the folder should be")
    crm = open_crm(Settings(database_url=f"sqlite:///{in_the_way}/crm.db", var=tmp_path))
    with pytest.raises(StoreUnavailable):
        crm.list_complaints("warga")
    in_the_way.unlink()
    assert crm.list_complaints("warga").total == 0
    crm.close()


def test_an_error_of_the_database_does_not_tell_what_was_written(engine: Engine) -> None:
    with pytest.raises(DBAPIError) as failed, engine.connect() as connection:
        connection.execute(text("INSERT INTO nothing VALUES (:words)"), {"words": "kanari di kabel"})
    assert "kanari" not in str(failed.value)
