"""Statements on conversations and on the hashes of messages seen.

Called through ``Store`` by the inbox, the drafts, the sweep in ``gateway.app`` and the web chat.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, exists, inspect, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from gateway.store.orm import (
    AliasRow,
    Base,
    ButtonRow,
    ConversationRow,
    InboxRow,
    OutboxRow,
    SeenRow,
    SentRow,
)


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


@dataclass(frozen=True)
class Answered:
    """A message that Rasa answered, what Rasa calls the turn, and a digest of what the message said."""

    message_id: str
    turn_id: str
    digest: str


def touch(
    session: Session, conversation_id: str, now: datetime, *, draft_open: bool, last: Answered | None = None
) -> None:
    """Note that a conversation was active; while a draft is open also since when, and what Rasa answered last."""
    values: dict[str, object] = {"active_day": now.date(), "draft_silent_since": now if draft_open else None}
    if not draft_open:
        values |= {"last_message_id": None, "last_turn_id": None, "last_digest": None}
    elif last is not None:
        values |= {
            "last_message_id": last.message_id,
            "last_turn_id": last.turn_id,
            "last_digest": last.digest,
        }
    own = ConversationRow.conversation_id == conversation_id
    session.execute(update(ConversationRow).where(own).values(**values))


def last_answered(session: Session, conversation_id: str, message_id: str) -> Answered | None:
    """Return what is known of a message, if it was the last that Rasa answered and a draft is open."""
    row = session.get(ConversationRow, conversation_id)
    if row is None or row.last_message_id != message_id:
        return None
    return Answered(message_id, row.last_turn_id or "", row.last_digest or "")


def reached_again(session: Session, conversation_id: str) -> None:
    """Note that a citizen wrote, who could perhaps not be written to: what was held for them may go out."""
    row = session.get(ConversationRow, conversation_id)
    if row is not None and row.unreachable:
        row.unreachable = False
        own = OutboxRow.conversation_id == conversation_id
        session.execute(update(OutboxRow).where(own).values(by_template=False))


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
    """Delete all that is known of a conversation: messages both ways, buttons, other pseudonyms, itself."""
    for table in (InboxRow, OutboxRow, ButtonRow, SentRow, AliasRow, ConversationRow):
        session.execute(delete(table).where(table.conversation_id == conversation_id))


def prune(session: Session, *, seen_before: date, silent_before: date) -> None:
    """Delete hashes too old to be redelivered and conversations abandoned long ago."""
    session.execute(delete(SeenRow).where(SeenRow.day < seen_before))
    abandoned = select(ConversationRow.conversation_id).where(ConversationRow.active_day < silent_before)
    for table in (ButtonRow, SentRow, AliasRow, ConversationRow):
        session.execute(delete(table).where(table.conversation_id.in_(abandoned)))
