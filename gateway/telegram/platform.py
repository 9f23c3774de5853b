"""Telegram put together: webhook or polling, set-up, and the client that sends.

Built by ``gateway.channels`` through ``build``; started and stopped by ``gateway.app``.
"""

import asyncio
from typing import TYPE_CHECKING

from sanic import Blueprint

from gateway import texts
from gateway.platform_settings import TelegramSettings
from gateway.telegram.api import Api
from gateway.telegram.client import TelegramClient
from gateway.telegram.intake import Intake
from gateway.telegram.poll import Poller
from gateway.telegram.receive import Webhook
from gateway.telegram.setup import Setup
from gateway.telegram.waiting import Pause

if TYPE_CHECKING:
    from gateway.channels import Parts


class Telegram:
    """One bot."""

    def __init__(self, settings: TelegramSettings, public_url: str, parts: "Parts") -> None:
        self._secret = settings.webhook_secret
        self._api = Api(settings.token, settings.api_url)
        self.client = TelegramClient(self._api, parts.texts.say(texts.LOCATION_LABEL))
        self._intake = Intake(parts.keep, parts.addresses, self.client.confirm_tap)
        self._setup = Setup(self._api.bot, parts.texts, public_url, self._secret)
        self._tasks: list[asyncio.Task[None]] = []

    def blueprint(self) -> Blueprint | None:
        """Return the webhook's route; None when polling."""
        return Webhook(self._secret, self._intake).blueprint() if self._secret else None

    async def start(self) -> None:
        """Begin to receive."""
        self._tasks.append(asyncio.create_task(self._setup.run(Pause())))
        if not self._secret:
            self._tasks.append(asyncio.create_task(Poller(self._api, self._intake, Pause()).run()))

    async def stop(self) -> None:
        """End receiving."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._intake.stop()

    async def close(self) -> None:
        """Close the connections."""
        await self._api.close()
