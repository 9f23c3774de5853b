"""The webhook of WhatsApp: only Meta may call it, and what it brings is on disk before it is acknowledged.

Mounted by ``gateway.web``. Calls ``gateway.whatsapp.parse`` and ``gateway.whatsapp.intake``. Meta sends for a week
what was not answered 200, so that only what a later try may cure is refused.
"""

import hashlib
import hmac
import logging
from functools import partial

from sanic import Blueprint, HTTPResponse, Request, empty, text

from gateway.platform_settings import WhatsAppSettings
from gateway.whatsapp.intake import Intake, NotKept
from gateway.whatsapp.parse import Malformed, parse_webhook

log = logging.getLogger(__name__)

PATH = "/whatsapp/webhook"
SIGNATURE_HEADER = "X-Hub-Signature-256"
BODY_LIMIT = 3 * 1024 * 1024


class Webhook:
    """The routes for Meta."""

    def __init__(self, settings: WhatsAppSettings, intake: Intake) -> None:
        self._app_secret = settings.app_secret.encode()
        self._verify_token = settings.verify_token.encode()
        self._phone_number_id = settings.phone_number_id
        self._intake = intake

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("whatsapp")
        routes.add_route(self.verify, PATH, methods=["GET"], name="verify")
        routes.add_route(partial(self.receive), PATH, methods=["POST"], name="webhook", stream=True)
        return routes

    async def verify(self, request: Request) -> HTTPResponse:
        """Prove that the address is ours, when an operator enters it at Meta."""
        token = request.args.get("hub.verify_token", "").encode(errors="replace")
        asked = request.args.get("hub.mode") == "subscribe"
        if not (asked and hmac.compare_digest(token, self._verify_token)):
            return empty(403)
        return text(request.args.get("hub.challenge", ""))

    async def receive(self, request: Request) -> HTTPResponse:
        """Take a batch of messages and statuses."""
        body = await _read(request)
        if not self._is_signed(request.headers.get(SIGNATURE_HEADER, ""), body):
            return empty(401)
        try:
            await self._intake.take(parse_webhook(body, self._phone_number_id))
        except Malformed as error:
            log.error("A signed webhook of WhatsApp could not be read (%s)", error)
        except NotKept:
            return empty(500)
        return empty(200)

    def _is_signed(self, signature: str, body: bytes) -> bool:
        """Compare over the bytes as they came: encoded anew, a body is another one."""
        expected = "sha256=" + hmac.new(self._app_secret, body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(signature.encode(errors="replace"), expected.encode())


async def _read(request: Request) -> bytes:
    """Read a body of at most 3 MB; Sanic answers 413 to a longer one."""
    if request.stream is None:
        return b""
    request.stream.request_max_size = BODY_LIMIT
    return b"".join([piece async for piece in request.stream])  # type: ignore[attr-defined]
