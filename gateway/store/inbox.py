"""Statements on the inbox: keep a message, take the first of a conversation, let it wait, be done with it.

Called through ``Store`` by ``gateway.inbox`` and ``gateway.turns``.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CursorResult, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from gateway.messages import Forget, InboundMessage
from gateway.store import conversations
from gateway.store.orm import InboxRow

KEPT = "kept"
ANSWERED = "answered"


@dataclass(frozen=True)
class Waiting:
    """The first message of a conversation and how often it was tried.

    ``forget`` is set once it is answered: only the forgetting is left. ``citizen_waits``: a citizen's message
    is among those that wait, and nobody has told them yet.
    """

    row_id: int
    message: InboundMessage
    forget: Forget | None
    attempts: int
    refusals: int
    retry_at: datetime | None
    citizen_waits: bool


def keep(session: Session, message: InboundMessage, seen_hash: str, now: datetime) -> bool:
    """Keep a message; return False for one that came before."""
    if not conversations.first_seen(session, seen_hash, now.date()):
        return False
    conversations.begin(session, message.conversation_id, message.channel, now.date())
    session.add(_row(message, state=KEPT, forget=None))
    return True


def keep_forgetting(session: Session, message: InboundMessage) -> None:
    """Keep only the wish that a whole conversation be forgotten by Rasa."""
    session.add(_row(message, state=ANSWERED, forget="conversation"))


def first(session: Session, conversation_id: str) -> Waiting | None:
    """Return the message of a conversation that is to be handled next."""
    own = InboxRow.conversation_id == conversation_id
    row = session.scalars(select(InboxRow).where(own).order_by(InboxRow.id).limit(1)).first()
    if row is None:
        return None
    unanswered = exists().where(own, InboxRow.from_citizen, InboxRow.state == KEPT)
    return Waiting(
        row_id=row.id,
        message=_message(row),
        forget=row.forget,  # type: ignore[arg-type]
        attempts=row.attempts,
        refusals=row.refusals,
        retry_at=row.retry_at,
        citizen_waits=not row.told_delayed and bool(session.scalar(select(unanswered))),
    )


def due(session: Session, now: datetime) -> list[str]:
    """Return the conversations whose first message may be tried now."""
    heads = select(func.min(InboxRow.id)).group_by(InboxRow.conversation_id)
    return list(
        session.scalars(
            select(InboxRow.conversation_id)
            .where(InboxRow.id.in_(heads), or_(InboxRow.retry_at.is_(None), InboxRow.retry_at <= now))
            .order_by(InboxRow.id)
        )
    )


def answered(session: Session, row_id: int, forget: Forget | None) -> bool:
    """Drop a message's contents; keep the row while Rasa has something to forget.

    Returns:
        False if the message is gone, because the conversation was forgotten meanwhile.
    """
    if forget is None:
        return done(session, row_id)
    result = session.execute(
        update(InboxRow)
        .where(InboxRow.id == row_id)
        .values(state=ANSWERED, forget=forget, text="", parse_data=None, button_token=None)
        .values(attempts=0, refusals=0, retry_at=None)
    )
    return _changed(result)


def done(session: Session, row_id: int) -> bool:
    """Delete a handled message; return whether it was still there."""
    return _changed(session.execute(delete(InboxRow).where(InboxRow.id == row_id)))


def postpone(session: Session, row_id: int, retry_at: datetime, *, refused: bool, told: bool) -> bool:
    """Note a failed try; return False if the message is gone."""
    values = {"attempts": InboxRow.attempts + 1, "retry_at": retry_at}
    if refused:
        values["refusals"] = InboxRow.refusals + 1
    if told:
        values["told_delayed"] = True
    return _changed(session.execute(update(InboxRow).where(InboxRow.id == row_id).values(**values)))


def _changed(result: object) -> bool:
    return isinstance(result, CursorResult) and result.rowcount > 0


def _row(message: InboundMessage, *, state: str, forget: Forget | None) -> InboxRow:
    return InboxRow(
        conversation_id=message.conversation_id,
        channel=message.channel,
        message_id=message.message_id,
        text=message.text,
        parse_data=message.parse_data,
        button_token=message.button_token,
        from_citizen=message.from_citizen,
        state=state,
        forget=forget,
    )


def _message(row: InboxRow) -> InboundMessage:
    return InboundMessage(
        channel=row.channel,
        conversation_id=row.conversation_id,
        message_id=row.message_id,
        text=row.text,
        parse_data=row.parse_data,
        button_token=row.button_token,
        from_citizen=row.from_citizen,
    )
