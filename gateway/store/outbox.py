"""Statements on the outbox and on the buttons its messages carry.

Called through ``Store`` by ``gateway.turns``, ``gateway.news`` and ``gateway.outbox``.
"""

import secrets
import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from gateway.identity import channel_of
from gateway.messages import Button, OutboundMessage
from gateway.store import sent
from gateway.store.orm import ButtonRow, OutboxRow

# Whoever answers news later than this finds the report's buttons by asking for it.
BUTTONS_OF_NEWS_LAST = timedelta(days=30)


def add(session: Session, conversation_id: str, messages: Sequence[OutboundMessage], now: datetime) -> None:
    """Put messages into a conversation's outbox, in order, giving each button a token."""
    for message in messages:
        lasts_until = now.date() + BUTTONS_OF_NEWS_LAST if message.kind == "news" else None
        session.add(
            OutboxRow(
                public_id=uuid.uuid4().hex,
                conversation_id=conversation_id,
                channel=channel_of(conversation_id),
                kind=message.kind,
                text=message.text,
                buttons=[_token(session, conversation_id, button, lasts_until) for button in message.buttons],
                ask=message.ask,
                image=message.image,
                secret=message.secret,
                said_at=now,
            )
        )
        session.flush()


def waiting(session: Session, conversation_id: str) -> list[OutboxRow]:
    """Return what has not arrived yet, oldest first, detached from the session."""
    query = select(OutboxRow).where(OutboxRow.conversation_id == conversation_id).order_by(OutboxRow.id)
    rows = list(session.scalars(query))
    session.expunge_all()
    return rows


def arrived(session: Session, conversation_id: str, public_ids: Sequence[str]) -> None:
    """Forget messages that have arrived; ids of other conversations are ignored."""
    session.execute(
        delete(OutboxRow).where(
            OutboxRow.conversation_id == conversation_id, OutboxRow.public_id.in_(public_ids)
        )
    )


def drop_replies(session: Session, conversation_id: str) -> None:
    """Forget replies not yet acknowledged: they repeat what a forgotten conversation was about. News stay."""
    session.execute(
        delete(OutboxRow).where(OutboxRow.conversation_id == conversation_id, OutboxRow.kind == "reply")
    )
    sent.forget(session, conversation_id)


def expire(session: Session, *, said_before: datetime, secret_before: datetime) -> None:
    """Forget what nobody fetched."""
    session.execute(delete(OutboxRow).where(OutboxRow.said_at < said_before))
    session.execute(delete(OutboxRow).where(OutboxRow.secret, OutboxRow.said_at < secret_before))


def button(session: Session, conversation_id: str, token: str) -> Button | None:
    """Return what a token stands for in this conversation; None if it is retired or another's."""
    row = session.get(ButtonRow, token)
    if row is None or row.conversation_id != conversation_id:
        return None
    return Button(row.title, row.payload)


def numbered_button(session: Session, conversation_id: str, number: int) -> Button | None:
    """Return the button that was sent as this number and is still in force."""
    own = (ButtonRow.conversation_id == conversation_id, ButtonRow.number == number)
    row = session.scalars(select(ButtonRow).where(*own).limit(1)).first()
    return None if row is None else Button(row.title, row.payload)


def retire_buttons(session: Session, conversation_id: str) -> None:
    """Make the buttons of a conversation old, but for those of news."""
    own = (ButtonRow.conversation_id == conversation_id, ButtonRow.lasts_until.is_(None))
    session.execute(delete(ButtonRow).where(*own))
    sent.retire(session, conversation_id)


def expire_buttons(session: Session, today: date) -> None:
    """Make buttons of news old that have lasted long enough."""
    session.execute(delete(ButtonRow).where(ButtonRow.lasts_until < today))


def _token(
    session: Session, conversation_id: str, button: Button, lasts_until: date | None
) -> dict[str, str]:
    token = secrets.token_urlsafe(16)
    session.add(
        ButtonRow(
            token=token,
            conversation_id=conversation_id,
            title=button.title,
            payload=button.payload,
            lasts_until=lasts_until,
        )
    )
    return {"token": token, "title": button.title}
