"""Updates as Telegram sends them, written for these tests."""

from typing import Any

SITI = 5247800001
SENDER = {"id": SITI, "is_bot": False, "first_name": "Siti", "username": "sitirt05", "language_code": "id"}
PRIVATE = {"id": SITI, "type": "private", "first_name": "Siti"}
GROUP = {"id": -1001772241729, "type": "supergroup", "title": "RT 05", "is_forum": True}
BOT = {"id": 7000000001, "is_bot": True, "first_name": "Aduan", "username": "AduanBot"}
NUMBER = 730000001


def update(kind: str, body: Any, number: int = NUMBER) -> dict[str, Any]:
    return {"update_id": number, kind: body}


def written(**content: Any) -> dict[str, Any]:
    """A message in a private chat."""
    return {"message_id": 41, "from": SENDER, "chat": PRIVATE, "date": 1795600000, **content}


def message(**content: Any) -> dict[str, Any]:
    return update("message", written(**content))


def edited(**content: Any) -> dict[str, Any]:
    return update("edited_message", written(**{"edit_date": 1795600060, **content}))


def tapped(**query: Any) -> dict[str, Any]:
    about = {"message_id": 40, "from": BOT, "chat": PRIVATE, "date": 1795600000, "text": "Sudah benar?"}
    body = {"id": "666728699048485871", "from": SENDER, "message": about, "chat_instance": "16", **query}
    return update("callback_query", body)


def membership(chat: dict[str, Any], before: str, after: str) -> dict[str, Any]:
    states = {
        "old_chat_member": {"user": BOT, "status": before},
        "new_chat_member": {"user": BOT, "status": after},
    }
    return update("my_chat_member", {"chat": chat, "from": SENDER, "date": 1795600000, **states})


def size(file_id: str, width: int, height: int) -> dict[str, Any]:
    return {"file_id": file_id, "file_unique_id": file_id, "width": width, "height": height}
