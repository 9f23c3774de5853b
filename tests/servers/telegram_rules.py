"""What the Bot API refuses, and in which words: limits, HTML, keyboards, commands, webhooks.

Used by ``telegram_methods``. The words are those of the open source of Telegram's Bot API server.
"""

import html
import re
from typing import Any
from urllib.parse import urlsplit

TEXT_LIMIT, CAPTION_LIMIT, CALLBACK_DATA_BYTES = 4096, 1024, 64
MOST_BUTTONS, BUTTONS_PER_ROW, MOST_COMMANDS = 100, 8, 100
WEBHOOK_PORTS = (80, 88, 443, 8443)
TAGS = set("b strong i em u ins s strike del span tg-spoiler a tg-emoji code pre blockquote".split())
ENTITIES = {"lt", "gt", "amp", "quot"}

_TOKEN = re.compile(r"<(/?)([^<>]*)>|([<>])")
_ENTITY = re.compile(r"&(#?\w+);")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_ACTIONS = ("callback_data", "url", "login_url", "switch_inline_query", "web_app", "pay", "copy_text")


class ApiError(Exception):
    """An answer of the Bot API that is not ok."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad(description: str) -> ApiError:
    return ApiError(400, f"Bad Request: {description}")


def plain_text(text: str, parse_mode: str | None) -> str:
    """Return a text without its markup."""
    if not parse_mode:
        return text
    if parse_mode.lower() != "html":
        raise bad("unsupported parse_mode")
    open_tags: list[str] = []
    for match in _TOKEN.finditer(text):
        _check_markup(match, open_tags)
    if open_tags:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{open_tags[-1]}\"")
    return _ENTITY.sub(_unescape, re.sub(r"<[^<>]*>", "", text))


def _unescape(match: re.Match[str]) -> str:
    name = match[1]
    return html.unescape(match[0]) if name.startswith("#") or name in ENTITIES else match[0]


def _check_markup(match: re.Match[str], open_tags: list[str]) -> None:
    closing, tag, stray = match.groups()
    if stray == "<":
        raise bad(f"can't parse entities: Unexpected end of name token at byte offset {match.start()}")
    if stray:
        return
    name = (tag.split() or [""])[0].lower()
    if name not in TAGS:
        raise bad(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {match.start()}')
    if not closing:
        open_tags.append(name)
    elif not open_tags or open_tags.pop() != name:
        raise bad(f"can't parse entities: Unmatched end tag at byte offset {match.start()}")


def check_text(text: str) -> None:
    if not text.strip():
        raise bad("message text is empty")
    if len(text) > TEXT_LIMIT:
        raise bad("message is too long")


def check_caption(text: str) -> None:
    if len(text) > CAPTION_LIMIT:
        raise bad("message caption is too long")


def check_markup(markup: Any, *, private: bool) -> None:
    """Refuse a keyboard that Telegram would refuse."""
    if markup is None:
        return
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in markup:
        for button in _buttons(markup["inline_keyboard"]):
            _check_inline(button)
    elif "keyboard" in markup:
        asks = [button for button in _buttons(markup["keyboard"]) if isinstance(button, dict)]
        if not private and any(button.get("request_location") for button in asks):
            raise bad("location can be requested in private chats only")
    elif markup.get("remove_keyboard") is not True and not markup.get("force_reply"):
        raise bad("can't parse reply keyboard markup JSON object")


def _buttons(rows: Any) -> list[Any]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > BUTTONS_PER_ROW for row in rows):
        raise bad("reply markup is too long")
    return [button for row in rows for button in row]


def _check_inline(button: Any) -> None:
    if not isinstance(button, dict) or not button.get("text"):
        raise bad('can\'t parse inline keyboard button: Field "text" must be of type String')
    if sum(action in button for action in _ACTIONS) != 1:
        raise bad("text buttons are unallowed in the inline keyboard")
    if "callback_data" in button:
        if not 1 <= len(button["callback_data"].encode()) <= CALLBACK_DATA_BYTES:
            raise bad("BUTTON_DATA_INVALID")


def check_commands(commands: Any) -> None:
    if not isinstance(commands, list) or len(commands) > MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(command.get("command", "")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")


def check_webhook(url: str, secret: str | None, *, local: bool) -> None:
    """Refuse an address or secret that Telegram would refuse; a local server (``--local``) takes any address."""
    parts = urlsplit(url)
    if not local and parts.scheme != "https":
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if not local and (parts.port or 443) not in WEBHOOK_PORTS:
        raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if secret and not _SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
