"""The methods of the Bot API that Aduan uses, on the state of a ``World``.

Used by ``telegram_server``, which reads parameters off the wire and writes results onto it.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from tests.servers import telegram_rules as rules
from tests.servers.telegram_rules import bad
from tests.servers.telegram_updates import Updates
from tests.servers.telegram_webhooks import Webhooks
from tests.servers.telegram_world import BOT, Chat, Message, World

Fields = dict[str, Any]
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


class Methods:
    """Each method by its name; ``local`` takes webhooks of any address, as a server of one's own does."""

    def __init__(self, world: World, updates: Updates, webhooks: Webhooks, now: Callable[[], float]) -> None:
        self._world = world
        self._updates = updates
        self._webhooks = webhooks
        self._now = now
        self.local = True
        self.by_name: dict[str, Callable[[Fields], Awaitable[Any]]] = {
            "getme": self.get_me,
            "getupdates": self.get_updates,
            "setwebhook": self.set_webhook,
            "deletewebhook": self.delete_webhook,
            "getwebhookinfo": self.get_webhook_info,
            "sendmessage": self.send_message,
            "sendphoto": self.send_photo,
            "sendlocation": self.send_location,
            "sendchataction": self.send_chat_action,
            "editmessagereplymarkup": self.edit_reply_markup,
            "editmessagetext": self.edit_text,
            "answercallbackquery": self.answer_callback_query,
            "setmycommands": self.set_my_commands,
            "getmycommands": self.get_my_commands,
            "getfile": self.get_file,
        }

    async def get_me(self, given: Fields) -> Any:
        return BOT | {"can_join_groups": True, "can_read_all_group_messages": False}

    async def get_updates(self, given: Fields) -> Any:
        if "allowed_updates" in given:
            self._updates.allowed = given["allowed_updates"]
        numbers = (int(given.get(name, default)) for name, default in (("offset", 0), ("limit", 100)))
        return await self._updates.poll(*numbers, timeout=int(given.get("timeout", 0)))

    async def set_webhook(self, given: Fields) -> Any:
        url, secret = given.get("url", ""), given.get("secret_token")
        if url:
            rules.check_webhook(url, secret, local=self.local)
        if "allowed_updates" in given:
            self._updates.allowed = given["allowed_updates"]
        if given.get("drop_pending_updates") in (True, "true"):
            self._updates.waiting.clear()
        self._updates.interrupt("terminated by setWebhook request")
        self._webhooks.set(url, secret)
        return True

    async def delete_webhook(self, given: Fields) -> Any:
        return await self.set_webhook({**given, "url": ""})

    async def get_webhook_info(self, given: Fields) -> Any:
        self._updates.expire()
        info = {
            "url": self._webhooks.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.waiting),
        }
        if self._webhooks.last_error:
            info |= {
                "last_error_date": self._webhooks.last_error_date,
                "last_error_message": self._webhooks.last_error,
            }
        return info | ({"allowed_updates": self._updates.allowed} if self._updates.allowed else {})

    async def send_message(self, given: Fields) -> Any:
        chat = self._world.writable(int(given["chat_id"]))
        text = rules.plain_text(given.get("text", ""), given.get("parse_mode"))
        rules.check_text(text)
        rules.check_markup(given.get("reply_markup"), private=chat.kind == "private")
        return self._sent(chat, self._world.say(chat, text, given.get("reply_markup")), text=text)

    async def send_photo(self, given: Fields) -> Any:
        chat = self._world.writable(int(given["chat_id"]))
        caption = rules.plain_text(given.get("caption", ""), given.get("parse_mode"))
        rules.check_caption(caption)
        rules.check_markup(given.get("reply_markup"), private=chat.kind == "private")
        photo = given["photo"]
        content = photo if isinstance(photo, bytes) else self._world.files[photo].content
        message = self._world.say(chat, caption, given.get("reply_markup"), content)
        size = {"file_id": self._world.store(content), "file_unique_id": "u", "width": 90, "height": 90}
        return self._sent(chat, message, photo=[size], **({"caption": caption} if caption else {}))

    async def send_location(self, given: Fields) -> Any:
        chat = self._world.writable(int(given["chat_id"]))
        point = {name: float(given[name]) for name in ("latitude", "longitude")}
        return self._sent(chat, self._world.say(chat, "", given.get("reply_markup")), location=point)

    async def send_chat_action(self, given: Fields) -> Any:
        self._world.writable(int(given["chat_id"])).typing += 1
        return True

    async def edit_reply_markup(self, given: Fields) -> Any:
        chat, message = self._editable(given)
        buttons = (given.get("reply_markup") or {}).get("inline_keyboard", [])
        rules.check_markup(given.get("reply_markup"), private=True)
        if buttons == message.buttons:
            raise bad(NOT_MODIFIED)
        message.buttons = buttons
        return self._sent(chat, message, text=message.text)

    async def edit_text(self, given: Fields) -> Any:
        chat, message = self._editable(given)
        text = rules.plain_text(given.get("text", ""), given.get("parse_mode"))
        rules.check_text(text)
        buttons = (given.get("reply_markup") or {}).get("inline_keyboard", [])
        if (text, buttons) == (message.text, message.buttons):
            raise bad(NOT_MODIFIED)
        message.text, message.buttons = text, buttons
        return self._sent(chat, message, text=text)

    async def answer_callback_query(self, given: Fields) -> Any:
        if len(given.get("text", "")) > 200:
            raise bad("MESSAGE_TOO_LONG")
        self._world.answer_tap(given["callback_query_id"])
        return True

    async def set_my_commands(self, given: Fields) -> Any:
        rules.check_commands(given.get("commands"))
        self._world.commands = given["commands"]
        return True

    async def get_my_commands(self, given: Fields) -> Any:
        return self._world.commands

    async def get_file(self, given: Fields) -> Any:
        path = self._world.link(given["file_id"])
        size = self._world.files[given["file_id"]].size
        return {"file_id": given["file_id"], "file_unique_id": "u", "file_size": size, "file_path": path}

    def _editable(self, given: Fields) -> tuple[Chat, Message]:
        chat = self._world.writable(int(given["chat_id"]))
        message = chat.find(int(given["message_id"]))
        if message is None:
            raise bad("message to edit not found")
        if not message.from_bot:
            raise bad("message can't be edited")
        return chat, message

    def _sent(self, chat: Chat, message: Message, **content: Any) -> Fields:
        markup = {"reply_markup": {"inline_keyboard": message.buttons}} if message.buttons else {}
        return {
            "message_id": message.message_id,
            "from": BOT,
            "chat": {"id": chat.chat_id, "type": chat.kind},
            "date": int(self._now()),
            **content,
            **markup,
        }
