"""Statements on the inbox: keep a message, take the first of a conversation, let it wait, be done with it.

Called through ``Store`` by ``gateway.inbox``, ``gateway.turns`` and what that calls.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from gateway.messages import Forget, InboundMessage, ParseData
from gateway.store import conversations
from gateway.store.joining import edit_waiting, join_album
from gateway.store.orm import InboxRow
from gateway.store.rows import ANSWERED, ANSWERED_SEQUENCE, KEPT, message_in, row_of

_ORDER = (InboxRow.sequence, InboxRow.id)


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

    def is_due(self, now: datetime) -> bool:
        """Return whether it may be tried now."""
        return self.retry_at is None or self.retry_at <= now


@dataclass(frozen=True)
class Arrival:
    """A message that came, the hash by which it is known, and how long it is not to be taken."""

    message: InboundMessage
    seen_hash: str
    hold: timedelta


def keep_all(session: Session, arrivals: Sequence[Arrival], now: datetime) -> list[bool]:
    """Keep messages; return for each whether it is new."""
    return [_keep(session, arrival, now) for arrival in arrivals]


def _keep(session: Session, arrival: Arrival, now: datetime) -> bool:
    """Keep a message. An edit of one that waits, and a further photo of an album that does, go into that one."""
    message = arrival.message
    if not conversations.first_seen(session, arrival.seen_hash, now.date()):
        return False
    is_new = conversations.begin(session, message.conversation_id, message.channel, now.date())
    if message.from_citizen and not is_new:
        conversations.reached_again(session, message.conversation_id)
    taken_at = now + arrival.hold if arrival.hold else None
    if not (edit_waiting(session, message) or join_album(session, message, now, taken_at)):
        row = row_of(message, state=KEPT, forget=None)
        row.retry_at = taken_at
        session.add(row)
    return True


def keep_forgetting(session: Session, message: InboundMessage) -> None:
    """Keep only the wish that a whole conversation be forgotten by Rasa."""
    session.add(row_of(message, state=ANSWERED, forget="conversation"))


def first(session: Session, conversation_id: str) -> Waiting | None:
    """Return the message of a conversation that is to be handled next."""
    row = _head(session, conversation_id)
    return None if row is None else _waiting(session, row)


def take(session: Session, conversation_id: str, now: datetime) -> Waiting | None:
    """Return the message to be handled next; if it is due, nothing goes into it any more."""
    row = _head(session, conversation_id)
    if row is None:
        return None
    if not row.taken and (row.retry_at is None or row.retry_at <= now):
        session.execute(update(InboxRow).where(InboxRow.id == row.id).values(taken=True))
        session.refresh(row)  # Something may have gone into it while this waited for its lock.
    return _waiting(session, row)


def due(session: Session, now: datetime, channels: Collection[str]) -> list[str]:
    """Return the conversations on these channels whose first message may be tried now."""
    place = func.row_number().over(partition_by=InboxRow.conversation_id, order_by=_ORDER)
    heads = select(InboxRow.id, place.label("place")).where(InboxRow.channel.in_(channels)).subquery()
    return list(
        session.scalars(
            select(InboxRow.conversation_id)
            .join(heads, (heads.c.id == InboxRow.id) & (heads.c.place == 1))
            .where(or_(InboxRow.retry_at.is_(None), InboxRow.retry_at <= now))
            .order_by(InboxRow.id)
        )
    )


def fetched(session: Session, row_id: int, text: str, parse_data: ParseData | None) -> bool:
    """Put the photos a message brought into it; return False if the message is gone."""
    values: dict[str, object] = {"attachments": [], "notice": None, "text": text, "parse_data": parse_data}
    return _changed(session.execute(update(InboxRow).where(InboxRow.id == row_id).values(**values)))


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
        .values(attempts=0, refusals=0, retry_at=None, sequence=ANSWERED_SEQUENCE, album=None, replaces=None)
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


def _head(session: Session, conversation_id: str) -> InboxRow | None:
    own = InboxRow.conversation_id == conversation_id
    return session.scalars(select(InboxRow).where(own).order_by(*_ORDER).limit(1)).first()


def _waiting(session: Session, row: InboxRow) -> Waiting:
    own = InboxRow.conversation_id == row.conversation_id
    unanswered = exists().where(own, InboxRow.from_citizen, InboxRow.state == KEPT)
    return Waiting(
        row_id=row.id,
        message=message_in(row),
        forget=row.forget,  # type: ignore[arg-type]
        attempts=row.attempts,
        refusals=row.refusals,
        retry_at=row.retry_at,
        citizen_waits=not row.told_delayed and bool(session.scalar(select(unanswered))),
    )


def _changed(result: object) -> bool:
    return isinstance(result, CursorResult) and result.rowcount > 0
