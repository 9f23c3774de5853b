"""What a browser sends, parsed into ``InboundMessage``; everything in it is doubted.

Called by ``gateway.webchat.routes``. Calls ``gateway.webchat.areas`` for the names of kelurahan.
"""

import json
import uuid
from typing import Any

from gateway.capabilities import CAPABILITIES
from gateway.messages import LOCATION_TEXT, PHOTO_TEXT, InboundMessage, intent
from gateway.webchat.areas import Areas

CHANNEL = "web"
TEXT_LIMIT = CAPABILITIES[CHANNEL].text_limit
JSON_LIMIT = 64 * 1024
MOST_ACKNOWLEDGED = 500


class BadRequest(Exception):
    """The request is not of the form the page uses; the message says where, for developers."""


def parse_json(body: bytes) -> dict[str, Any]:
    """Return the JSON object of a request.

    Raises:
        BadRequest: it is none, or too long.
    """
    if len(body) > JSON_LIMIT:
        raise BadRequest("the body is too long")
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadRequest("the body is not JSON") from error
    if not isinstance(value, dict):
        raise BadRequest("the body is not an object")
    return value


def parse_message(body: dict[str, Any], conversation_id: str, areas: Areas) -> InboundMessage:
    """Return the message in a request's body.

    Raises:
        BadRequest: a field is missing or wrong.
    """
    message_id = parse_id(body.get("id"))
    match body:
        case {"type": "text", "text": str(text)}:
            return InboundMessage(CHANNEL, conversation_id, message_id, _words(text))
        case {"type": "button", "token": str(token)} if 0 < len(token) <= 40:
            return InboundMessage(CHANNEL, conversation_id, message_id, "", button_token=token)
        case {"type": "location", "lat": int() | float() as lat, "lon": int() | float() as lon}:
            position = _position(lat, lon)
            return InboundMessage(CHANNEL, conversation_id, message_id, LOCATION_TEXT, position)
        case {"type": "area", "kelurahan_code": str(code)}:
            chosen = intent("give_location", kelurahan_code=code)
            return InboundMessage(CHANNEL, conversation_id, message_id, _area(areas, code), chosen)
    raise BadRequest("type must be text, button, location or area, with its fields")


def photo_message(conversation_id: str, message_id: str, name: str, caption: str) -> InboundMessage:
    """Return the message that says a stored photo was sent, with its caption as the text."""
    text = _clean(caption) or PHOTO_TEXT
    return InboundMessage(CHANNEL, conversation_id, message_id, text, intent("send_photo", photo=name))


def parse_id(value: object) -> str:
    """Return a message id as the page makes them: a UUID.

    Raises:
        BadRequest: it is none.
    """
    try:
        return str(uuid.UUID(value if isinstance(value, str) else ""))
    except ValueError as error:
        raise BadRequest("id must be a UUID") from error


def parse_acknowledged(body: dict[str, Any]) -> list[str]:
    """Return the ids of messages that have arrived.

    Raises:
        BadRequest: it is no list of ids.
    """
    ids = body.get("ids")
    if not isinstance(ids, list) or len(ids) > MOST_ACKNOWLEDGED or not all(isinstance(i, str) for i in ids):
        raise BadRequest(f"ids must be a list of at most {MOST_ACKNOWLEDGED} ids")
    return ids


def _words(text: str) -> str:
    words = _clean(text)
    if not words:
        raise BadRequest("text is empty")
    return words


def _clean(text: str) -> str:
    return text.replace("\x00", "").strip()[:TEXT_LIMIT]  # PostgreSQL stores no NUL


def _position(lat: float, lon: float) -> dict[str, Any]:
    if isinstance(lat, bool) or isinstance(lon, bool) or not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise BadRequest("lat and lon are not on earth")
    return intent("give_location", position={"lat": float(lat), "lon": float(lon)})


def _area(areas: Areas, code: str) -> str:
    if (name := areas.full_name(code)) is None:
        raise BadRequest("kelurahan_code is not in the list of /chat/areas")
    return name
