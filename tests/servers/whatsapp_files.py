"""Files of the Cloud API stand-in: ids good for a week, addresses good for five minutes."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.servers.whatsapp_errors import ApiError

ADDRESS_SECONDS = 5 * 60.0
MEDIA_SECONDS = 7 * 24 * 3600.0
IMAGE_LIMIT = 5 * 1024 * 1024
IMAGE_TYPES = {"image/jpeg", "image/png"}


@dataclass
class Media:
    content: bytes
    mime_type: str
    until: float


class Files:
    """What users and the business uploaded."""

    def __init__(self, phone_number_id: str, clock: Callable[[], float]) -> None:
        self.media: dict[str, Media] = {}
        self.addresses: dict[str, tuple[str, float]] = {}
        # So many addresses to come have expired before they can be used.
        self.stale_addresses = 0
        self._phone_number_id = phone_number_id
        self._clock = clock

    def add(self, content: bytes, mime_type: str) -> str:
        """Keep a file of a user or of the business and return its id."""
        media_id = str(secrets.randbelow(10**15) + 10**15)
        self.media[media_id] = Media(content, mime_type, self._clock() + MEDIA_SECONDS)
        return media_id

    def upload(self, content: bytes, mime_type: str) -> dict[str, Any]:
        if mime_type not in IMAGE_TYPES:
            raise ApiError(131053, f"{mime_type} is not supported")
        if not 0 < len(content) <= IMAGE_LIMIT:
            raise ApiError(131053, "an image has at most 5 MB")
        return {"id": self.add(content, mime_type)}

    def describe(self, media_id: str, phone_number_id: str | None, base: str) -> dict[str, Any]:
        """Give a file an address for five minutes."""
        media = self.media.get(media_id)
        ours = phone_number_id in {None, self._phone_number_id}
        if media is None or media.until < self._clock() or not ours:
            raise ApiError(100, f"Object with ID '{media_id}' does not exist", subcode=33)
        name = secrets.token_hex(8)
        stale, self.stale_addresses = self.stale_addresses > 0, max(0, self.stale_addresses - 1)
        self.addresses[name] = (media_id, self._clock() + (-1 if stale else ADDRESS_SECONDS))
        return {
            "messaging_product": "whatsapp",
            "url": f"{base}/attachments/{name}",
            "mime_type": media.mime_type,
            "sha256": hashlib.sha256(media.content).hexdigest(),
            "file_size": len(media.content),
            "id": media_id,
        }

    def at(self, name: str) -> Media | None:
        """Return the file at an address; None once it has expired."""
        media_id, until = self.addresses.get(name, ("", 0.0))
        return self.media.get(media_id) if self._clock() <= until else None
