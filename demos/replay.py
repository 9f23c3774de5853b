"""Replays recorded webhook bodies: ``python -m demos.replay FOLDER`` (with telegram/ and whatsapp/ in it).

Each file comes from people of its own (names that end in _redelivered, or _1_of_2 and so on, from the same), now; what
the real system answered is printed as the names of its responses. For looking at what real platforms send.
"""

import json
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from demos.performance import picture
from tests.conversations.responses import names_in
from tests.servers.telegram_world import Chat, File
from tests.servers.whatsapp_citizen import text_of
from tests.servers.whatsapp_files import Media
from tests.servers.whatsapp_platform import WINDOW_SECONDS, User
from tests.system.phones import Telegram, WhatsApp
from tests.system.running import System

QUIET_SECONDS = 4.0
SAME_PEOPLE = re.compile(r"(_redelivered|_\d_of_\d.*)$")
TIMES = {"date", "edit_date", "timestamp"}
Told = tuple[int | None, list[str]]


def renewed(value: Any, changes: dict[Any, Any]) -> Any:
    """Return a body with ids exchanged and times made present; ids of Telegram are numbers under ``id``."""
    if isinstance(value, dict):
        now = int(time.time())
        return {
            name: (type(part)(now) if name in TIMES else changes.get(part, part))
            if isinstance(part, int | str) and not isinstance(part, bool)
            else renewed(part, changes)
            for name, part in value.items()
        }
    return [renewed(part, changes) for part in value] if isinstance(value, list) else value


def parts_of(value: Any) -> Iterator[dict[str, Any]]:
    """Give all objects inside a body, itself first."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts_of(part)


def telegram_answers(telegram: Telegram, body: dict[str, Any], people: int) -> Told:
    """Deliver an update of Telegram; return its status and what was answered."""
    chats = {part["id"]: part for part in parts_of(body) if "id" in part and part.get("type") in CHATS}
    users = {
        part["id"] for part in parts_of(body) if "id" in part and ("is_bot" in part or "last_name" in part)
    }
    changes = {
        old: (-1 if old < 0 else 1) * (9_000_000_000 + 100 * people + index)
        for index, old in enumerate(sorted(users | chats.keys(), key=abs))
    }
    update = renewed({name: part for name, part in body.items() if name != "update_id"}, changes)
    [(kind, content)] = update.items()
    server = telegram.server

    def deliver() -> None:
        for old, chat in chats.items():
            server.world.chats.setdefault(changes[old], Chat(changes[old], chat["type"], started=True))
        for part in parts_of(update):
            if "file_id" in part:
                server.world.files[part["file_id"]] = File(picture(), part.get("file_size", 1000))
        if kind == "callback_query":
            server.world.begin_tap(content["id"])
        server.push(kind, content, ("replay", people))

    heard = [server.world.chats.get(number) for number in changes.values()]
    before = {chat.chat_id: len(chat.messages) for chat in heard if chat}
    deliveries = len(server.webhooks.deliveries)
    telegram.do(deliver)
    time.sleep(QUIET_SECONDS)
    texts = [
        message.text
        for number in changes.values()
        if (chat := server.world.chats.get(number))
        for message in chat.messages[before.get(number, 0) :]
    ]
    done = server.webhooks.deliveries[deliveries:]
    return (done[-1].status if done else None, texts)


CHATS = {"private", "group", "supergroup", "channel"}


def whatsapp_answers(whatsapp: WhatsApp, body: dict[str, Any], people: int) -> Told:
    """Deliver a body of WhatsApp; return its status and what was answered."""
    platform = whatsapp.server.platform
    numbers = sorted({part[name] for part in parts_of(body) for name in ("from", "wa_id") if part.get(name)})
    ids = sorted(
        {part[name] for part in parts_of(body) for name in ("user_id", "from_user_id") if part.get(name)}
    )
    wamids = sorted({part["id"] for part in parts_of(body) if str(part.get("id", "")).startswith("wamid.")})
    ours = platform.phone_number_id
    changes = {
        **{old: f"628139{people:04}{index}" for index, old in enumerate(numbers)},
        **{old: f"ID.REPLAY{people:04}{index}" for index, old in enumerate(ids)},
        **{old: f"wamid.REPLAY{people:04}{index}" for index, old in enumerate(wamids)},
        **{part["phone_number_id"]: ours for part in parts_of(body) if "phone_number_id" in part},
    }
    for part in parts_of(body):
        if "mime_type" in part and "id" in part:
            platform.files.media[part["id"]] = Media(picture(), part["mime_type"], time.time() + 3600)
    window = time.time() + WINDOW_SECONDS
    # Which number belongs to which id differs from body to body: everybody can be written to under both.
    for phone in [changes[old] for old in numbers] or [""]:
        user_ids: list[str | None] = [changes[old] for old in ids] or [None]
        platform.users += [User(phone, user_id, window_until=window) for user_id in user_ids]
    before = len(platform.sent)
    notification = whatsapp.server.webhooks.add_body(renewed(body, changes))
    time.sleep(QUIET_SECONDS)
    texts = [text_of(sent.body) for sent in platform.sent[before:]]
    return (notification.answers[-1] if notification.answers else None, texts)


def kind_of(body: dict[str, Any]) -> str:
    """Say in a few words what a body is."""
    for part in parts_of(body):
        if "statuses" in part:
            return f"status {part['statuses'][0]['status']}"
        if "messages" in part:
            return f"message {part['messages'][0].get('type', '')}"
        if "message_id" in part and "chat" in part:
            content = [name for name in part if name not in ENVELOPE]
            return f"{next(name for name in body if name != 'update_id')}: {', '.join(content)}"
    return next(name for name in [*body] if name not in ("update_id", "object"))


ENVELOPE = {"message_id", "from", "chat", "date", "edit_date", "reply_markup", "entities", "sender_chat"}


def replay(folder: Path, console: Console) -> None:
    """Replay all files and print the table."""
    platforms = (Telegram(), WhatsApp())
    for platform in platforms:
        platform.start()
    table = Table("file", "what came", "answer", "what Aduan did")
    with tempfile.TemporaryDirectory(prefix="aduan-replay-") as var:
        system = System(Path(var), **platforms[0].settings, **platforms[1].settings)
        system.start()
        for platform in platforms:
            platform.connect(system.url)
        try:
            groups: dict[str, int] = {}
            for file in sorted(folder.rglob("*.json")):
                body = json.loads(file.read_text(encoding="utf-8"))
                people = groups.setdefault(
                    SAME_PEOPLE.sub("", f"{file.parent.name}/{file.stem}"), len(groups)
                )
                is_telegram = file.parent.name == "telegram"
                status, texts = (
                    telegram_answers(platforms[0], body, people)
                    if is_telegram
                    else whatsapp_answers(platforms[1], body, people)
                )
                table.add_row(file.stem, kind_of(body), str(status), said(texts))
        finally:
            system.stop()
            for platform in platforms:
                platform.stop()
    console.print(table)


def said(texts: Sequence[str]) -> str:
    """Name the responses that were said."""
    return "; ".join(" or ".join(sorted(names_in(text))) or text[:60] for text in texts) or "nothing"


if __name__ == "__main__":
    replay(Path(sys.argv[1]), Console(width=180))
