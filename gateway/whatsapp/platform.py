"""WhatsApp as the gateway sees a channel: a client, a webhook, a beginning and an end.

Built by ``gateway.channels``. Calls what lies beside it.
"""

import asyncio
from typing import TYPE_CHECKING

from sanic import Blueprint

from gateway import texts
from gateway.platform_settings import WhatsAppSettings
from gateway.whatsapp.api import Api
from gateway.whatsapp.client import WhatsAppClient
from gateway.whatsapp.intake import Intake
from gateway.whatsapp.menu import set_menu
from gateway.whatsapp.receive import Webhook
from gateway.whatsapp.template import Template

if TYPE_CHECKING:
    from gateway.channels import Parts


class WhatsApp:
    """One telephone number on the Cloud API."""

    def __init__(self, settings: WhatsAppSettings, parts: "Parts") -> None:
        template = Template(settings.template, settings.template_language) if settings.template else None
        self._settings = settings
        self._parts = parts
        self._api = Api(settings.api_url, settings.api_version, settings.token)
        label = parts.texts.say(texts.LIST_LABEL)
        self.client = WhatsAppClient(self._api, settings.phone_number_id, template, label)
        self._setting_menu: asyncio.Task[None] | None = None

    def blueprint(self) -> Blueprint:
        """Return the webhook's routes."""
        return Webhook(self._settings, Intake(self._parts, self.client.recent)).blueprint()

    async def start(self) -> None:
        """Put the menu of commands up, without waiting for it; the webhook receives by itself."""
        self._setting_menu = asyncio.create_task(
            set_menu(self._api, self._settings.phone_number_id, self._parts.texts)
        )

    async def stop(self) -> None:
        """Leave the menu as it is; the web server has ended receiving."""
        if self._setting_menu:
            self._setting_menu.cancel()
            await asyncio.gather(self._setting_menu, return_exceptions=True)

    async def close(self) -> None:
        """Close the connections."""
        await self.client.close()
