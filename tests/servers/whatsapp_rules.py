"""What the Cloud API accepts as ``POST /messages``: the limits of channels.md 2.4 and 2.6."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tests.servers.whatsapp_errors import ApiError

Body = Mapping[str, Any]

TEXT, SHORT_TEXT, FOOTER, TAG = 4096, 1024, 60, 512
BUTTONS, BUTTON_TITLE, BUTTON_ID = 3, 20, 256
ROWS, SECTIONS, ROW_TITLE, ROW_DESCRIPTION, ROW_ID = 10, 10, 24, 72, 200


def check_message(body: Body) -> None:
    """Refuse a message that the platform would refuse whoever it is for."""
    if not body.get("to") and not body.get("recipient"):
        raise ApiError(131008, "to or recipient is required")
    if len(body.get("biz_opaque_callback_data", "")) > TAG:
        raise ApiError(131009, "biz_opaque_callback_data")
    kind = body.get("type", "text")
    if kind not in _CHECKS:
        raise ApiError(131051, f"type {kind}")
    if not isinstance(body.get(kind), dict):
        raise ApiError(131008, f"{kind} is required")
    _CHECKS[kind](body[kind])


def _text(text: Body) -> None:
    _length("text.body", text.get("body"), TEXT)


def _image(image: Body) -> None:
    if not image.get("id") and not image.get("link"):
        raise ApiError(131008, "image.id or image.link is required")
    _length("image.caption", image.get("caption", "-"), SHORT_TEXT)


def _interactive(interactive: Body) -> None:
    _length("interactive.body.text", _dict(interactive, "body").get("text"), SHORT_TEXT)
    if "footer" in interactive:
        _length("interactive.footer.text", _dict(interactive, "footer").get("text"), FOOTER)
    action = _dict(interactive, "action")
    match interactive.get("type"):
        case "button":
            _buttons(action)
        case "list":
            _list(interactive, action)
        case "location_request_message":
            if action.get("name") != "send_location":
                raise ApiError(131009, "action.name must be send_location")
        case other:
            raise ApiError(131009, f"interactive.type {other}")


def _buttons(action: Body) -> None:
    buttons = action.get("buttons") or []
    if not 1 <= len(buttons) <= BUTTONS:
        raise ApiError(131009, "action.buttons: 1 to 3")
    replies = [_dict(button, "reply") for button in buttons if button.get("type") == "reply"]
    if len(replies) != len(buttons):
        raise ApiError(131009, "action.buttons.type must be reply")
    for reply in replies:
        _length("button title", reply.get("title"), BUTTON_TITLE)
        _length("button id", reply.get("id"), BUTTON_ID)
        if reply["id"] != reply["id"].strip():
            raise ApiError(131009, "a button id must not begin or end with a space")
    _unique("button titles", [reply["title"] for reply in replies])
    _unique("button ids", [reply["id"] for reply in replies])


def _list(interactive: Body, action: Body) -> None:
    if interactive.get("header", {"type": "text"}).get("type") != "text":
        raise ApiError(131009, "the header of a list must be text")
    _length("action.button", action.get("button"), BUTTON_TITLE)
    sections = action.get("sections") or []
    rows = [row for section in sections for row in section.get("rows", [])]
    if not 1 <= len(sections) <= SECTIONS or not 1 <= len(rows) <= ROWS:
        raise ApiError(131009, "a list has 1 to 10 sections and 1 to 10 rows")
    for section in sections:
        if len(sections) > 1 or "title" in section:
            _length("section title", section.get("title"), ROW_TITLE)
    for row in rows:
        _length("row title", row.get("title"), ROW_TITLE)
        _length("row id", row.get("id"), ROW_ID)
        _length("row description", row.get("description", "-"), ROW_DESCRIPTION)
    _unique("row ids", [row["id"] for row in rows])


def _template(template: Body) -> None:
    if not template.get("name") or not _dict(template, "language").get("code"):
        raise ApiError(131008, "template.name and template.language.code are required")
    for parameter in template_parameters(template):
        if parameter.get("type") != "text" or not parameter.get("text"):
            raise ApiError(132012, "a parameter must be text")
        if re.search(r"[\n\t]| {5}", parameter["text"]):
            raise ApiError(
                132012, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"
            )


def template_parameters(template: Body) -> list[Body]:
    """Return the parameters for a template's body."""
    bodies = [part for part in template.get("components", []) if part.get("type") == "body"]
    return [parameter for part in bodies for parameter in part.get("parameters", [])]


def _length(name: str, value: object, most: int) -> None:
    if not isinstance(value, str) or not value.strip():
        raise ApiError(131008, f"{name} is required")
    if len(value) > most:
        raise ApiError(131009, f"{name} must be at most {most} characters long")


def _unique(name: str, values: Sequence[str]) -> None:
    if len(set(values)) != len(values):
        raise ApiError(131009, f"{name} must be unique")


def _dict(value: Body, name: str) -> Body:
    inner = value.get(name)
    if not isinstance(inner, dict):
        raise ApiError(131008, f"{name} is required")
    return inner


_CHECKS = {"text": _text, "image": _image, "interactive": _interactive, "template": _template}
