"""Statements on conversations and on the hashes of messages seen.

Called through ``Store`` by the inbox, the drafts, the sweep in ``gateway.app`` and the web chat.
"""

from datetime import date, datetime

from sqlalchemy import delete, exists, inspect, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from gateway.store.orm import Base, ButtonRow, ConversationRow, InboxRow, OutboxRow, SeenRow


def insert_new(session: Session, table: type[Base], **values: object) -> bool:
    """Insert a row unless its key is there already; return whether it was new."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    insert = dialect.insert(table).values(**values).on_conflict_do_nothing()
    return session.execute(insert.returning(*inspect(table).primary_key)).first() is not None


def first_seen(session: Session, seen_hash: str, day: date) -> bool:
    """Note a message's hash; return False for one noted before."""
    return insert_new(session, SeenRow, hash=seen_hash, day=day)


def begin(session: Session, conversation_id: str, channel: str, day: date) -> bool:
    """Make a conversation known; return False if it already was."""
    return insert_new(
        session, ConversationRow, conversation_id=conversation_id, channel=channel, active_day=day
    )


def is_known(session: Session, conversation_id: str) -> bool:
    """Return whether a conversation was begun and not forgotten."""
    return session.get(ConversationRow, conversation_id) is not None


def has_draft(session: Session, conversation_id: str) -> bool:
    """Return whether a draft is open in the conversation."""
    row = session.get(ConversationRow, conversation_id)
    return row is not None and row.draft_silent_since is not None


def touch(session: Session, conversation_id: str, now: datetime, *, draft_open: bool) -> None:
    """Note that a conversation was active, and since when an open draft is silent."""
    session.execute(
        update(ConversationRow)
        .where(ConversationRow.conversation_id == conversation_id)
        .values(active_day=now.date(), draft_silent_since=now if draft_open else None)
    )


def silent_drafts(session: Session, before: datetime) -> list[tuple[str, str, datetime]]:
    """Return (conversation, channel, silent since) of open drafts with nothing waiting to be answered."""
    waiting = exists().where(InboxRow.conversation_id == ConversationRow.conversation_id)
    rows = session.scalars(
        select(ConversationRow).where(ConversationRow.draft_silent_since <= before, ~waiting)
    )
    return [
        (row.conversation_id, row.channel, row.draft_silent_since) for row in rows if row.draft_silent_since
    ]


def forget_contents(session: Session, conversation_id: str) -> None:
    """Delete all that is known of a conversation: messages both ways, buttons, the conversation itself."""
    for table in (InboxRow, OutboxRow, ButtonRow, ConversationRow):
        session.execute(delete(table).where(table.conversation_id == conversation_id))


def prune(session: Session, *, seen_before: date, silent_before: date) -> None:
    """Delete hashes too old to be redelivered and conversations abandoned long ago."""
    session.execute(delete(SeenRow).where(SeenRow.day < seen_before))
    abandoned = select(ConversationRow.conversation_id).where(ConversationRow.active_day < silent_before)
    for table in (ButtonRow, ConversationRow):
        session.execute(delete(table).where(table.conversation_id.in_(abandoned)))
