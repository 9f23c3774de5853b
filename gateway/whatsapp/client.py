"""The Cloud API as ``gateway.delivery`` wants a platform: send, show typing, fetch photos.

Called by ``gateway.delivery.sender`` and, for photos, by ``gateway.turns``. Calls what lies beside it. Buttons of sent
messages cannot be taken off on WhatsApp: an old one is answered when it is tapped.
"""

import logging

from gateway.capabilities import CAPABILITIES
from gateway.delivery.client import Fitted
from gateway.delivery.errors import SendError, Unknown, WindowClosed
from gateway.whatsapp import media
from gateway.whatsapp.api import Api
from gateway.whatsapp.bodies import Body, addressed, message_body, reading_body
from gateway.whatsapp.kinds import CHANNEL
from gateway.whatsapp.template import Template
from gateway.whatsapp.wamids import RecentIds, key_of

log = logging.getLogger(__name__)

PHOTO_LIMIT = CAPABILITIES[CHANNEL].photo_limit


class WhatsAppClient:
    """Sends as one telephone number of ours; ``list_label`` is on the button that opens a list."""

    name = CHANNEL

    def __init__(self, api: Api, phone_number_id: str, template: Template | None, list_label: str) -> None:
        self._api = api
        self._number = phone_number_id
        self._template = template
        self._list_label = list_label
        self.recent = RecentIds()

    async def send(self, address: str, message: Fitted) -> str:
        """Send one message; see ``gateway.delivery.client``."""
        media_id = await media.upload(self._api, self._number, message.image) if message.image else None
        return await self._post(address, message_body(message, self._list_label, media_id))

    async def send_template(self, address: str, message: Fitted) -> str:
        """Send news by the template; see ``gateway.delivery.client``."""
        if self._template is None:
            raise WindowClosed("no template is set")
        try:
            return await self._post(address, self._template.body(message.text, message.tag))
        except WindowClosed as error:
            log.error("News could not go by the template (%s); see `make check-whatsapp`", error)
            raise

    async def typing(self, address: str, inbound_id: str) -> None:
        """Mark the message as read and show that an answer is being written, for 25 s or until it comes."""
        if not (wamid := self.recent.find(inbound_id)):
            return
        try:
            await self._api.post(f"/{self._number}/messages", json=reading_body(wamid))
        except SendError as error:
            log.info("Typing could not be shown on WhatsApp: %s", error)

    async def retire(self, address: str, platform_message_id: str) -> None:
        """Do nothing: WhatsApp leaves buttons on the messages they came with."""

    async def fetch(self, reference: str) -> bytes:
        """Return the bytes of a photo; see ``gateway.delivery.client``."""
        return await media.fetch(self._api, self._number, reference, PHOTO_LIMIT)

    async def close(self) -> None:
        """Close the connections."""
        await self._api.close()

    async def _post(self, address: str, body: Body) -> str:
        answer = await self._api.post(f"/{self._number}/messages", json={**addressed(address), **body})
        try:
            return key_of(answer["messages"][0]["id"])
        except (KeyError, IndexError, TypeError) as error:
            raise Unknown("an answer without an id") from error
