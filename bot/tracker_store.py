"""Where conversations are kept: SQLite (WAL) or PostgreSQL, by ``TRACKER_DATABASE_URL``.

Named in ``endpoints.yml``; used by Rasa's processor and ``bot.turn``, always under the conversation's lock.
Differs from Rasa's SQL store where that one forgets: a failing database raises, here and at the start;
messages are known by id; turns and conversations can be erased; and a session stays short however long the
conversation is (docs/adr/0002).
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa  # type: ignore[import-untyped]
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from sqlalchemy.orm import (  # type: ignore[import-untyped]
    Query,
    Session,
    declarative_base,
    sessionmaker,
)

# About twenty turns. Reading, predicting and sending the tracker to actions grow with it: 40 ms at 100 turns.
MAX_SESSION_EVENTS = 200
DATABASE_TIMEOUT_SECONDS = 5

Base: Any = declarative_base()


class StoredEvent(Base):
    """One event of a conversation, in order of ``id``."""

    __tablename__ = "events"

    id = sa.Column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    sender_id = sa.Column(sa.String(255), nullable=False)
    type_name = sa.Column(sa.String(255), nullable=False)
    message_id = sa.Column(sa.String(255))
    timestamp = sa.Column(sa.Float(53), nullable=False, index=True)
    data = sa.Column(sa.Text, nullable=False)

    __table_args__ = (
        sa.Index("ix_events_conversation", "sender_id", "id"),
        sa.Index("ix_events_message", "sender_id", "message_id"),
        sa.Index("ix_events_kind", "sender_id", "type_name", "id"),
    )


class DurableTrackerStore(SQLTrackerStore):
    """Keeps every turn or says that it could not."""

    Base = Base
    SQLEvent = StoredEvent

    def __init__(
        self, host: str, domain: Domain | None = None, event_broker: EventBroker | None = None
    ) -> None:
        """Open the database at the URL ``host`` (Rasa's name for ``url``) and make a missing table.

        Raises:
            RasaException: the URL is not usable, or an event broker is set (it would carry words elsewhere).
            sqlalchemy.exc.OperationalError: the database does not answer; Rasa's start ends with it.
        """
        if event_broker:
            raise RasaException(
                "An event broker would send citizens' words elsewhere; remove it from endpoints.yml."
            )
        self.engine = _open(host)
        Base.metadata.create_all(self.engine)
        self.sessionmaker = sessionmaker(bind=self.engine)
        TrackerStore.__init__(self, domain)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Add the turn's events; a long session is followed by a fresh one with the same slots and draft."""
        with self.session_scope() as session:
            events = list(self._additional_events(session, tracker))
            if len(tracker.events) > MAX_SESSION_EVENTS:
                events += _fresh_session(tracker)
            session.add_all(_row(tracker.sender_id, event) for event in events)
            session.commit()

    async def has_turn(self, sender_id: str, message_id: str) -> bool:
        """Tell whether the message was handled and its turn saved."""
        with self.session_scope() as session:
            return self._turn_start(session, sender_id, message_id) is not None

    async def forget_conversation(self, sender_id: str) -> None:
        """Delete all events of the conversation; call it under the lock."""
        with self.session_scope() as session:
            session.query(StoredEvent).filter_by(sender_id=sender_id).delete()
            session.commit()
        self._overwrite_deleted()

    async def forget_turn(self, sender_id: str, message_id: str | None = None) -> None:
        """Delete the events of the last turn, as if its message had never come; call it under the lock.

        With ``message_id``, only if the last turn is that message's: forgetting twice then forgets one turn.
        """
        with self.session_scope() as session:
            start = self._turn_start(session, sender_id)
            if start is None or message_id not in (None, start.message_id):
                return
            turn = session.query(StoredEvent).filter(
                StoredEvent.sender_id == sender_id, StoredEvent.id >= start.id
            )
            turn.delete()
            session.commit()
        self._overwrite_deleted()

    async def ping(self) -> None:
        """Ask the database for an event; raises when it does not answer."""
        with self.session_scope() as session:
            session.query(StoredEvent.id).first()

    def _turn_start(
        self, session: Session, sender_id: str, message_id: str | None = None
    ) -> StoredEvent | None:
        turns = session.query(StoredEvent).filter_by(sender_id=sender_id, type_name=UserUttered.type_name)
        if message_id is not None:
            turns = turns.filter_by(message_id=message_id)
        return turns.order_by(StoredEvent.id.desc()).first()

    def _event_query(self, session: Session, sender_id: str, fetch_events_from_all_sessions: bool) -> Query:
        """Query a conversation's events, by ids: clocks may jump, and ids are indexed."""
        events = session.query(StoredEvent).filter(StoredEvent.sender_id == sender_id)
        if not fetch_events_from_all_sessions:
            sessions = session.query(sa.func.max(StoredEvent.id)).filter_by(
                sender_id=sender_id, type_name=SessionStarted.type_name
            )
            events = events.filter(StoredEvent.id >= sa.func.coalesce(sessions.scalar_subquery(), 0))
        return events.order_by(StoredEvent.id)

    def _overwrite_deleted(self) -> None:
        """Empty SQLite's write-ahead log, where deleted words would still stand (PostgreSQL: autovacuum)."""
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))


def _row(sender_id: str, event: Event) -> StoredEvent:
    return StoredEvent(
        sender_id=sender_id,
        type_name=event.type_name,
        message_id=event.message_id if isinstance(event, UserUttered) else None,
        timestamp=event.timestamp,
        data=json.dumps(event.as_dict()),
    )


def _fresh_session(tracker: DialogueStateTracker) -> Iterator[Event]:
    """Give the events that lead to the tracker's present state without its past."""
    yield SessionStarted()
    for slot in tracker.slots.values():
        if slot.value != slot.initial_value:
            yield SlotSet(slot.name, slot.value)
    if tracker.active_loop_name:
        yield ActiveLoop(tracker.active_loop_name)
    yield ActionExecuted(ACTION_LISTEN_NAME)


def _open(url: str) -> sa.engine.Engine:
    try:
        address = sa.engine.make_url(url)
    except sa.exc.ArgumentError:
        raise RasaException("TRACKER_DATABASE_URL must be a URL like sqlite:///var/tracker.db.") from None
    if address.get_backend_name() in ("postgres", "postgresql"):
        return _open_postgresql(address.set(drivername="postgresql+psycopg2"))
    if address.get_backend_name() == "sqlite":
        return _open_sqlite(address)
    raise RasaException(f"TRACKER_DATABASE_URL: {address.drivername} is neither sqlite nor postgresql.")


def _open_postgresql(address: sa.engine.URL) -> sa.engine.Engine:
    return sa.create_engine(
        address,
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": DATABASE_TIMEOUT_SECONDS,
            "options": f"-c statement_timeout={DATABASE_TIMEOUT_SECONDS * 1000}",
        },
    )


def _open_sqlite(address: sa.engine.URL) -> sa.engine.Engine:
    if not address.database or address.database == ":memory:":
        raise RasaException(
            "TRACKER_DATABASE_URL must name a file: in memory, conversations end with the process."
        )
    Path(address.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = sa.create_engine(
        address,
        hide_parameters=True,
        poolclass=sa.pool.QueuePool,
        connect_args={"timeout": DATABASE_TIMEOUT_SECONDS, "check_same_thread": False},
    )
    sa.event.listen(engine, "connect", _set_pragmas)
    return engine


def _set_pragmas(connection: Any, _: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
