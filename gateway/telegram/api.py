"""The Bot API over HTTP: time-outs, 5xx without reading their bodies, raw updates, and nothing in the log.

Called by the other modules here. Calls python-telegram-bot's ``Bot`` over httpx.
"""

import json
import logging
from typing import Any
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import BadRequest, TelegramError
from telegram.request import HTTPXRequest

from gateway.telegram.errors import Flood, ServerTrouble

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 20.0
CONNECTIONS = 32
TOO_LARGE, TOO_MANY_REQUESTS = 413, 429
SERVER_ERROR = 500


class Transport(HTTPXRequest):
    """One pool of connections."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make a request.

        Raises:
            Flood: we are to wait.
            BadRequest: the request is too large.
            ServerTrouble: Telegram answered with a 5xx.
        """
        status, body = await super().do_request(*args, **kwargs)
        if status == TOO_MANY_REQUESTS:
            raise Flood(_seconds_asked(body))
        if status == TOO_LARGE:
            raise BadRequest(f"HTTP {status}")
        if status >= SERVER_ERROR:
            raise ServerTrouble(f"HTTP {status}")
        return status, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; the library's own way of reading writes into the log what it cannot read.

        Raises:
            TelegramError: it is no JSON object.
        """
        try:
            answer = json.loads(payload)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise TelegramError("an answer that is no JSON object")
        return answer


class Api:
    """The connections of one bot. ``bot`` makes calls; updates are fetched as they are, unread."""

    def __init__(self, token: str, api_url: str) -> None:
        for chatty in ("httpx", "httpcore", "telegram"):  # They write down addresses, which hold the token.
            logging.getLogger(chatty).setLevel(logging.WARNING)
        self._calls = _transport(api_url, CONNECTIONS)
        self._polls = _transport(api_url, 1)
        self._updates_url = f"{api_url}/bot{token}/getUpdates"
        self.bot = Bot(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=self._calls,
            get_updates_request=self._polls,
        )

    async def updates(self, offset: int | None, kinds: tuple[str, ...], wait_seconds: int) -> list[object]:
        """Return the updates from ``offset`` on and confirm those before; waits for some.

        Raises:
            TelegramError: there are none to be had.
        """
        asked = {"timeout": wait_seconds, "allowed_updates": json.dumps(kinds)}
        if offset is not None:
            asked["offset"] = offset
        url = f"{self._updates_url}?{urlencode(asked)}"
        answer: object = await self._polls.post(url, read_timeout=wait_seconds + ANSWER_SECONDS)
        if not isinstance(answer, list):
            raise TelegramError("an answer that holds no list of updates")
        return answer

    async def retrieve(self, url: str) -> bytes:
        """Return the contents of a file.

        Raises:
            TelegramError: it cannot be had.
        """
        return await self._calls.retrieve(url)

    async def close(self) -> None:
        """Close the connections."""
        await self._calls.shutdown()
        await self._polls.shutdown()


def _seconds_asked(body: bytes) -> float | None:
    try:
        return float(json.loads(body)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _transport(api_url: str, connections: int) -> Transport:
    return Transport(
        connection_pool_size=connections,
        read_timeout=ANSWER_SECONDS,
        write_timeout=ANSWER_SECONDS,
        media_write_timeout=ANSWER_SECONDS,
        connect_timeout=CONNECT_SECONDS,
        pool_timeout=CONNECT_SECONDS,
        # Telegram may lie behind the environment's proxy; a server of one's own (plain HTTP) is reached directly.
        httpx_kwargs={"trust_env": api_url.startswith("https://")},
    )
