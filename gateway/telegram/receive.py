"""The webhook: only Telegram may call it, and what it brings is on disk before it is thanked.

Mounted by ``gateway.web``. Calls ``gateway.telegram.intake``. Telegram brings again what it was not thanked for and
holds back all later messages of that chat meanwhile: only what a later try may cure is refused.
"""

import hmac
import json
import logging

from sanic import Blueprint, HTTPResponse, Request, empty

from gateway.telegram.intake import Intake, NotKept

log = logging.getLogger(__name__)

PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


class Webhook:
    """The route for Telegram."""

    def __init__(self, secret: str, intake: Intake) -> None:
        self._secret = secret.encode()
        self._intake = intake

    def blueprint(self) -> Blueprint:
        """Return the route."""
        routes = Blueprint("telegram")
        routes.add_route(self.receive, PATH, methods=["POST"], name="webhook")
        return routes

    async def receive(self, request: Request) -> HTTPResponse:
        """Take one update."""
        secret = request.headers.get(SECRET_HEADER)
        if secret is None:
            return empty(401)
        if not hmac.compare_digest(secret.encode(errors="replace"), self._secret):
            return empty(403)
        try:
            await self._intake.take(json.loads(request.body))
        except (ValueError, RecursionError):
            log.warning("A webhook request holds no JSON")
        except NotKept:
            return empty(500)
        return empty(200)
