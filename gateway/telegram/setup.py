"""What Telegram must know of us before citizens write: where the webhook is, and the menu of commands.

Run by ``gateway.telegram.platform`` at the start. Calls the Bot API.
"""

import logging

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from gateway.commands import MENU
from gateway.delivery.errors import ChannelDown, Refused
from gateway.telegram.errors import send_error
from gateway.telegram.parse import UPDATE_KINDS
from gateway.telegram.receive import PATH
from gateway.telegram.waiting import Pause
from gateway.texts import Texts

log = logging.getLogger(__name__)


class Setup:
    """Registers the bot's webhook, if it has one, and its menu."""

    def __init__(self, bot: Bot, texts: Texts, public_url: str, secret: str | None) -> None:
        self._bot = bot
        self._texts = texts
        self._url = public_url + PATH
        self._secret = secret

    async def run(self, pause: Pause) -> None:
        """Register, and try again until it is done."""
        while True:
            try:
                await self.register()
                pause.over()
                return
            except TelegramError as error:
                cause = send_error(error)
                hopeless = isinstance(cause, ChannelDown | Refused)
                await pause(f"Telegram was not set up ({cause}); see `make check-telegram`", long=hopeless)

    async def register(self) -> None:
        """Tell Telegram where the webhook is and what the menu holds; a repeat changes nothing.

        Raises:
            TelegramError: it was not told all.
        """
        if self._secret is not None:
            await self._bot.set_webhook(self._url, secret_token=self._secret, allowed_updates=UPDATE_KINDS)
        try:
            commands = menu(self._texts)
        except KeyError as missing:
            log.error("domain.yml lacks the response %s: the menu of commands stays as it is", missing)
        else:
            await self._bot.set_my_commands(commands)


def menu(texts: Texts) -> list[BotCommand]:
    """Return the commands as the menu shows them.

    Raises:
        KeyError: one of them is described nowhere.
    """
    return [BotCommand(command.name, texts.say(command.description)) for command in MENU]
