"""The one call into Rasa: a message in, its answers out; and the wish to forget.

Called by ``gateway.turns`` and the health check. Calls ``bot/channel.py`` by HTTP (docs/architecture.md, 1).

RasaError
├── RasaUnavailable   not reached, busy, or the turn failed and nothing was saved: try again
└── RasaRefused       this message (or its answer) is at fault, unless Rasa is ill altogether
"""

from typing import Any

import httpx

from gateway.messages import Button, Forget, InboundMessage, OutboundMessage, ParseData, Reply
from gateway.payloads import parse_payload

TURN_SECONDS = 30.0
HEALTH_SECONDS = 3.0
REFUSALS = {400, 404, 413, 415, 422, 500}


class RasaError(Exception):
    """A turn did not succeed."""


class RasaUnavailable(RasaError):
    """Rasa could not be reached or could not save; the same message can be sent again."""


class RasaRefused(RasaError):
    """Rasa was reached and could not handle this message."""


class RasaClient:
    """Keeps connections to Rasa's gateway channel."""

    def __init__(self, url: str, secret: str) -> None:
        self._http = httpx.AsyncClient(
            base_url=f"{url}/webhooks/gateway",
            headers={"Authorization": f"Bearer {secret}"},
            timeout=TURN_SECONDS,
            trust_env=False,
        )

    async def handle(self, message: InboundMessage, text: str, parse_data: ParseData | None) -> Reply:
        """Have Rasa handle a message; the same message id again gives the same answers.

        Raises:
            RasaUnavailable: try again later.
            RasaRefused: it will hardly go better with this message.
        """
        answer = await self._post(
            "/messages",
            {
                "conversation_id": message.conversation_id,
                "message_id": message.message_id,
                "channel": message.channel,
                "text": text,
                "parse_data": parse_data,
            },
        )
        try:
            return parse_reply(answer.json())
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise RasaRefused(f"an answer that cannot be read: {type(error).__name__}") from error

    async def forget(self, message: InboundMessage, scope: Forget) -> None:
        """Have Rasa erase the message's turn or the whole conversation; can be repeated.

        Raises:
            RasaError: as for ``handle``.
        """
        await self._post(
            "/forget",
            {
                "conversation_id": message.conversation_id,
                "message_id": message.message_id,
                "scope": scope,
            },
        )

    async def is_healthy(self) -> bool:
        """Return whether Rasa has a model and its tracker store answers."""
        try:
            return (await self._http.get("/health", timeout=HEALTH_SECONDS)).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _post(self, path: str, body: dict[str, Any]) -> httpx.Response:
        try:
            response = await self._http.post(path, json=body)
        except httpx.HTTPError as error:
            raise RasaUnavailable(type(error).__name__) from error
        if response.status_code in REFUSALS:
            raise RasaRefused(f"HTTP {response.status_code}")
        if not response.is_success:
            raise RasaUnavailable(f"HTTP {response.status_code}")
        return response


def parse_reply(body: dict[str, Any]) -> Reply:
    """Return the reply in the body of Rasa's answer.

    A message without words or picture belongs to the one before: Rasa sends ``custom`` apart from its text.
    """
    parts: list[dict[str, Any]] = []
    forget: Forget | None = None
    for message in body["messages"]:
        custom = message.get("custom") or {}
        if forget != "conversation":
            forget = custom.get("forget", forget)
        if parts and not message.get("text") and not message.get("image"):
            parts[-1]["custom"].update(custom)
        else:
            parts.append({**message, "custom": dict(custom)})
    spoken = (part for part in parts if part.get("text") or part.get("image"))
    return Reply(tuple(map(_outbound, spoken)), bool(body["draft_open"]), forget)


def _outbound(part: dict[str, Any]) -> OutboundMessage:
    return OutboundMessage(
        text=part.get("text") or "",
        buttons=tuple(map(_button, part.get("buttons") or ())),
        ask=part["custom"].get("ask"),
        image=part.get("image"),
        secret=bool(part["custom"].get("secret")),
    )


def _button(button: dict[str, Any]) -> Button:
    parse_payload(button["payload"])
    return Button(title=button["title"], payload=button["payload"])
