"""What one message of a citizen holds: words, a command, a place, photos, or something Aduan cannot read.

Called by ``gateway.telegram.parse``. Calls ``gateway.telegram.fields`` and ``gateway.commands``.
"""

from dataclasses import dataclass

from gateway import texts
from gateway.commands import read_command
from gateway.messages import LOCATION_TEXT, PHOTO_TEXT, ParseData, intent
from gateway.telegram.fields import Fields, Ignored, Malformed, degrees, fields, file_id, integer, words

# Which response answers which field, in this order: an animation comes with a document, too.
NOTICES = {
    "voice": texts.VOICE,
    "audio": texts.VOICE,
    "video": texts.VIDEO,
    "video_note": texts.VIDEO,
    "animation": texts.VIDEO,
    "sticker": texts.STICKER,
    "contact": texts.CONTACT,
    "document": texts.DOCUMENT,
}

# What Telegram itself writes into a chat: nobody waits for an answer.
SERVICE = frozenset(
    {
        "pinned_message",
        "message_auto_delete_timer_changed",
        "chat_background_set",
        "write_access_allowed",
        "connected_website",
        "users_shared",
        "chat_shared",
        "proximity_alert_triggered",
        "boost_added",
        "successful_payment",
        "refunded_payment",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
    }
)


@dataclass(frozen=True)
class Content:
    """The part of an ``InboundMessage`` that depends on the kind of message."""

    text: str = ""
    parse_data: ParseData | None = None
    attachments: tuple[str, ...] = ()
    notice: str | None = None


def content_of(message: Fields) -> Content:
    """Return what a message holds.

    Raises:
        Ignored: nobody waits for an answer to it, or it is malformed.
    """
    if text := words(message, "text"):
        return _written(text, forwarded="forward_origin" in message or "forward_date" in message)
    if "location" in message:
        return _place(message)
    if image := _image_of(message):
        return Content(words(message, "caption") or PHOTO_TEXT, attachments=(image,))
    for name, notice in NOTICES.items():
        if name in message:
            return Content(notice=notice)
    if SERVICE & message.keys():
        raise Ignored("a service message")
    return Content(notice=texts.UNSUPPORTED)


def _written(text: str, *, forwarded: bool) -> Content:
    command = None if forwarded else read_command(text)
    return Content(text) if command is None else Content(*command)


def _place(message: Fields) -> Content:
    point = fields(message, "location")
    lat, lon = degrees(point, "latitude", 90), degrees(point, "longitude", 180)
    venue = message.get("venue")
    names = [words(venue, "title"), words(venue, "address")] if isinstance(venue, dict) else []
    text = ", ".join(filter(None, names)) or LOCATION_TEXT
    return Content(text, intent("give_location", position={"lat": lat, "lon": lon}))


def _image_of(message: Fields) -> str | None:
    """Return the id of the message's picture: the largest size of a photo, or a document that is one."""
    sizes = message.get("photo")
    if sizes is not None:
        if not isinstance(sizes, list) or not sizes or not all(isinstance(size, dict) for size in sizes):
            raise Malformed("photo holds no sizes")
        return file_id(max(sizes, key=lambda size: integer(size, "width") * integer(size, "height")))
    document = message.get("document")
    if isinstance(document, dict) and "animation" not in message:
        if words(document, "mime_type").lower().startswith("image/"):
            return file_id(document)
    return None
