"""The store on SQLite or PostgreSQL: opens transactions and hands out the repositories within them.

Made by ``crm.bootstrap``. Tables are brought up to date before the first transaction rather than when the
object is made, so that a process can start while the database is away and works once it is back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from crm.domain.reference import Reference
from crm.store.complaints import SqlAlchemyComplaints
from crm.store.engine import open_engine, writing
from crm.store.errors import unavailable_on_failure
from crm.store.figures import SqlAlchemyFigures
from crm.store.follow_ups import SqlAlchemyFollowUps
from crm.store.migrate import migrate
from crm.store.news import SqlAlchemyNews
from crm.store.officers import SqlAlchemyOfficers
from crm.store.transfers import SqlAlchemyTransfers
from crm.store.worklist import SqlAlchemyWorklist


@dataclass(frozen=True)
class SqlAlchemyUnitOfWork:
    """The repositories of one transaction."""

    complaints: SqlAlchemyComplaints
    news: SqlAlchemyNews
    follow_ups: SqlAlchemyFollowUps
    officers: SqlAlchemyOfficers
    transfers: SqlAlchemyTransfers
    worklist: SqlAlchemyWorklist
    figures: SqlAlchemyFigures


class Database:
    """Implements ``crm.services.ports.Store``; may be used from several threads."""

    def __init__(self, database_url: str, reference: Reference) -> None:
        self._url = database_url
        self._reference = reference
        self._opening = Lock()
        self._engine: Engine | None = None

    @contextmanager
    def reading(self) -> Iterator[SqlAlchemyUnitOfWork]:
        """Open a transaction that only reads."""
        with unavailable_on_failure(), Session(self._ready()) as session:
            yield self._work(session)

    @contextmanager
    def writing(self) -> Iterator[SqlAlchemyUnitOfWork]:
        """Open a transaction that is committed at the end of the block, or undone if the block raises."""
        with unavailable_on_failure(), Session(writing(self._ready())) as session, session.begin():
            yield self._work(session)

    def close(self) -> None:
        """Give back all connections; the next transaction opens new ones."""
        with self._opening:
            if self._engine is not None:
                self._engine.dispose()
            self._engine = None

    def _ready(self) -> Engine:
        with self._opening:
            if self._engine is None:
                engine = open_engine(self._url)
                try:
                    migrate(engine)
                except BaseException:
                    engine.dispose()
                    raise
                self._engine = engine
            return self._engine

    def _work(self, session: Session) -> SqlAlchemyUnitOfWork:
        return SqlAlchemyUnitOfWork(
            complaints=SqlAlchemyComplaints(session, self._reference),
            news=SqlAlchemyNews(session, self._reference),
            follow_ups=SqlAlchemyFollowUps(session),
            officers=SqlAlchemyOfficers(session),
            transfers=SqlAlchemyTransfers(session),
            worklist=SqlAlchemyWorklist(session, self._reference),
            figures=SqlAlchemyFigures(session),
        )
