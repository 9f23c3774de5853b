"""A citizen at the real web chat: sends as the page does, keeps what arrives, waits for it with a deadline.

Used by the system tests. As the page, it sends again with the same id until the message was taken, listens
again when the stream breaks, and shows a message once however often it comes.
"""

import contextlib
import io
import re
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import requests
from PIL import Image

from ops.webchat_client import ChatRefusedError, WebChatClient
from tests.conversations.responses import known_names, names_of
from tests.system.running import System

ANSWER_SECONDS = 60
FINISH_SECONDS = 120
PLACE = "di depan SDN 01, kelurahan Tebet Timur"
TAPS = {"photos": "Lewati", "privacy": "Privat (disarankan)", "confirmation": "Kirim"}
REPORT_NUMBER = re.compile(r"\b[A-Z]{2}\d{10}\b")
SECRET_CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")


class PatientClient(WebChatClient):
    """Repeats a call, with the same id in it, while nobody answers."""

    def post(self, path: str, **body: Any) -> None:
        deadline = time.monotonic() + ANSWER_SECONDS
        while True:
            try:
                return super().post(path, **body)
            except requests.ConnectionError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)


class Citizen:
    """One conversation. ``seen`` is all that arrived, ``answers`` what arrived since the last deed."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.seen: list[Mapping[str, Any]] = []
        self.transcript: list[str] = []
        self._answers_from = 0
        self._gone = threading.Event()
        self._client = PatientClient(system.url)
        self._client.begin()
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()
        self.gets("welcome")

    @property
    def conversation_id(self) -> str:
        return self.system.conversation_of(self._client.calls.cookies["aduan_chat"])

    # What a citizen does

    def says(self, text: str) -> None:
        self._deed(text)
        self._client.say(text)

    def taps(self, title: str) -> None:
        """Tap the newest button with this title."""
        buttons = [button for message in self.seen for button in message["buttons"]]
        offered = [button for button in buttons if button["title"] == title]
        assert offered, f"no button {title!r}{self}"
        self._deed(f"[{title}]")
        self._client.press(offered[-1])

    def sends_photo(self, folder: Path, caption: str = "") -> None:
        content = io.BytesIO()
        Image.new("RGB", (64, 48), "grey").save(content, "JPEG")
        photo = folder / "foto.jpg"
        photo.write_bytes(content.getvalue())
        self._deed(f"(foto) {caption}")
        self._client.send_photo(photo, caption)

    def leaves(self) -> None:
        """Delete the conversation, whereupon the server ends the stream."""
        self._gone.set()
        with contextlib.suppress(requests.RequestException):
            self._client.calls.delete(f"{self.system.url}/chat/session", timeout=ANSWER_SECONDS)
        self._listener.join(ANSWER_SECONDS)
        assert not self._listener.is_alive(), "the stream outlived its conversation"
        self._client.calls.close()

    # What a citizen sees

    @property
    def answers(self) -> list[Mapping[str, Any]]:
        """What arrived since the last deed."""
        return self.seen[self._answers_from :]

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.answers)

    @property
    def report_number(self) -> str:
        """The newest report number."""
        return self._newest(REPORT_NUMBER)

    @property
    def secret_code(self) -> str:
        """The newest secret code."""
        return self._newest(SECRET_CODE)

    def gets(self, response: str, seconds: float = ANSWER_SECONDS) -> None:
        """Wait for a response of domain.yml."""
        name = f"utter_{response}"
        assert name in known_names(), f"domain.yml has no {name}"
        self._waits(lambda: name in self.got(), f"{name} arrives", seconds)

    def sees(self, fragment: str, seconds: float = ANSWER_SECONDS) -> None:
        """Wait for words."""
        self._waits(lambda: fragment in self.text, f"{fragment!r} is said", seconds)

    def is_asked_for(self, what: str) -> None:
        """Wait for the question for ``what``."""
        self._waits(lambda: self.asked() == what, f"the question for {what}", ANSWER_SECONDS)

    def asked(self) -> str | None:
        """Give what the last answer asks for, None if it asks for nothing (or nothing came yet)."""
        questions = (
            name.replace("complaint_form_", "").removeprefix("utter_ask_").split("_")[0]
            for message in self.answers[-1:]
            for name in sorted(names_of(message["text"]))
            if name.startswith("utter_ask_")
        )
        return next(questions, None)

    def __str__(self) -> str:
        return "\n\n" + "\n".join(self.transcript)

    def _deed(self, what: str) -> None:
        self._answers_from = len(self.seen)
        self.transcript.append(f"> {what}")

    def got(self) -> set[str]:
        """Give the names of all responses since the last deed."""
        return {name for message in self.answers for name in names_of(message["text"])}

    def _newest(self, pattern: re.Pattern[str]) -> str:
        found = [match.group() for message in self.seen for match in pattern.finditer(message["text"])]
        assert found, f"none was ever given{self}"
        return found[-1]

    def _waits(self, condition: Callable[[], bool], what: str, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, f"not within {seconds} s: {what}{self}"
            time.sleep(0.02)

    def _listen(self) -> None:
        known = set()
        while not self._gone.is_set():
            try:
                for event in self._client.events():
                    if event.name == "message" and event.data["id"] not in known:
                        known.add(event.data["id"])
                        self.transcript.append(f"  {event.data['text']}")
                        self.seen.append(event.data)
            except (requests.RequestException, ChatRefusedError):
                self._gone.wait(0.1)


def file_privately(citizen: Citizen) -> str:
    """Take the citizen from the first words to the receipt; give the report's number."""
    reach_confirmation(citizen)
    citizen.taps("Kirim")
    citizen.gets("filed_privat")
    return citizen.report_number


def reach_confirmation(
    citizen: Citizen,
    words: str = "lampu jalan mati sudah seminggu",
    privacy: str = "Privat (disarankan)",
    photo_from: Path | None = None,
) -> None:
    """Answer every question; the summary stands with its buttons."""
    citizen.says(words)
    citizen.is_asked_for("place")
    citizen.says(PLACE)
    citizen.is_asked_for("photos")
    if photo_from:
        citizen.sends_photo(photo_from)
        citizen.is_asked_for("photos")
    citizen.taps("Cukup" if photo_from else "Lewati")
    citizen.is_asked_for("privacy")
    citizen.taps(privacy)
    citizen.is_asked_for("confirmation")


def finish(citizen: Citizen) -> None:
    """Answer whatever is asked until the receipt is there; "Kirim" again when the store was away."""
    deadline = time.monotonic() + FINISH_SECONDS
    while "utter_filed_privat" not in citizen.got():
        assert time.monotonic() < deadline, f"no receipt{citizen}"
        asked = citizen.asked()
        if asked == "place":
            citizen.says(PLACE)
        elif asked in TAPS and TAPS[asked] in titles(citizen):
            citizen.taps(TAPS[asked])
        time.sleep(0.02)


def titles(citizen: Citizen) -> set[str]:
    """Give the titles of the buttons in the newest answers."""
    return {button["title"] for message in citizen.answers for button in message["buttons"]}
