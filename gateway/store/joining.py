"""Messages that go into one that still waits: an edit of it, a further photo of its album.

Called by ``gateway.store.inbox`` when it keeps a message. What was taken to be handled no longer changes.
"""

from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from gateway.messages import PHOTO_TEXT, InboundMessage
from gateway.store.orm import InboxRow


def edit_waiting(session: Session, message: InboundMessage) -> bool:
    """Put an edit into the message it edits, or into an earlier edit of that; return whether one waits."""
    if message.replaces is None:
        return False
    edited = or_(InboxRow.message_id == message.replaces, InboxRow.replaces == message.replaces)
    row = session.scalars(_waiting(message).where(edited).order_by(InboxRow.id.desc()).limit(1)).first()
    if row is None:
        return False
    row.text, row.parse_data = message.text, message.parse_data
    if message.attachments and len(row.attachments) <= 1:
        row.attachments = list(message.attachments)
    return True


def join_album(session: Session, message: InboundMessage, now: datetime, taken_at: datetime | None) -> bool:
    """Put a part of an album into the part that is held, and hold it for longer; return whether one is."""
    if message.album is None:
        return False
    held = (InboxRow.album == message.album, InboxRow.retry_at > now)
    row = session.scalars(_waiting(message).where(*held).limit(1)).first()
    if row is None:
        return False
    row.attachments = [*row.attachments, *message.attachments]
    row.text = _joined(row.text, message.text)
    row.notice = row.notice or message.notice
    row.sequence = min(row.sequence, message.sequence)
    row.retry_at = taken_at
    return True


def _waiting(message: InboundMessage) -> Select[InboxRow]:
    own = InboxRow.conversation_id == message.conversation_id
    return select(InboxRow).where(own, ~InboxRow.taken, InboxRow.attempts == 0).with_for_update()


def _joined(text: str, further: str) -> str:
    captions = [caption for caption in (text, further) if caption not in ("", PHOTO_TEXT)]
    return "\n".join(captions) or text or further
