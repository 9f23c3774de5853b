"""People with WhatsApp: they write, tap, pick, send photos and places, and their number may change.

Made by ``WhatsAppServer.citizen``. What they do becomes a webhook that waits; what they see is ``messages``.
"""

from dataclasses import dataclass
from typing import Any, Literal

from tests.servers.whatsapp_platform import WINDOW_SECONDS, Platform, Sent, User
from tests.servers.whatsapp_webhooks import Webhooks

Message = dict[str, Any]
# How the number of somebody who hides it is missing: all three were seen.
Hiding = Literal["omitted", "empty", "user_id"]


@dataclass
class Citizen:
    """One person."""

    platform: Platform
    webhooks: Webhooks
    user: User
    hiding: Hiding = "omitted"

    @property
    def messages(self) -> list[Sent]:
        """What arrived, oldest first."""
        return list(self.user.received)

    @property
    def texts(self) -> list[str]:
        return [text_of(sent.body) for sent in self.messages]

    def write(self, text: str, **more: Any) -> str:
        return self.send("text", text={"body": text}, **more)

    def tap(self, title: str) -> str:
        """Tap the newest button with this title."""
        return self._choose("button_reply", title)

    def pick(self, title: str) -> str:
        """Pick the newest row with this title from a list."""
        return self._choose("list_reply", title)

    def send_photo(self, content: bytes, caption: str = "", mime_type: str = "image/jpeg") -> str:
        return self.send_file("image", content, mime_type, **({"caption": caption} if caption else {}))

    def send_file(self, kind: str, content: bytes, mime_type: str, **more: Any) -> str:
        media_id = self.platform.files.add(content, mime_type)
        return self.send(kind, **{kind: {"id": media_id, "mime_type": mime_type, "sha256": "c2hh", **more}})

    def share_location(self, latitude: float, longitude: float, **place: str) -> str:
        asked = [sent for sent in self.messages if _kind_of(sent.body) == "location_request_message"]
        context = {"context": {"from": self.platform.display_number, "id": asked[-1].wamid}} if asked else {}
        return self.send(
            "location", location={"latitude": latitude, "longitude": longitude, **place}, **context
        )

    def edit(self, wamid: str, text: str) -> str:
        changed = {"type": "text", "text": {"body": text}}
        return self.send("edit", edit={"original_message_id": wamid, "message": changed})

    def change_number(self, phone: str, user_id: str | None = None) -> None:
        """Move to another number; whoever has a business-scoped id gets a new one."""
        system: Message = {"body": "changed", "wa_id": phone, "type": "user_changed_number"}
        if user_id:
            system |= {"user_id": user_id, "previous_user_id": self.user.user_id}
        message = {**self._envelope("system"), "system": system}
        self.webhooks.add({"messages": [message]})
        self.user.phone, self.user.user_id = phone, user_id or self.user.user_id

    def send(self, kind: str, **content: Any) -> str:
        """Send any kind of message: put a webhook on its way and open the window; return the message's id."""
        message = {**self._envelope(kind), **content}
        self.user.window_until = self.platform.clock() + WINDOW_SECONDS
        self.webhooks.add({"contacts": [self._contact()], "messages": [message]})
        return str(message["id"])

    def _choose(self, kind: str, title: str) -> str:
        for sent in reversed(self.messages):
            for choice in choices_of(sent.body):
                if choice["title"] == title:
                    context = {"from": self.platform.display_number, "id": sent.wamid}
                    return self.send("interactive", context=context, interactive={"type": kind, kind: choice})
        raise AssertionError(f"nothing with the title {title!r} to tap")

    def _envelope(self, kind: str) -> Message:
        wamid = self.platform.new_wamid(self.user)
        self.user.wrote.append(wamid)
        envelope = {**self._from(), "id": wamid, "timestamp": str(int(self.platform.clock())), "type": kind}
        return envelope | ({"from_user_id": self.user.user_id} if self.user.user_id else {})

    def _from(self) -> Message:
        if not self.user.hides_phone:
            return {"from": self.user.phone}
        return {"omitted": {}, "empty": {"from": ""}, "user_id": {"from": self.user.user_id}}[self.hiding]

    def _contact(self) -> Message:
        contact: Message = {"profile": {"name": self.user.name}}
        if self.user.user_id:
            contact |= {"user_id": self.user.user_id}
        if not self.user.hides_phone:
            contact |= {"wa_id": self.user.phone}
        elif self.hiding == "empty":
            contact |= {"wa_id": ""}
        return contact


def text_of(body: Message) -> str:
    """Return the words of a message as its reader sees them."""
    match body.get("type", "text"):
        case "interactive":
            return str(body["interactive"]["body"]["text"])
        case "template":
            parameters = body["template"]["components"][0]["parameters"]
            return " ".join(each["text"] for each in parameters)
        case "image":
            return str(body["image"].get("caption", ""))
    return str(body["text"]["body"])


def choices_of(body: Message) -> list[Message]:
    """Return the buttons or rows of a message, as a tap on them comes back."""
    action = body.get("interactive", {}).get("action", {})
    rows = [row for section in action.get("sections", []) for row in section["rows"]]
    return [button["reply"] for button in action.get("buttons", [])] + rows


def _kind_of(body: Message) -> str:
    return str(body.get("interactive", {}).get("type"))
