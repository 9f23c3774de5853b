"""A client of the web chat's HTTP interface (docs/architecture.md, section 5), as a program sees it.

Called by ops.chat, benchmarks and tests that go through all real processes.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import requests

# A stream sends a heartbeat well within this; a call is answered at once, because handling comes later.
STREAM_TIMEOUT = (10, 120)
CALL_TIMEOUT = 30


class ChatRefusedError(Exception):
    """The server did not take the message; the text is the sentence it has for the citizen."""


@dataclass(frozen=True)
class Event:
    """One server-sent event: ``message`` or ``typing``, with its data."""

    name: str
    data: Mapping[str, Any]


class WebChatClient:
    """One citizen's conversation."""

    def __init__(self, url: str, headers: Mapping[str, str] | None = None):
        self.url = url.rstrip("/")
        self.headers = dict(headers or {})
        self.calls = requests.Session()
        self.calls.headers.update(self.headers)

    def begin(self) -> None:
        """Open a new conversation."""
        self.post("/chat/session")

    def say(self, text: str) -> None:
        """Send words."""
        self.send("text", text=text)

    def press(self, button: Mapping[str, str]) -> None:
        """Tap a button of a message."""
        self.send("button", token=button["token"], title=button["title"])

    def share_position(self, lat: float, lon: float) -> None:
        """Share a position in degrees (WGS 84)."""
        self.send("location", lat=lat, lon=lon)

    def send_photo(self, photo: Path, caption: str = "") -> None:
        """Send a picture file."""
        fields = {"id": str(uuid.uuid4()), "caption": caption}
        with photo.open("rb") as file:
            self.post("/chat/photos", data=fields, files={"file": (photo.name, file)})

    def events(self) -> Iterator[Event]:
        """What the server says from now on, acknowledged one by one; ends when it closes the stream."""
        with requests.get(
            f"{self.url}/chat/events",
            stream=True,
            timeout=STREAM_TIMEOUT,
            headers=self.headers,
            cookies=cast(dict[str, str], self.calls.cookies),
        ) as answer:
            refuse_errors(answer)
            answer.encoding = "utf-8"
            for event in parse_events(answer.iter_lines(chunk_size=None, decode_unicode=True)):
                if event.name == "message":
                    self.post("/chat/ack", json={"ids": [event.data["id"]]})
                yield event

    def send(self, kind: str, **fields: object) -> None:
        """Send one message of the given type."""
        self.post("/chat/messages", json={"id": str(uuid.uuid4()), "type": kind, **fields})

    def post(self, path: str, **body: Any) -> None:
        """POST and raise on a refusal.

        Raises:
            ChatRefusedError: the server refused.
            requests.ConnectionError: it is not there.
        """
        refuse_errors(self.calls.post(self.url + path, timeout=CALL_TIMEOUT, **body))


def refuse_errors(answer: requests.Response) -> None:
    """Raise ChatRefusedError unless ``answer`` is a success."""
    if answer.ok:
        return
    try:
        sentence = str(answer.json()["message"])
    except (ValueError, KeyError, TypeError):
        sentence = answer.reason
    raise ChatRefusedError(f"{sentence} ({answer.status_code})")


def parse_events(lines: Iterator[str]) -> Iterator[Event]:
    """Read server-sent events from their lines; comments (heartbeats) are passed over."""
    name, data = "message", ""
    for line in lines:
        if not line:
            if data:
                yield Event(name, json.loads(data))
            name, data = "message", ""
        elif line.startswith("event:"):
            name = line.removeprefix("event:").strip()
        elif line.startswith("data:"):
            data += line.removeprefix("data:").strip()
