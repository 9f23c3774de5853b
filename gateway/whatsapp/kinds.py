"""What each kind of WhatsApp message becomes: text, a tap, a place, a photo, or a sentence of ours.

Called by ``gateway.whatsapp.parse`` with one message whose sender and id are known. Everything in it is doubted: what
is not of the documented form is answered as a message we cannot read, never dropped.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gateway import texts
from gateway.capabilities import CAPABILITIES
from gateway.commands import read_command
from gateway.messages import LOCATION_TEXT, PHOTO_TEXT, START_TEXT, ParseData, intent

CHANNEL = "whatsapp"
TEXT_LIMIT = CAPABILITIES[CHANNEL].text_limit
# What a button of ours can carry; anything else is looked up in vain, as an old button is.
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,40}")
NOT_ON_ANY = "-"
_MEDIA_ID = re.compile(r"[A-Za-z0-9_-]{1,200}")
# WhatsApp has no albums: photos picked together come as single messages, one right after the other.
TOGETHER = "photos"

Message = Mapping[str, Any]


@dataclass(frozen=True)
class Content:
    """What a message says, in the fields of ``InboundMessage``; ``part`` when one message says several things."""

    text: str = ""
    parse_data: ParseData | None = None
    button_token: str | None = None
    from_citizen: bool = True
    attachments: tuple[str, ...] = ()
    album: str | None = None
    replaces_wamid: str | None = None
    notice: str | None = None
    part: str = ""


def contents_of(message: Message) -> list[Content]:
    """Return what a message says; nothing for what is no message to us (reactions, what was taken back)."""
    kind = message.get("type")
    read = _KINDS.get(kind, _unsupported) if isinstance(kind, str) else _unsupported
    return read(message)


def _text(message: Message) -> list[Content]:
    words = clean(_in(message, "text").get("body"))
    return [_words(words)] if words else [_UNREADABLE]


def _words(words: str) -> Content:
    command = read_command(words)
    return Content(words) if command is None else Content(*command)


def _interactive(message: Message) -> list[Content]:
    tapped = _in(message, "interactive")
    reply = _in(tapped, "button_reply") or _in(tapped, "list_reply")
    token = reply.get("id")
    # Seen in the wild: a tap that does not say on what.
    known = isinstance(token, str) and _TOKEN.fullmatch(token)
    return [Content(button_token=token if known else NOT_ON_ANY)]


def _button(message: Message) -> list[Content]:
    """A template's button: its words are what the citizen says."""
    words = clean(_in(message, "button").get("text"))
    return [_words(words)] if words else [Content(button_token=NOT_ON_ANY)]


def _location(message: Message) -> list[Content]:
    place = _in(message, "location")
    lat, lon = _degrees(place.get("latitude"), 90), _degrees(place.get("longitude"), 180)
    if lat is None or lon is None:
        return [_UNREADABLE]
    names = filter(None, (clean(place.get("name")), clean(place.get("address"))))
    text = ", ".join(names)[:TEXT_LIMIT] or LOCATION_TEXT
    return [Content(text, intent("give_location", position={"lat": lat, "lon": lon}))]


def _image(message: Message) -> list[Content]:
    return _photo(_in(message, "image"))


def _document(message: Message) -> list[Content]:
    document = _in(message, "document")
    if str(document.get("mime_type")).startswith("image/"):
        return _photo(document)
    return _not_seen(document, texts.DOCUMENT)


def _photo(media: Message) -> list[Content]:
    reference = media.get("id")
    if not isinstance(reference, str) or not _MEDIA_ID.fullmatch(reference):
        return _not_seen(media, texts.PHOTO_REJECTED)
    caption = clean(media.get("caption"))
    return [Content(caption or PHOTO_TEXT, attachments=(reference,), album=TOGETHER)]


def _video(message: Message) -> list[Content]:
    return _not_seen(_in(message, "video"), texts.VIDEO)


def _not_seen(media: Message, notice: str) -> list[Content]:
    """Say what cannot be looked at; words that came with it are heard all the same."""
    caption = clean(media.get("caption"))
    heard = [Content(caption, part="caption")] if caption else []
    return [Content(notice=notice), *heard]


def _request_welcome(message: Message) -> list[Content]:
    """The chat was opened for the first time, nothing is written yet."""
    return [Content(START_TEXT, intent("start"), from_citizen=False)]


def _edit(message: Message) -> list[Content]:
    edit = _in(message, "edit")
    changed = _in(edit, "message")
    kind = changed.get("type")
    inner = _in(changed, kind) if isinstance(kind, str) else {}
    words = clean(inner.get("body")) or clean(inner.get("caption"))
    original = edit.get("original_message_id")
    if not words or not isinstance(original, str) or not original:
        return [Content(notice=texts.EDIT_TOO_LATE)]
    return [Content(words, replaces_wamid=original)]


def _unsupported(message: Message) -> list[Content]:
    edited = _in(message, "unsupported").get("type") == "edit"
    return [Content(notice=texts.EDIT_TOO_LATE)] if edited else [_UNREADABLE]


def _notice(name: str) -> Callable[[Message], list[Content]]:
    return lambda _message: [Content(notice=name)]


def _nothing(_message: Message) -> list[Content]:
    return []


def clean(value: object) -> str:
    """Return the words in a field, without what no database keeps, cut to the limit; "" if there are none."""
    if not isinstance(value, str):
        return ""
    return value.encode(errors="ignore").decode().replace("\x00", "").strip()[:TEXT_LIMIT]


def _in(message: Message, name: str) -> Message:
    value = message.get(name)
    return value if isinstance(value, dict) else {}


def _degrees(value: object, most: float) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -most <= value <= most:
        return None
    return float(value)


_UNREADABLE = Content(notice=texts.UNSUPPORTED)
_KINDS: dict[str, Callable[[Message], list[Content]]] = {
    "text": _text,
    "interactive": _interactive,
    "button": _button,
    "location": _location,
    "image": _image,
    "document": _document,
    "video": _video,
    "audio": _notice(texts.VOICE),
    "voice": _notice(texts.VOICE),
    "sticker": _notice(texts.STICKER),
    "contacts": _notice(texts.CONTACT),
    "request_welcome": _request_welcome,
    "edit": _edit,
    "reaction": _nothing,
    "revoke": _nothing,
    "system": _nothing,
}
