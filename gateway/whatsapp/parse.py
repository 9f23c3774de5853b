"""A webhook's body, parsed into events; one POST may carry a thousand, for several numbers and fields.

Called by ``gateway.whatsapp.receive``. Calls ``gateway.whatsapp.kinds``. One entry that cannot be read costs no other.
"""

import json
import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

from gateway.messages import InboundMessage
from gateway.whatsapp.events import Event, IdentityChange, Received, Status
from gateway.whatsapp.kinds import CHANNEL, Content, contents_of
from gateway.whatsapp.sender import Sender, phone_in, sender_of, user_id_in
from gateway.whatsapp.wamids import key_of

log = logging.getLogger(__name__)

Json = Mapping[str, Any]

_TAG = re.compile(r"[A-Za-z0-9_.:-]{1,100}")


class Malformed(Exception):
    """The body is no webhook of the Cloud API."""


def parse_webhook(body: bytes, phone_number_id: str) -> list[Event]:
    """Return what a webhook tells about our number, in the order it tells it.

    Raises:
        Malformed: the body is not a JSON object.
    """
    try:
        webhook = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Malformed(type(error).__name__) from error
    if not isinstance(webhook, dict):
        raise Malformed("not an object")
    return [event for value in _values(webhook, phone_number_id) for event in _events(value)]


def _values(webhook: Json, phone_number_id: str) -> Iterator[Json]:
    for entry in _list(webhook, "entry"):
        for change in _list(entry, "changes"):
            value = _dict(change, "value")
            number = _dict(value, "metadata").get("phone_number_id")
            if change.get("field") == "messages" and number == phone_number_id:
                yield value


def _events(value: Json) -> Iterator[Event]:
    contacts = _list(value, "contacts")
    for message in _list(value, "messages"):
        yield from _message(message, contacts)
    for status in _list(value, "statuses"):
        yield from _status(status)
    if codes := [code for error in _list(value, "errors") if (code := _code(error)) is not None]:
        log.warning("WhatsApp reports errors %s", codes)


def _message(message: Json, contacts: list[Json]) -> Iterator[Event]:
    wamid = message.get("id")
    sender = sender_of(message, contacts)
    if message.get("type") == "system":
        yield from _system(message, sender)
    elif message.get("group_id"):
        log.info("A message in a group was left alone")
    elif not isinstance(wamid, str) or not wamid or not sender.is_known:
        log.error("A message of WhatsApp without sender or id cannot be answered")
    else:
        sequence = _seconds(message.get("timestamp"))
        for content in contents_of(message):
            yield Received(sender, _inbound(content, wamid, sequence), wamid)


def _inbound(content: Content, wamid: str, sequence: int) -> InboundMessage:
    return InboundMessage(
        channel=CHANNEL,
        conversation_id="",
        message_id=key_of(wamid, content.part),
        text=content.text,
        parse_data=content.parse_data,
        button_token=content.button_token,
        from_citizen=content.from_citizen,
        attachments=content.attachments,
        album=content.album,
        replaces=key_of(content.replaces_wamid) if content.replaces_wamid else None,
        notice=content.notice,
        sequence=sequence,
    )


def _system(message: Json, sender: Sender) -> Iterator[Event]:
    """``from`` is the old number; the new ids are in ``system``, the id before them as well."""
    system = _dict(message, "system")
    if system.get("type") not in {"user_changed_number", "user_changed_user_id"}:
        return
    old = Sender(user_id_in(system.get("previous_user_id")) or sender.user_id, sender.phone)
    new = Sender(user_id_in(system.get("user_id")), phone_in(system.get("wa_id")))
    if old.is_known and new.is_known and old != new:
        yield IdentityChange(old, new)
    else:
        log.error("A change of number that does not say from what to what")


def _status(status: Json) -> Iterator[Event]:
    wamid, state = status.get("id"), status.get("status")
    if not isinstance(wamid, str) or not isinstance(state, str):
        log.error("A status of WhatsApp without id or state")
        return
    tag = status.get("biz_opaque_callback_data")
    ours = isinstance(tag, str) and _TAG.fullmatch(tag)
    codes = [_code(error) for error in _list(status, "errors")]
    yield Status(key_of(wamid), tag if ours else None, state, codes[0] if codes else None)


def _code(error: Json) -> int | None:
    code = error.get("code")
    return code if isinstance(code, int) else None


def _seconds(value: object) -> int:
    return int(value) if isinstance(value, str) and value.isdecimal() and len(value) <= 12 else 0


def _dict(value: Json, name: str) -> Json:
    inner = value.get(name)
    return inner if isinstance(inner, dict) else {}


def _list(value: Json, name: str) -> list[Json]:
    inner = value.get(name)
    return [item for item in inner if isinstance(item, dict)] if isinstance(inner, list) else []
