"""Citizens with telephones: Telegram and WhatsApp on loopback behind one set of deeds and sights.

Used by the system tests of both channels and by ``demos``. The platforms are those of ``tests.servers``; Telegram's
event loop runs in a thread of its own, so that who uses a phone need not know of it.
"""

import asyncio
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from tests.servers.telegram_citizen import Citizen as TelegramCitizen
from tests.servers.telegram_server import TelegramServer
from tests.servers.whatsapp_citizen import Citizen as WhatsAppCitizen
from tests.servers.whatsapp_citizen import choices_of
from tests.servers.whatsapp_server import WhatsAppServer

T = TypeVar("T")


@dataclass(frozen=True)
class Heard:
    """A message as its reader sees it: the words, and the titles of what can be tapped below them."""

    text: str
    titles: tuple[str, ...] = ()


class Phone(Protocol):
    """One citizen in one chat with Aduan. ``canaries`` is what the platform knows of who it is."""

    channel: str
    canaries: Sequence[str]

    @property
    def heard(self) -> Sequence[Heard]:
        """All that Aduan said, oldest first."""

    def says(self, text: str) -> None:
        """Write a message."""

    def taps(self, title: str) -> None:
        """Tap the newest button with this title."""

    def sends_photo(self, content: bytes, caption: str = "") -> None:
        """Send a photo."""

    def shares_position(self, lat: float, lon: float) -> None:
        """Share a position."""


class Telegram:
    """A Telegram that can be asked from any thread."""

    channel = "telegram"

    def __init__(self) -> None:
        self.server = TelegramServer()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def start(self) -> None:
        """Listen, so that ``settings`` has an address."""
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self.server.start(), self._loop).result()

    def stop(self) -> None:
        """End listening and delivering."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def settings(self) -> dict[str, str]:
        """The environment of a gateway that serves this bot by webhook."""
        return {
            "TELEGRAM_TOKEN": self.server.token,
            "TELEGRAM_WEBHOOK_SECRET": "secret-of-the-webhook",
            "TELEGRAM_API_URL": self.server.url,
        }

    def connect(self, web_url: str) -> None:
        """Do nothing: a gateway tells Telegram itself where it is."""

    @property
    def calls(self) -> int:
        """How often the bot has called."""
        return len(self.server.calls)

    def phone(self, name: str) -> "TelegramPhone":
        """Give somebody a telephone."""
        return TelegramPhone(self, self.server.citizen(name))

    def do(self, deed: Callable[..., T], *arguments: Any) -> T:
        """Run something in the server's thread."""

        async def run() -> T:
            return deed(*arguments)

        return asyncio.run_coroutine_threadsafe(run(), self._loop).result()

    async def _end(self) -> None:
        await self.server.webhooks.stop()
        await self.server.stop()


class TelegramPhone:
    """Implements ``Phone``."""

    channel = "telegram"

    def __init__(self, telegram: Telegram, citizen: TelegramCitizen) -> None:
        self._telegram = telegram
        self._citizen = citizen
        self.canaries: Sequence[str] = (str(citizen.user["id"]), citizen.user["first_name"])

    @property
    def heard(self) -> Sequence[Heard]:
        """All that Aduan said, oldest first."""
        return [
            Heard(message.text, tuple(button["text"] for row in message.buttons for button in row))
            for message in list(self._citizen.chat.messages)
            if message.from_bot
        ]

    def says(self, text: str) -> None:
        """Write a message."""
        self._telegram.do(self._citizen.write, text)

    def taps(self, title: str) -> None:
        """Tap the newest button with this title."""
        self._telegram.do(self._citizen.tap, title)

    def sends_photo(self, content: bytes, caption: str = "") -> None:
        """Send a photo."""
        self._telegram.do(self._citizen.send_photo, content, caption)

    def shares_position(self, lat: float, lon: float) -> None:
        """Share a position."""
        self._telegram.do(self._citizen.share_location, lat, lon)


class WhatsApp:
    """A WhatsApp that delivers by itself once it is connected."""

    channel = "whatsapp"

    def __init__(self) -> None:
        self.server = WhatsAppServer()

    def start(self) -> None:
        """Listen, so that ``settings`` has an address."""
        self.server.start()

    def stop(self) -> None:
        """End listening and delivering."""
        self.server.stop()

    @property
    def settings(self) -> dict[str, str]:
        """The environment of a gateway that serves this number."""
        platform = self.server.platform
        return {
            "WHATSAPP_TOKEN": platform.token,
            "WHATSAPP_PHONE_NUMBER_ID": platform.phone_number_id,
            "WHATSAPP_APP_SECRET": platform.app_secret,
            "WHATSAPP_VERIFY_TOKEN": "verify-token-of-the-tests",
            "WHATSAPP_API_URL": self.server.url,
        }

    def connect(self, web_url: str) -> None:
        """Deliver to this gateway, as whoever set up the app at Meta told it."""
        self.server.webhooks.url = f"{web_url}/whatsapp/webhook"
        self.server.webhooks.start()

    @property
    def calls(self) -> int:
        """How often the business has called."""
        return len(self.server.platform.calls)

    def phone(self, name: str) -> "WhatsAppPhone":
        """Give somebody a telephone, with number and business-scoped id."""
        user_id = f"ID.{name.replace(' ', '')}{len(self.server.platform.users)}"
        return WhatsAppPhone(self.server.citizen(user_id=user_id, name=name))


class WhatsAppPhone:
    """Implements ``Phone``."""

    channel = "whatsapp"

    def __init__(self, citizen: WhatsAppCitizen) -> None:
        self._citizen = citizen
        user = citizen.user
        self.canaries: Sequence[str] = (user.phone, str(user.user_id), user.name)

    @property
    def heard(self) -> Sequence[Heard]:
        """All that Aduan said, oldest first."""
        messages = self._citizen.messages
        titles = [tuple(choice["title"] for choice in choices_of(sent.body)) for sent in messages]
        return [Heard(*pair) for pair in zip(self._citizen.texts, titles, strict=True)]

    def says(self, text: str) -> None:
        """Write a message."""
        self._citizen.write(text)

    def taps(self, title: str) -> None:
        """Tap the newest button, or pick the newest row of a list, with this title."""
        newest = next(
            sent.body["interactive"]
            for sent in reversed(self._citizen.messages)
            if title in (choice["title"] for choice in choices_of(sent.body))
        )
        (self._citizen.pick if newest["type"] == "list" else self._citizen.tap)(title)

    def sends_photo(self, content: bytes, caption: str = "") -> None:
        """Send a photo."""
        self._citizen.send_photo(content, caption)

    def shares_position(self, lat: float, lon: float) -> None:
        """Share a position."""
        self._citizen.share_location(lat, lon)
