"""``make chat``: talk to the running assistant in a terminal, over the same interface as the browser.

A tool for developers: buttons are pressed by number, ``/foto FILE`` sends a picture, ``/lokasi LAT,LON``
shares a position, ``/keluar`` (or Ctrl-D) ends it.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import requests
from rich.console import Console
from rich.markup import escape

from ops.settings import SettingsError, load
from ops.webchat_client import ChatRefusedError, WebChatClient

PROMPT = "Anda › "
HELP = "nomor = tombol · /foto BERKAS · /lokasi LAT,LON · /keluar"


class TerminalChat:
    """Reads lines from the keyboard and prints what arrives in between."""

    def __init__(self, client: WebChatClient, console: Console):
        self.client = client
        self.console = console
        self.buttons: Sequence[Mapping[str, str]] = []

    def listen(self) -> None:
        """Print every message as it arrives; connect again whenever the stream ends."""
        while True:
            try:
                for event in self.client.events():
                    if event.name == "message":
                        self.show(event.data)
            except (requests.RequestException, ChatRefusedError) as error:
                self.console.print(f"\n[red]{escape(str(error))}[/]")
            time.sleep(1)

    def show(self, message: Mapping[str, object]) -> None:
        """One message with its buttons, and the prompt again below it."""
        style = "magenta" if message.get("kind") == "news" else "green"
        self.console.print(f"\r[bold {style}]Aduan[/] {escape(str(message.get('text') or ''))}")
        buttons = message.get("buttons")
        if isinstance(buttons, list) and buttons:
            self.buttons = buttons
            self.console.print(
                "  ".join(f"[cyan]{n}[/] {escape(str(b['title']))}" for n, b in enumerate(buttons, 1))
            )
        self.console.print(PROMPT, end="")

    def obey(self, line: str) -> None:
        """Send what the line means: a button, a photo, a position or words."""
        word, _, rest = line.partition(" ")
        if line.isdecimal() and 0 < int(line) <= len(self.buttons):
            self.client.press(self.buttons[int(line) - 1])
        elif word == "/foto":
            self.client.send_photo(Path(rest.strip()).expanduser())
        elif word == "/lokasi":
            lat, lon = (float(part) for part in rest.split(","))
            self.client.share_position(lat, lon)
        else:
            self.client.say(line)

    def run(self) -> None:
        """Talk until the end of input."""
        self.client.begin()
        self.console.print(f"[dim]{HELP}[/]")
        threading.Thread(target=self.listen, daemon=True).start()
        for line in iter(lambda: input(PROMPT).strip(), "/keluar"):
            try:
                if line:
                    self.obey(line)
            except (ChatRefusedError, OSError, ValueError) as error:
                self.console.print(f"[red]{escape(str(error))}[/]")


def main() -> int:
    """Command line: ``python -m ops.chat``."""
    console = Console()
    try:
        url = load().web_url
        TerminalChat(WebChatClient(url), console).run()
    except requests.ConnectionError:
        console.print(f"[red]Nothing answers at {url}. Start it first, in another terminal: make run[/]")
        return 1
    except (SettingsError, ChatRefusedError) as error:
        console.print(str(error), style="red", markup=False)
        return 1
    except (EOFError, KeyboardInterrupt):
        console.print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
