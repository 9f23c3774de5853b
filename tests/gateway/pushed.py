"""What citizens on Telegram and WhatsApp send, as their channels hand it over."""

from typing import Any

from gateway.identity import channel_of
from gateway.messages import PHOTO_TEXT, InboundMessage


def wrote(conversation: str, words: str, message_id: str = "", **more: Any) -> InboundMessage:
    """A text; ``more`` are further fields of the message."""
    return InboundMessage(channel_of(conversation), conversation, message_id or words, words, **more)


def tapped(conversation: str, token: str, message_id: str = "tap", **more: Any) -> InboundMessage:
    return wrote(conversation, "", message_id, button_token=token, **more)


def edited(conversation: str, message_id: str, words: str, **more: Any) -> InboundMessage:
    return wrote(conversation, words, f"{message_id} edited {words}", replaces=message_id, **more)


def photo(conversation: str, *references: str, caption: str = "", **more: Any) -> InboundMessage:
    text = caption or PHOTO_TEXT
    return wrote(conversation, text, f"photo {' '.join(references)}", attachments=references, **more)
