"""One update of Telegram made into what the inbox keeps, or a reason why nothing is to be done.

Called by ``gateway.telegram.intake``. Calls ``gateway.telegram.content``, which tells kinds of message apart; kinds
of update and of chat are told apart here. Everything is doubted.
"""

import re
from dataclasses import dataclass

from gateway import texts
from gateway.messages import InboundMessage
from gateway.telegram.content import content_of
from gateway.telegram.fields import Fields, Ignored, Malformed, fields, integer

CHANNEL = "telegram"
# What we ask Telegram for; more kinds exist and are ignored should they come.
UPDATE_KINDS = ("message", "edited_message", "callback_query", "my_chat_member")

GROUPS = frozenset({"group", "supergroup"})
# One id for all that is written in a group: the inbox keeps the first, so that the group is told once.
TOLD_GROUP = "group"
# What a button of ours can carry, and ids of albums. Other data is looked up in vain, like that of an old button.
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,40}")
_CALLBACK_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
NO_BUTTON = "-"


@dataclass(frozen=True)
class Incoming:
    """A message and the chat it came from; its conversation is not looked up yet."""

    chat_id: int
    message: InboundMessage


def parse_update(update: object) -> Incoming:
    """Return what an update says.

    Raises:
        Ignored: nothing is to be done; ``Malformed`` when it is not as documented.
    """
    if not isinstance(update, dict):
        raise Malformed("the update is no object")
    sequence = integer(update, "update_id")
    if "message" in update:
        return _written(fields(update, "message"), sequence)
    if "edited_message" in update:
        return _edited(fields(update, "edited_message"), sequence)
    if "callback_query" in update:
        return _tapped(fields(update, "callback_query"), sequence)
    if "my_chat_member" in update:
        return _membership(fields(update, "my_chat_member"), sequence)
    raise Ignored("a kind of update that was not asked for")


def callback_id(update: object) -> str | None:
    """Return the id of a tap that Telegram wants confirmed, whatever else the update holds."""
    query = update.get("callback_query") if isinstance(update, dict) else None
    value = query.get("id") if isinstance(query, dict) else None
    return value if isinstance(value, str) and _CALLBACK_ID.fullmatch(value) else None


def _written(message: Fields, sequence: int) -> Incoming:
    chat_id, kind = _chat(message)
    if kind in GROUPS:
        return _group(chat_id, sequence)
    _refuse_bots(message)
    content = content_of(message)
    inbound = InboundMessage(
        CHANNEL,
        conversation_id="",
        message_id=str(integer(message, "message_id")),
        text=content.text,
        parse_data=content.parse_data,
        attachments=content.attachments,
        album=_token(message.get("media_group_id")) if content.attachments else None,
        notice=content.notice,
        sequence=sequence,
    )
    return Incoming(chat_id, inbound)


def _edited(message: Fields, sequence: int) -> Incoming:
    chat_id, kind = _chat(message)
    if kind in GROUPS:
        raise Ignored("an edit in a group")
    if "location" in message:
        raise Ignored("a live location that moved")
    if "edit_date" not in message:
        raise Ignored("a change that the citizen did not make")
    _refuse_bots(message)
    content = content_of(message)
    if content.notice:
        raise Ignored("an edit of what could not be read")
    inbound = InboundMessage(
        CHANNEL,
        conversation_id="",
        message_id=f"edit:{sequence}",
        text=content.text,
        parse_data=content.parse_data,
        attachments=content.attachments,
        replaces=str(integer(message, "message_id")),
        sequence=sequence,
    )
    return Incoming(chat_id, inbound)


def _tapped(query: Fields, sequence: int) -> Incoming:
    identity = callback_id({"callback_query": query})
    if identity is None:
        raise Malformed("the id of a tap is none")
    if "message" not in query:
        raise Ignored("a tap on a message that is not ours")
    chat_id, kind = _chat(fields(query, "message"))
    if kind in GROUPS:
        raise Ignored("a tap in a group")
    inbound = InboundMessage(
        CHANNEL,
        conversation_id="",
        message_id=f"tap:{identity}",
        text="",
        button_token=_token(query.get("data")) or NO_BUTTON,
        sequence=sequence,
    )
    return Incoming(chat_id, inbound)


def _membership(change: Fields, sequence: int) -> Incoming:
    chat_id, kind = _chat(change)
    if kind not in GROUPS:
        raise Ignored("blocked or unblocked, which sending and the next message tell as well")
    if fields(change, "new_chat_member").get("status") in ("member", "administrator"):
        return _group(chat_id, sequence)
    raise Ignored("no longer in a group")


def _group(chat_id: int, sequence: int) -> Incoming:
    asked = InboundMessage(CHANNEL, "", message_id=TOLD_GROUP, text="", notice=texts.GROUP, sequence=sequence)
    return Incoming(chat_id, asked)


def _chat(owner: Fields) -> tuple[int, str]:
    chat = fields(owner, "chat")
    kind = chat.get("type")
    if kind == "private" or kind in GROUPS:
        return integer(chat, "id"), kind
    raise Ignored("a chat that is neither private nor a group")


def _refuse_bots(message: Fields) -> None:
    sender = message.get("from")
    if isinstance(sender, dict) and sender.get("is_bot") is True:
        raise Ignored("written by a bot")


def _token(value: object) -> str | None:
    return value if isinstance(value, str) and _TOKEN.fullmatch(value) else None
