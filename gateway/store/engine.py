"""Opens the gateway's database and runs work on it in threads, each piece of work one transaction.

Called by ``gateway.app`` (open, close) and all that stores (``read``, ``write``). Calls SQLAlchemy, alembic.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session

P = ParamSpec("P")
T = TypeVar("T")

MIGRATIONS = Path(__file__).with_name("migrations")
POSTGRESQL_THREADS = 8


class Store:
    """The database behind an asyncio face. SQLite has one writer, so it gets one thread, PostgreSQL more."""

    def __init__(self, url: str) -> None:
        self._engine = _open_engine(url)
        self.is_sqlite = self._engine.dialect.name == "sqlite"
        threads = 1 if self.is_sqlite else POSTGRESQL_THREADS
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="gateway-store")
        self._forgot = False

    def migrate(self) -> None:
        """Bring the tables to the newest form."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self._engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    async def write(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run ``work(session, …)`` in one transaction and return what it returns."""
        self._forgot = True
        return await self._run(partial(self._in_transaction, work, *args, **kwargs))

    async def read(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run ``work(session, …)``, which changes nothing, and return what it returns."""
        return await self._run(partial(self._in_transaction, work, *args, **kwargs))

    async def wipe_log(self) -> None:
        """Empty SQLite's write-ahead log, where deleted contents would live on (deleted cells are zeroed)."""
        if self.is_sqlite and self._forgot:
            self._forgot = False
            if not await self._run(self._truncate_log):
                self._forgot = True

    async def close(self) -> None:
        """Close all connections, after the work under way: whoever waited for it may be gone, it is not."""
        await asyncio.to_thread(self._threads.shutdown)
        await asyncio.to_thread(self._engine.dispose)

    async def _run(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    def _in_transaction(
        self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        with Session(self._engine) as session, session.begin():
            return work(session, *args, **kwargs)

    def _truncate_log(self) -> bool:
        connection = self._engine.raw_connection()
        try:
            busy, _pages, _moved = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.close()
        return bool(busy == 0)


def _open_engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, hide_parameters=True, pool_size=POSTGRESQL_THREADS, pool_pre_ping=True)
    if parsed.database:
        # Its log and index take over the rights of the file.
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        Path(parsed.database).touch(mode=0o600)
    engine = create_engine(parsed, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    # The driver's own BEGIN comes too late and as a reader, which fails when somebody else writes in between.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
