"""The commands that WhatsApp offers once a citizen types ``/``; they arrive as plain text.

Called by ``gateway.whatsapp.platform`` at the start. Calls the Cloud API's ``conversational_automation``.
"""

import logging

from gateway.commands import MENU
from gateway.delivery.errors import SendError
from gateway.texts import Texts
from gateway.whatsapp.api import Api

log = logging.getLogger(__name__)


async def set_menu(api: Api, phone_number_id: str, texts: Texts) -> None:
    """Put the commands up; without them citizens still write. A repeat changes nothing."""
    commands = [
        {"command_name": command.name, "command_description": texts.say(command.description)}
        for command in MENU
    ]
    try:
        await api.post(f"/{phone_number_id}/conversational_automation", json={"commands": commands})
    except SendError as error:
        log.warning("The commands of WhatsApp's menu were not set (%s); see `make check-whatsapp`", error)
