"""What the gateway sends, checked and made harmless: JSON in, a ``GatewayMessage`` out.

Called by ``bot.channel``. Rasa obeys texts that start with a slash (``/restart``, ``/intent{…}``) and treats
``EXTERNAL:`` as its own mark; whoever types these has only typed words.
"""

import re
from typing import Any

from bot.turn import GatewayMessage, TurnOutput

MAX_TEXT_LENGTH = 4096
MAX_ID_LENGTH = 255
PHOTO_INTENT = "send_photo"
NO_WORDS = "…"  # Rasa raises on an empty text; this one has no features and ends as not understood.

_STAND_IN = re.compile(r"(\[[^\]]*\])?$")  # What the gateway writes where the citizen wrote nothing.
_COMMAND_MARKS = re.compile(r"^(?:\s|/|EXTERNAL:)+")


class MalformedMessage(Exception):
    """The gateway sent something that is not in the contract; the text says which field."""


def message_from(body: Any) -> GatewayMessage:
    """Build the message of one turn.

    Raises:
        MalformedMessage: a field is missing or of the wrong form.
    """
    channel = text_field(body, "channel")
    written = text_field(body, "text", may_be_empty=True)
    parse_data = _parse_data(body.get("parse_data"), written)
    message = GatewayMessage(
        text=parse_data["text"] if parse_data else plain_text(written),
        output_channel=TurnOutput(channel),
        sender_id=text_field(body, "conversation_id"),
        parse_data=parse_data,
        input_channel=channel,
        message_id=text_field(body, "message_id"),
    )
    is_photo = parse_data is not None and parse_data["intent"]["name"] == PHOTO_INTENT
    message.is_caption = is_photo and not _STAND_IN.match(written)
    return message


def plain_text(text: str) -> str:
    """Cap ``text``, take off what Rasa would obey and what is no character; never empty."""
    whole = text[:MAX_TEXT_LENGTH].encode(errors="ignore").decode()
    return _COMMAND_MARKS.sub("", whole).strip() or NO_WORDS


def text_field(body: Any, name: str, may_be_empty: bool = False) -> str:
    """Read a text; everything but ``text`` is an identifier and bounded as one.

    Raises:
        MalformedMessage: missing, empty, too long or not a text.
    """
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, str) or not (value or may_be_empty):
        raise MalformedMessage(f"{name} must be a text")
    if name != "text" and len(value) > MAX_ID_LENGTH:
        raise MalformedMessage(f"{name} is longer than {MAX_ID_LENGTH} characters")
    return value


def _parse_data(given: Any, written: str) -> dict[str, Any] | None:
    """Complete the gateway's parse data to what NLU would give; None when NLU shall read the text."""
    if given is None:
        return None
    try:
        intent = {
            "name": str(given["intent"]["name"]),
            "confidence": float(given["intent"].get("confidence", 1)),
        }
        entities = [{"entity": str(e["entity"]), "value": e["value"]} for e in given.get("entities") or []]
    except (AttributeError, KeyError, TypeError, ValueError):
        raise MalformedMessage("parse_data must have intent.name and entities of entity and value") from None
    return {
        "text": plain_text(written or f"[{intent['name']}]"),
        "intent": intent,
        "entities": entities,
        "intent_ranking": [intent],
    }
