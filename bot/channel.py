"""Rasa's only channel: the gateway's HTTP calls on loopback (contract: docs/architecture.md, section 1).

Named in ``credentials.yml``; Rasa makes it before it loads the agent, which is when the patches are
installed. Calls ``bot.incoming`` for what comes in and ``bot.turn`` for what is to be done. Every answer is
read from the saved tracker.
"""

import hmac
import logging
import os
from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.exceptions import RasaException
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json

from bot import rasa_patches
from bot.incoming import MalformedMessage, message_from, text_field
from bot.lock_store import FairLockStore, refuse_several_workers
from bot.logs import keep_words_out, turn_in_progress
from bot.tracker_store import DurableTrackerStore
from bot.turn import TurnFailed, answers, draft_is_open, take_turn

logger = logging.getLogger(__name__)

Handler = Callable[[Request, Agent], Awaitable[HTTPResponse]]


class GatewayInput(InputChannel):
    """Takes the gateway's messages, one turn each, and returns the answers in the response."""

    def __init__(self, secret: str) -> None:
        self._bearer = f"Bearer {secret}".encode()

    @classmethod
    def name(cls) -> str:
        """Name the channel: its calls are under ``/webhooks/gateway/``."""
        return "gateway"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "GatewayInput":
        """Make the channel and prepare Rasa for it; part of the start of ``rasa run``.

        Raises:
            RasaException: no secret, telemetry not off, or several workers.
        """
        secret = (credentials or {}).get("secret")
        if not isinstance(secret, str) or not secret:
            raise RasaException("No gateway secret: set ADUAN_GATEWAY_SECRET (credentials.yml reads it).")
        if os.environ.get("RASA_TELEMETRY_ENABLED", "").lower() != "false":
            raise RasaException("Rasa reports home; start it with RASA_TELEMETRY_ENABLED=false.")
        refuse_several_workers()
        keep_words_out()
        rasa_patches.install()
        return cls(secret)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Give the routes; Rasa's callback takes the lock too late to know a repeated message."""
        routes = Blueprint("gateway_channel")
        routes.add_route(self._guarded(_take_message), "/messages", methods=["POST"])
        routes.add_route(self._guarded(_forget), "/forget", methods=["POST"])
        routes.add_route(self._guarded(_tell_health), "/health", methods=["GET"])
        return routes

    def _guarded(self, handler: Handler) -> Callable[[Request], Coroutine[Any, Any, HTTPResponse]]:
        """Let only the gateway in, only when Rasa is ready, and answer every failure with its status."""

        @wraps(handler)
        async def guarded(request: Request) -> HTTPResponse:
            if not hmac.compare_digest(
                request.headers.get("authorization", "").encode(errors="replace"), self._bearer
            ):
                return _refusal(401, "wrong or missing bearer secret")
            agent = getattr(request.app.ctx, "agent", None)
            if not _is_ready(agent):
                return _refusal(503, "no model loaded, or not with our stores (see the log of the start)")
            try:
                with turn_in_progress():
                    return await handler(request, agent)
            except MalformedMessage as error:
                return _refusal(400, str(error))

        return guarded


async def _take_message(request: Request, agent: Agent) -> HTTPResponse:
    message = message_from(_body(request))
    try:
        tracker = await take_turn(agent, message)
    except TurnFailed:
        return _refusal(503, "the turn failed, nothing was saved")
    except Exception:
        logger.exception("The turn failed, nothing was saved.")
        return _refusal(503, "the turn failed, nothing was saved")
    return json({"messages": answers(tracker, message.message_id), "draft_open": draft_is_open(tracker)})


async def _forget(request: Request, agent: Agent) -> HTTPResponse:
    body = _body(request)
    conversation_id = text_field(body, "conversation_id")
    scope = text_field(body, "scope")
    if scope not in ("turn", "conversation"):
        raise MalformedMessage("scope must be turn or conversation")
    try:
        async with agent.lock_store.lock(conversation_id):
            if scope == "conversation":
                await agent.tracker_store.forget_conversation(conversation_id)
            else:
                await agent.tracker_store.forget_turn(conversation_id, body.get("message_id"))
    except Exception:
        logger.exception("Nothing was forgotten.")
        return _refusal(503, "the tracker store does not answer, nothing was forgotten")
    return empty()


async def _tell_health(request: Request, agent: Agent) -> HTTPResponse:
    try:
        await agent.tracker_store.ping()
    except Exception:
        logger.exception("The tracker store does not answer.")
        return _refusal(503, "the tracker store does not answer")
    return json({"model": agent.model_name})


def _is_ready(agent: Agent | None) -> bool:
    """Refuse what Rasa puts in place of stores it cannot import: memory that is lost with the process."""
    return bool(
        agent
        and agent.is_ready()
        and isinstance(agent.tracker_store, DurableTrackerStore)
        and isinstance(agent.lock_store, FairLockStore)
    )


def _body(request: Request) -> Any:
    try:
        return request.json
    except Exception:
        raise MalformedMessage("the body must be JSON") from None


def _refusal(status: int, reason: str) -> HTTPResponse:
    return json({"error": reason}, status=status)
