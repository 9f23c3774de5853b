"""Who is there and what was written: users, chats, messages, files, taps. State without HTTP.

Used by ``telegram_methods`` (the bot's side) and ``telegram_citizen`` (the other).
"""

import itertools
from dataclasses import dataclass, field
from typing import Any

from tests.servers.telegram_rules import ApiError, bad
from tests.servers.telegram_time import PlatformTime

TAP_SECONDS, LINK_SECONDS = 150, 3600
DOWNLOAD_LIMIT = 20 << 20
BOT = {"id": 7_000_000_001, "is_bot": True, "first_name": "Aduan", "username": "AduanTestBot"}
TOO_LATE = "query is too old and response timeout expired or query ID is invalid"
WRONG_FILE = "wrong file_id or the file is temporarily unavailable"


@dataclass
class Message:
    """A message in a chat, as one sees it."""

    message_id: int
    from_bot: bool
    text: str = ""
    buttons: list[list[dict[str, Any]]] = field(default_factory=list)
    photo: bytes | None = None
    raw: dict[str, Any] = field(default_factory=dict)


@dataclass
class Chat:
    """A private chat or group. ``keyboard``: the reply keyboard that is shown; ``typing``: how often we saw it."""

    chat_id: int
    kind: str = "private"
    messages: list[Message] = field(default_factory=list)
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    kicked: bool = False
    keyboard: list[list[dict[str, Any]]] = field(default_factory=list)
    typing: int = 0

    def find(self, message_id: int) -> Message | None:
        return next((message for message in self.messages if message.message_id == message_id), None)


@dataclass
class File:
    content: bytes
    size: int
    linked_until: float = 0.0


@dataclass
class Tap:
    until: float
    answered: bool = False


class World:
    """Everything but updates."""

    def __init__(self, time: PlatformTime) -> None:
        self._time = time
        self._message_ids = itertools.count(1001)
        self._file_ids = itertools.count(1)
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, File] = {}
        self.taps: dict[str, Tap] = {}
        self.commands: list[dict[str, str]] = []

    def next_message_id(self) -> int:
        return next(self._message_ids)

    def writable(self, chat_id: int) -> Chat:
        """Return a chat the bot may write to now."""
        chat = self.chats.get(chat_id)
        if chat is None:
            raise bad("chat not found")
        for is_so, why in (
            (chat.blocked, "bot was blocked by the user"),
            (chat.deactivated, "user is deactivated"),
            (chat.kicked, "bot was kicked from the group chat"),
            (not chat.started, "bot can't initiate conversation with a user"),
        ):
            if is_so:
                raise ApiError(403, f"Forbidden: {why}")
        return chat

    def say(self, chat: Chat, text: str, markup: Any, photo: bytes | None = None) -> Message:
        """Put a message of the bot into a chat, with what its keyboard does there."""
        message = Message(self.next_message_id(), from_bot=True, text=text, photo=photo)
        markup = markup or {}
        message.buttons = markup.get("inline_keyboard", [])
        if "keyboard" in markup:
            chat.keyboard = markup["keyboard"]
        elif markup.get("remove_keyboard"):
            chat.keyboard = []
        chat.messages.append(message)
        return message

    def store(self, content: bytes, size: int | None = None) -> str:
        file_id = f"AgACAgUAAxkBAAI{next(self._file_ids):06d}_file-id"
        self.files[file_id] = File(content, len(content) if size is None else size)
        return file_id

    def link(self, file_id: str) -> str:
        """Return the path from which a file can be fetched for an hour."""
        file = self.files.get(file_id)
        if file is None:
            raise bad(WRONG_FILE)
        if file.size > DOWNLOAD_LIMIT:
            raise bad("file is too big")
        file.linked_until = self._time.now() + LINK_SECONDS
        return f"photos/{file_id}.jpg"

    def download(self, path: str) -> bytes | None:
        file = self.files.get(path.removeprefix("photos/").removesuffix(".jpg"))
        return file.content if file and file.linked_until > self._time.now() else None

    def begin_tap(self, tap_id: str) -> None:
        self.taps[tap_id] = Tap(self._time.now() + TAP_SECONDS)

    def answer_tap(self, tap_id: str) -> None:
        tap = self.taps.get(tap_id)
        if tap is None or tap.answered or tap.until < self._time.now():
            raise bad(TOO_LATE)
        tap.answered = True
