"""The bodies of ``POST /messages``: whom to, and a fitted message as text, buttons, list, place request or picture.

Called by ``gateway.whatsapp.client``. ``gateway.delivery.fit`` has kept the limits; here they decide the form.
"""

from typing import Any

from gateway.delivery.client import Fitted, FittedButton
from gateway.whatsapp.sender import user_id_in

Body = dict[str, Any]

INTERACTIVE_TEXT_LIMIT = 1024
CAPTION_LIMIT = 1024


def addressed(address: str) -> Body:
    """Return the fields that say whom to: a business-scoped id or a number, never both (the number would win).

    Without its ``+`` a number would get the country code of ours in front.
    """
    to = {"recipient": address} if user_id_in(address) else {"to": f"+{address}"}
    return {"messaging_product": "whatsapp", "recipient_type": "individual", **to}


def message_body(message: Fitted, list_label: str, media_id: str | None) -> Body:
    """Return the fields that say what."""
    return {**_content(message, list_label, media_id), "biz_opaque_callback_data": message.tag}


def reading_body(wamid: str) -> Body:
    """Return the body that marks a message as read and shows that an answer is being written."""
    return {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": wamid,
        "typing_indicator": {"type": "text"},
    }


def _content(message: Fitted, list_label: str, media_id: str | None) -> Body:
    short = 0 < len(message.text) <= INTERACTIVE_TEXT_LIMIT
    if message.buttons and message.style == "reply" and short:
        return _interactive("button", message.text, _buttons(message.buttons), media_id)
    if media_id is not None:
        return {"type": "image", "image": {"id": media_id, **_caption(message.text)}}
    if message.buttons and message.style == "list" and short:
        return _interactive("list", message.text, _rows(message.buttons, list_label))
    if message.ask == "location" and short:
        return _interactive("location_request_message", message.text, {"name": "send_location"})
    return {"type": "text", "text": {"body": message.text, "preview_url": False}}


def _interactive(kind: str, text: str, action: Body, media_id: str | None = None) -> Body:
    header = {"header": {"type": "image", "image": {"id": media_id}}} if media_id else {}
    return {
        "type": "interactive",
        "interactive": {"type": kind, **header, "body": {"text": text}, "action": action},
    }


def _buttons(buttons: tuple[FittedButton, ...]) -> Body:
    replies = [{"type": "reply", "reply": {"id": each.token, "title": each.title}} for each in buttons]
    return {"buttons": replies}


def _rows(buttons: tuple[FittedButton, ...], label: str) -> Body:
    return {
        "button": label,
        "sections": [{"rows": [{"id": each.token, "title": each.title} for each in buttons]}],
    }


def _caption(text: str) -> Body:
    return {"caption": text} if text else {}
