"""Statements on sent messages: what the platform calls them, to take buttons off and to know what failed.

Called through ``Store`` by ``gateway.delivery`` and by the statements on replies, buttons and conversations.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from gateway.store.conversations import insert_new
from gateway.store.orm import ButtonRow, SentRow


@dataclass(frozen=True)
class Sent:
    """A message the platform took; ``tokens`` are those of its buttons that can be taken off."""

    conversation_id: str
    platform_message_id: str
    public_id: str
    tokens: tuple[str, ...]
    day: date


def note(session: Session, sent: Sent) -> None:
    """Note what the platform calls a message; its buttons go at once if they became old on the way."""
    in_force = exists().where(
        ButtonRow.conversation_id == sent.conversation_id, ButtonRow.token.in_(sent.tokens)
    )
    insert_new(
        session,
        SentRow,
        conversation_id=sent.conversation_id,
        platform_message_id=sent.platform_message_id,
        public_id=sent.public_id,
        has_buttons=bool(sent.tokens),
        to_retire=bool(sent.tokens) and not session.scalar(select(in_force)),
        day=sent.day,
    )


def retire(session: Session, conversation_id: str) -> None:
    """Have the buttons of all sent messages of a conversation taken off."""
    with_buttons = (SentRow.conversation_id == conversation_id, SentRow.has_buttons)
    session.execute(update(SentRow).where(*with_buttons).values(to_retire=True))


def to_retire(session: Session, conversation_id: str) -> list[str]:
    """Return the platform's ids of messages whose buttons are to be taken off."""
    own = SentRow.conversation_id == conversation_id
    return list(session.scalars(select(SentRow.platform_message_id).where(own, SentRow.to_retire)))


def to_retire_in(session: Session, channel: str, most: int) -> list[str]:
    """Return the conversations of a channel that have such messages."""
    own = SentRow.conversation_id.startswith(f"{channel}:", autoescape=True)
    query = select(SentRow.conversation_id).where(own, SentRow.to_retire).distinct().limit(most)
    return list(session.scalars(query))


def retired(session: Session, conversation_id: str, platform_message_id: str) -> None:
    """Forget a message whose buttons are off."""
    one = (SentRow.conversation_id == conversation_id, SentRow.platform_message_id == platform_message_id)
    session.execute(delete(SentRow).where(*one))


def forget(session: Session, conversation_id: str) -> None:
    """Forget the sent messages of a conversation; those with buttons once these are off."""
    own = SentRow.conversation_id == conversation_id
    session.execute(delete(SentRow).where(own, ~SentRow.has_buttons))
    retire(session, conversation_id)


def expire(session: Session, before: date) -> None:
    """Forget messages sent before a day."""
    session.execute(delete(SentRow).where(SentRow.day < before))
