"""Statements on the outbox of channels that push: what is next, how a try went, what the platform confirmed.

Called through ``Store`` by ``gateway.delivery`` and the sweep in ``gateway.outbox``.

A row's state:
- waiting: to be sent, from ``retry_at`` on
- sending: being sent right now; found again from ``retry_at`` on it is doubtful, for whoever sent it died over it
- doubtful: it may have arrived; to be sent again from ``retry_at`` on
- taken: the platform has it; it counts as arrived at ``retry_at`` unless the platform says otherwise before
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, CursorResult, Exists, delete, exists, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from gateway.store.orm import ButtonRow, ConversationRow, OutboxRow, SentRow
from gateway.store.sent import to_retire_in

WAITING, SENDING, DOUBTFUL, TAKEN = "waiting", "sending", "doubtful", "taken"
# A failure comes within seconds; so long the contents are kept to be able to send them otherwise.
CONFIRMED_WITHIN = timedelta(minutes=5)
TAG_MARK = "."
_IS_SENDING = OutboxRow.state == SENDING


@dataclass(frozen=True)
class Letter:
    """An outbox row on its way; ``buttons`` are those still in force."""

    row_id: int
    public_id: str
    conversation_id: str
    channel: str
    is_news: bool
    text: str
    buttons: tuple[dict[str, str], ...]
    ask: str | None
    image: str | None
    state: str
    attempts: int
    parts: int
    by_template: bool

    def tag(self, part: int) -> str:
        """Return what names one of the messages this row is sent as."""
        return f"{self.public_id}{TAG_MARK}{part}"


def due(session: Session, channel: str, now: datetime, most: int) -> list[str]:
    """Return conversations with something to send or to retire now, the longest waiting first."""
    earlier = aliased(OutboxRow)
    is_first = ~exists().where(
        earlier.conversation_id == OutboxRow.conversation_id,
        earlier.id < OutboxRow.id,
        earlier.state != TAKEN,
    )
    is_due = or_(OutboxRow.retry_at.is_(None), OutboxRow.retry_at <= now)
    heads = (
        select(OutboxRow.conversation_id)
        .where(OutboxRow.channel == channel, OutboxRow.state != TAKEN, is_due, is_first)
        .where(~_is_unreachable(OutboxRow.conversation_id))
        .order_by(OutboxRow.id)
        .limit(most)
    )
    return list(dict.fromkeys([*session.scalars(heads), *to_retire_in(session, channel, most)]))


def next_letter(session: Session, conversation_id: str, now: datetime) -> Letter | None:
    """Return what is to be sent next in a conversation, where nothing is being sent; None if nothing is, or not yet."""
    query = select(OutboxRow).where(OutboxRow.conversation_id == conversation_id, OutboxRow.state != TAKEN)
    row = session.scalars(query.order_by(OutboxRow.id).limit(1)).first()
    if row is None or (row.retry_at and row.retry_at > now):
        return None
    if session.scalar(select(_is_unreachable(conversation_id))):
        return None
    letter = _letter(session, row)
    return replace(letter, state=DOUBTFUL) if letter.state == SENDING else letter


def begin(session: Session, letter: Letter, doubtful_at: datetime, numbered: Sequence[str]) -> bool:
    """Note that a row is being sent, some of its buttons as numbers; return False if it is gone."""
    if not _update(session, letter, state=SENDING, retry_at=doubtful_at):
        return False
    if numbered:
        own = ButtonRow.conversation_id == letter.conversation_id
        session.execute(update(ButtonRow).where(own).values(number=None))
        for number, token in enumerate(numbered, start=1):
            session.execute(update(ButtonRow).where(own, ButtonRow.token == token).values(number=number))
    return True


def went_on(session: Session, letter: Letter) -> None:
    """Note that a part was sent and others follow, unless the platform reported a failure meanwhile."""
    _update(session, letter, _IS_SENDING, state=WAITING, retry_at=None, parts=letter.parts + 1, attempts=0)


def went_out(session: Session, letter: Letter, confirmed_by: datetime | None) -> None:
    """Note that all was sent: forget the contents, at once or when the platform had time to object."""
    if confirmed_by is None:
        session.execute(delete(OutboxRow).where(OutboxRow.id == letter.row_id))
    else:
        _update(session, letter, _IS_SENDING, state=TAKEN, retry_at=confirmed_by)


def is_confirmed(session: Session, letter: Letter) -> bool:
    """Tell whether the platform confirmed what was being sent before it answered the call."""
    further = OutboxRow.parts > letter.parts
    return session.scalar(select(OutboxRow.id).where(OutboxRow.id == letter.row_id, further)) is not None


def postpone(session: Session, letter: Letter, retry_at: datetime | None, *, counted: bool = True) -> None:
    """Let a row wait, as doubtful as it was."""
    state = DOUBTFUL if letter.state == DOUBTFUL else WAITING
    parts = 0 if letter.state == TAKEN else letter.parts
    _update(session, letter, state=state, retry_at=retry_at, parts=parts, attempts=letter.attempts + counted)


def doubt(session: Session, letter: Letter, retry_at: datetime) -> None:
    """Note that a message may have arrived, unless the platform confirmed it meanwhile."""
    if not _update(session, letter, OutboxRow.parts == letter.parts, state=DOUBTFUL, retry_at=retry_at):
        _update(session, letter, state=WAITING, retry_at=None)


def send_by_template(session: Session, letter: Letter) -> None:
    """Have a row sent by template, at once."""
    _update(session, letter, state=WAITING, retry_at=None, parts=0, by_template=True)


def hold(session: Session, letter: Letter) -> None:
    """Keep a conversation's messages until its citizen writes again."""
    postpone(session, letter, None, counted=False)
    own = ConversationRow.conversation_id == letter.conversation_id
    session.execute(update(ConversationRow).where(own).values(unreachable=True))


