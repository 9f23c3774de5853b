"""An inbox row made of a message, and the message made of it again.

Called by ``gateway.store.inbox``. Calls nothing.
"""

from gateway.messages import Forget, InboundMessage
from gateway.store.orm import InboxRow

KEPT = "kept"
ANSWERED = "answered"
# What Rasa has to forget goes before all that waits, and keeps no time (WhatsApp's order is one).
ANSWERED_SEQUENCE = -1


def row_of(message: InboundMessage, *, state: str, forget: Forget | None) -> InboxRow:
    """Return a new row that holds a message."""
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
        attachments=list(message.attachments),
        album=message.album,
        replaces=message.replaces,
        notice=message.notice,
        sequence=message.sequence if state == KEPT else ANSWERED_SEQUENCE,
    )


def message_in(row: InboxRow) -> InboundMessage:
    """Return the message that a row holds."""
    return InboundMessage(
        channel=row.channel,
        conversation_id=row.conversation_id,
        message_id=row.message_id,
        text=row.text,
        parse_data=row.parse_data,
        button_token=row.button_token,
        from_citizen=row.from_citizen,
        attachments=tuple(row.attachments),
        album=row.album,
        replaces=row.replaces,
        notice=row.notice,
        sequence=row.sequence,
    )
