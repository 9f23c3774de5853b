"""``python -m gateway.telegram.check``: says in plain words whether Telegram works, and what to do if not.

Run by an operator (``make check-telegram``), beside a running gateway or without. Reads the environment; changes
nothing unless told to: ``--remove-webhook`` lets a bot be polled whose webhook somebody has set.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from gateway.commands import MENU
from gateway.platform_settings import SettingsError, TelegramSettings, read_telegram
from gateway.telegram.api import Api
from gateway.telegram.check_webhook import Finding, check_polling, check_webhook
from gateway.telegram.errors import send_error

REMOVE = "--remove-webhook"


@dataclass(frozen=True)
class Subject:
    """What is looked at."""

    settings: TelegramSettings
    public_url: str


def main(arguments: list[str], environment: Mapping[str, str]) -> int:
    """Print what was found, return 1 if something is wrong."""
    try:
        settings = read_telegram(environment)
    except SettingsError as error:
        print(f"WRONG  {error}")
        return 1
    if settings is None:
        print("WRONG  TELEGRAM_TOKEN is not set, so Telegram is off. @BotFather gives one (/newbot).")
        return 1
    port = environment.get("ADUAN_WEB_PORT") or "8000"
    public_url = (environment.get("ADUAN_PUBLIC_URL") or f"http://127.0.0.1:{port}").rstrip("/")
    return asyncio.run(_report(Subject(settings, public_url), remove=REMOVE in arguments))


async def _report(subject: Subject, *, remove: bool) -> int:
    wrong = 0
    async for finding in look(subject, remove=remove):
        print(f"{'ok   ' if finding.ok else 'WRONG'}  {finding.says}")
        wrong += not finding.ok
    return 1 if wrong else 0


async def look(subject: Subject, *, remove: bool = False) -> AsyncIterator[Finding]:
    """Yield what is found, one thing after another; ends where nothing more can be told."""
    api = Api(subject.settings.token, subject.settings.api_url)
    try:
        if remove:
            await api.bot.delete_webhook()
            yield Finding(True, "The webhook is removed; what waited for it is kept.")
        async for finding in _look(api.bot, subject):
            yield finding
    except InvalidToken:
        yield Finding(
            False, "Telegram does not accept TELEGRAM_TOKEN. @BotFather shows the right one (/mybots)."
        )
    except TelegramError as error:
        cause = send_error(error)
        yield Finding(False, f"Telegram cannot be asked ({cause}). Does this machine reach TELEGRAM_API_URL?")
    finally:
        await api.close()


async def _look(bot: Bot, subject: Subject) -> AsyncIterator[Finding]:
    me = await bot.get_me()
    yield Finding(True, f"The token is that of @{me.username}.")
    info = await bot.get_webhook_info()
    secret = subject.settings.webhook_secret
    if secret is None:
        findings = check_polling(info)
    else:
        findings = await check_webhook(info, subject.public_url, secret, is_telegrams=_is_telegrams(subject))
    for finding in findings:
        yield finding
    missing = {command.name for command in MENU} - {known.command for known in await bot.get_my_commands()}
    if missing:
        names = ", ".join(f"/{name}" for name in sorted(missing))
        yield Finding(False, f"The menu lacks {names}. It is set when the gateway starts.")
    else:
        yield Finding(True, "The menu of commands is complete.")


def _is_telegrams(subject: Subject) -> bool:
    return subject.settings.api_url.startswith("https://")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