def drop(session: Session, letter: Letter) -> None:
    """Forget a message that cannot be sent."""
    session.execute(delete(OutboxRow).where(OutboxRow.id == letter.row_id))


def expire_taken(session: Session, now: datetime) -> None:
    """Forget the contents of what the platform had time to object to."""
    session.execute(delete(OutboxRow).where(OutboxRow.state == TAKEN, OutboxRow.retry_at <= now))


def confirmed(session: Session, tag: str) -> None:
    """Note that the message with this tag arrived; what is unknown, or was confirmed before, is ignored."""
    public_id, _, part = tag.partition(TAG_MARK)
    row = session.scalar(select(OutboxRow).where(OutboxRow.public_id == public_id))
    if row is None or part != str(row.parts):
        return
    session.execute(delete(SentRow).where(SentRow.public_id == public_id, ~SentRow.has_buttons))
    if row.state == TAKEN:
        session.delete(row)
    elif row.state == SENDING:
        row.parts += 1
    elif row.state == DOUBTFUL:
        row.state, row.retry_at, row.parts = WAITING, None, row.parts + 1


def reported(session: Session, platform_message_id: str, tag: str | None) -> Letter | None:
    """Return the row of a message that was sent, by its tag or else by the platform's id."""
    public_id = (tag or "").partition(TAG_MARK)[0]
    if not public_id:
        by_id = SentRow.platform_message_id == platform_message_id
        public_id = session.scalar(select(SentRow.public_id).where(by_id).limit(1)) or ""
    was_sent = OutboxRow.state.in_((SENDING, DOUBTFUL, TAKEN))
    row = session.scalar(select(OutboxRow).where(OutboxRow.public_id == public_id, was_sent))
    return None if row is None else _letter(session, row)


def _update(session: Session, letter: Letter, *conditions: ColumnElement[bool], **values: object) -> bool:
    statement = update(OutboxRow).where(OutboxRow.id == letter.row_id, *conditions).values(**values)
    result = session.execute(statement)
    return isinstance(result, CursorResult) and result.rowcount > 0


def _is_unreachable(conversation_id: str | InstrumentedAttribute[str]) -> Exists:
    return exists().where(ConversationRow.conversation_id == conversation_id, ConversationRow.unreachable)


def _letter(session: Session, row: OutboxRow) -> Letter:
    own = ButtonRow.conversation_id == row.conversation_id
    in_force = set(session.scalars(select(ButtonRow.token).where(own)))
    return Letter(
        row_id=row.id,
        public_id=row.public_id,
        conversation_id=row.conversation_id,
        channel=row.channel,
        is_news=row.kind == "news",
        text=row.text,
        buttons=tuple(button for button in row.buttons if button["token"] in in_force),
        ask=row.ask,
        image=row.image,
        state=row.state,
        attempts=row.attempts,
        parts=row.parts,
        by_template=row.by_template,
    )
