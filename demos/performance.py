"""Plays a script: starts Aduan beside a platform, does what stands in the script, prints what is said.

Called by ``demos.__main__``. Calls ``tests.system`` for the running system and the telephones.
"""

import io
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PIL import Image
from rich.console import Console
from rich.text import Text

from tests.system.citizen import REPORT_NUMBER
from tests.system.phones import Heard, Phone, Telegram, WhatsApp
from tests.system.running import System

ANSWER_SECONDS = 60
# Who has heard nothing for so long takes the answer for complete.
QUIET_SECONDS = 1.5
NAME = "Siti"


class NoAnswer(Exception):
    """Aduan did not answer, or filed nothing; the message says after what."""


class Performance:
    """One citizen's conversation. ``step`` does one entry of the script and shows what follows."""

    def __init__(self, system: System, phone: Phone, console: Console) -> None:
        self._system = system
        self._phone = phone
        self._console = console
        self._shown = 0

    @property
    def report_number(self) -> str:
        """The newest report number that was said.

        Raises:
            NoAnswer: none was.
        """
        said = "\n".join(heard.text for heard in self._phone.heard)
        numbers = [match.group() for match in REPORT_NUMBER.finditer(said)]
        if not numbers:
            raise NoAnswer("No report number was said.")
        return numbers[-1]

    def step(self, entry: Mapping[str, Any]) -> None:
        """Do one entry and show the answer.

        Raises:
            NoAnswer: nothing was answered in time.
        """
        [(deed, what)] = entry.items()
        match deed:
            case "says":
                self._tell(f"{NAME}: {what}")
                self._phone.says(what)
            case "taps":
                self._tell(f"{NAME} taps [{what}]")
                self._phone.taps(what)
            case "photo":
                self._tell(f"{NAME} sends a photo: {what}")
                self._phone.sends_photo(picture(), what)
            case "position":
                self._tell(f"{NAME} shares a position: {what}")
                self._phone.shares_position(*what)
            case "officer":
                arguments = [self.report_number if word == "NUMBER" else word for word in what]
                self._tell(f"(an officer: make crm ARGS={' '.join(arguments)!r})")
                self._system.officer(*arguments)
        self._show_answer(f"{deed}: {what}")

    def _show_answer(self, after: str) -> None:
        deadline = time.monotonic() + ANSWER_SECONDS
        while len(self._phone.heard) == self._shown:
            if time.monotonic() > deadline:
                raise NoAnswer(f"No answer within {ANSWER_SECONDS} s after {after!r}.")
            time.sleep(0.05)
        quiet_since = time.monotonic()
        while time.monotonic() < quiet_since + QUIET_SECONDS:
            for heard in self._phone.heard[self._shown :]:
                self._shown += 1
                quiet_since = time.monotonic()
                self._show(heard)
            time.sleep(0.05)

    def _show(self, heard: Heard) -> None:
        words = Text("\n".join(f"    {line}" for line in heard.text.splitlines()), "green")
        self._console.print(words, soft_wrap=True)
        if heard.titles:
            self._console.print(Text("    " + " ".join(f"[{title}]" for title in heard.titles), "cyan"))

    def _tell(self, line: str) -> None:
        self._console.print(Text(line, "bold"), soft_wrap=True)


def picture() -> bytes:
    """Return a photo as a telephone makes it."""
    content = io.BytesIO()
    Image.new("RGB", (960, 720), "dimgrey").save(content, "JPEG")
    return content.getvalue()


def perform(platform: Telegram | WhatsApp, script: Sequence[Mapping[str, Any]], console: Console) -> str:
    """Play ``script`` from the start of the system to its end; return the number of the report.

    Raises:
        NoAnswer: Aduan fell silent, or nothing was filed.
    """
    platform.start()
    with tempfile.TemporaryDirectory(prefix="aduan-demo-") as var:
        system = System(Path(var), **platform.settings)
        console.print(f"Starting Aduan with {platform.channel} (a stand-in on this machine) ...")
        try:
            system.start()
            platform.connect(system.url)
            performance = Performance(system, platform.phone(NAME), console)
            for entry in script:
                performance.step(entry)
            return performance.report_number
        finally:
            system.stop()
            platform.stop()
