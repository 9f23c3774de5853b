"""People on the other side: they write, tap, send photos and places, edit, block.

Made by ``TelegramServer.citizen`` and ``group``. What they do becomes updates; what they see is ``chat``.
"""

import itertools
from collections.abc import Callable
from typing import Any

from tests.servers.telegram_world import BOT, Chat, Message, World

Push = Callable[..., Any]
_tap_ids = itertools.count(666_728_699_048_480_000)
_album_ids = itertools.count(14_070_696_956_143_900)


class Citizen:
    """Somebody with Telegram, in one chat with the bot. Methods return the id of the message they wrote."""

    def __init__(
        self, world: World, push: Push, now: Callable[[], float], chat: Chat, user: dict[str, Any]
    ) -> None:
        self._world = world
        self._push = push
        self._now = now
        self.chat = chat
        self.user = user

    @property
    def texts(self) -> list[str]:
        """What the bot said, oldest first."""
        return [message.text for message in self.chat.messages if message.from_bot]

    @property
    def buttons(self) -> list[str]:
        """The titles of all buttons that can be tapped."""
        return [button["text"] for _, button in self._tappable()]

    def write(self, text: str, **more: Any) -> int:
        entities = {}
        if text.startswith("/"):
            command = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
            entities = {"entities": [command]}
        return self.send(text=text, **entities, **more)

    def send(self, **content: Any) -> int:
        """Send a message with any content."""
        self.chat.started = True
        message = Message(self._world.next_message_id(), from_bot=False, text=content.get("text", ""))
        message.raw = {
            "message_id": message.message_id,
            "from": self.user,
            "chat": self._chat_json(),
            "date": int(self._now()),
            **content,
        }
        self.chat.messages.append(message)
        self._push("message", message.raw, ("message", self.chat.chat_id))
        return message.message_id

    def edit(self, message_id: int, **content: Any) -> None:
        """Change a message, as Telegram reports it."""
        message = self.chat.find(message_id)
        assert message is not None
        message.raw = {**message.raw, **content, "edit_date": int(self._now())}
        self._push("edited_message", message.raw, ("message", self.chat.chat_id))

    def send_photo(self, content: bytes, caption: str = "", size: int | None = None, **more: Any) -> int:
        """Send a photo in three sizes, the largest in the middle; only that is ``content``."""
        sizes = [
            self._size(b"thumbnail", 240, 320),
            self._size(content, 720, 960, size),
            self._size(b"middle", 600, 800),
        ]
        return self.send(photo=sizes, **({"caption": caption} if caption else {}), **more)

    def send_album(self, contents: list[bytes], caption: str = "") -> list[int]:
        """Send photos together: one update each, the caption with the first."""
        album = str(next(_album_ids))
        captions = [caption] + [""] * len(contents)
        return [
            self.send_photo(content, words, media_group_id=album)
            for content, words in zip(contents, captions, strict=False)
        ]

    def send_document(self, content: bytes, mime_type: str, name: str) -> int:
        document = {"file_id": self._world.store(content), "file_unique_id": "u", "file_name": name}
        return self.send(document={**document, "mime_type": mime_type, "file_size": len(content)})

    def share_location(self, latitude: float, longitude: float, **more: Any) -> int:
        return self.send(location={"latitude": latitude, "longitude": longitude, **more})

    def tap(self, title: str) -> str:
        """Tap the newest button with this title; return the id of the tap."""
        message, button = next((m, b) for m, b in reversed(self._tappable()) if b["text"] == title)
        return self.tap_data(button["callback_data"], message.message_id)

    def tap_data(self, data: str, message_id: int = 1) -> str:
        """Tap a button with any data, also one that is not shown."""
        tap_id = str(next(_tap_ids))
        self._world.begin_tap(tap_id)
        message = {"message_id": message_id, "from": BOT, "chat": self._chat_json(), "date": int(self._now())}
        query = {"id": tap_id, "from": self.user, "message": message, "chat_instance": "1", "data": data}
        self._push("callback_query", query, ("tap", self.user["id"]))
        return tap_id

    def is_waiting(self, tap_id: str) -> bool:
        """Whether the tapped button still shows that something goes on."""
        return not self._world.taps[tap_id].answered

    def block(self) -> None:
        self.chat.blocked = True
        self._member("member", "kicked")

    def unblock(self) -> None:
        self.chat.blocked = False
        self._member("kicked", "member")

    def add_bot(self) -> None:
        """Take the bot into the group."""
        self.chat.started = True
        self._member("left", "member")

    def _member(self, before: str, after: str) -> None:
        change = {
            "chat": self._chat_json(),
            "from": self.user,
            "date": int(self._now()),
            "old_chat_member": {"user": BOT, "status": before, "until_date": 0},
            "new_chat_member": {"user": BOT, "status": after, "until_date": 0},
        }
        self._push("my_chat_member", change, ("member", self.chat.chat_id))

    def _tappable(self) -> list[tuple[Message, dict[str, Any]]]:
        return [
            (message, button) for message in self.chat.messages for row in message.buttons for button in row
        ]

    def _size(self, content: bytes, width: int, height: int, size: int | None = None) -> dict[str, Any]:
        file_id = self._world.store(content, size)
        return {"file_id": file_id, "file_unique_id": file_id[-8:], "width": width, "height": height}

    def _chat_json(self) -> dict[str, Any]:
        name = {"first_name": self.user["first_name"]} if self.chat.kind == "private" else {"title": "RT 05"}
        return {"id": self.chat.chat_id, "type": self.chat.kind, **name}
