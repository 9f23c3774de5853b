"""Telegram's Bot API on loopback, over real HTTP: what its documentation promises, and what its clients suffer.

``TelegramServer`` puts together ``telegram_world`` (state), ``telegram_methods``, ``telegram_updates``,
``telegram_webhooks`` and ``telegram_citizen`` (people). Used by tests and demos::

    async with TelegramServer() as server:          # settings: api_url=server.url, token=server.token
        siti = server.citizen("Siti")
        siti.write("lampu jalan mati")
        await server.until(lambda: siti.texts)
        siti.tap(siti.buttons[0])
        server.fail("sendMessage", faults.flood(3))  # see telegram_faults
        server.calls_of("sendMessage")               # what the bot asked for, and how it was answered
"""

import asyncio
import itertools
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.servers.telegram_citizen import Citizen
from tests.servers.telegram_faults import PAGE, Fault
from tests.servers.telegram_http import Cut, HttpServer, Request, Response
from tests.servers.telegram_methods import Methods
from tests.servers.telegram_rules import ApiError
from tests.servers.telegram_time import Changes, PlatformTime
from tests.servers.telegram_updates import Updates
from tests.servers.telegram_webhooks import Webhooks
from tests.servers.telegram_world import BOT, Chat, World

PATIENCE_SECONDS = 15
JSON_FIELDS = {"reply_markup", "allowed_updates", "commands", "link_preview_options"}


@dataclass
class Call:
    """One call of a method; ``status`` is None when the connection was cut."""

    method: str
    given: dict[str, Any]
    status: int | None = None


class TelegramServer:
    """One bot and its Telegram."""

    def __init__(self, token: str = f"{BOT['id']}:AAtest-token_of-the-stand-in", pace: float = 0.001) -> None:
        self.token = token
        self.time = PlatformTime(pace)
        self.changes = Changes()
        self.world = World(self.time)
        self.updates = Updates(self.time, self.changes)
        self.webhooks = Webhooks(self.updates, self.time, self.changes)
        self.methods = Methods(self.world, self.updates, self.webhooks, self.time.now)
        self.calls: list[Call] = []
        self._faults: defaultdict[str, list[Fault]] = defaultdict(list)
        self._released = asyncio.Event()
        self._user_ids = itertools.count(5_247_800_001)
        self._http = HttpServer(self._answer)

    async def __aenter__(self) -> "TelegramServer":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.webhooks.stop()
        await self.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.port}"

    async def start(self) -> None:
        await self._http.start()

    async def stop(self) -> None:
        """Let nobody reach the Bot API until ``start``."""
        await self._http.stop()

    def citizen(self, name: str) -> Citizen:
        user_id = next(self._user_ids)
        user = {"id": user_id, "is_bot": False, "first_name": name, "language_code": "id"}
        chat = self.world.chats[user_id] = Chat(user_id)
        return Citizen(self.world, self.push, self.time.now, chat, user)

    def group(self, member: Citizen) -> Citizen:
        """Return the same person in a group that the bot may be taken into."""
        chat_id = -next(self._user_ids)
        chat = self.world.chats[chat_id] = Chat(chat_id, "supergroup")
        return Citizen(self.world, self.push, self.time.now, chat, member.user)

    def push(self, kind: str, body: Any, queue: Any = "raw") -> None:
        """Let an update happen."""
        self.updates.push(kind, body, queue)
        self.webhooks.wake()

    def push_raw(self, update: dict[str, Any]) -> None:
        """Bring an update as it is, however wrong."""
        self.updates.push_raw(update)
        self.webhooks.wake()

    def fail(self, method: str, *faults: Fault) -> None:
        """Let the next calls of a method (or ``file``, a download) go wrong."""
        self._faults[method.lower()].extend(faults)

    def release(self) -> None:
        """Answer calls that were scripted as slow."""
        self._released.set()
        self._released = asyncio.Event()

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method.lower() == method.lower()]

    async def until(self, condition: Callable[[], Any]) -> None:
        """Wait until something on this server is so."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not condition():
                await self.changes.next.wait()

    async def _answer(self, request: Request) -> Response:
        kind, _, method = request.path.removeprefix("/").partition(f"{self.token}/")
        call = Call("file" if kind == "file/bot" else method, _given(request))
        self.calls.append(call)
        self.changes.happened()
        fault = self._fault(call.method)
        response = None
        try:
            if fault is None or fault.is_performed:
                response = await self._perform(kind, method, call)
            if fault:
                response = await self._spoil(fault, response)
            call.status = response.status
        finally:
            self.changes.happened()
        return response

    async def _perform(self, kind: str, method: str, call: Call) -> Response:
        if kind == "file/bot":
            content = self.world.download(method)
            return (
                _error(ApiError(404, "Not Found"))
                if content is None
                else Response(200, content, "image/jpeg")
            )
        if kind != "bot":
            return _error(ApiError(401, "Unauthorized"))
        perform = self.methods.by_name.get(method.lower())
        if perform is None:
            return _error(ApiError(404, "Not Found"))
        try:
            result = await perform(call.given)
        except ApiError as error:
            return _error(error)
        except (KeyError, ValueError, TypeError) as error:
            return _error(ApiError(400, f"Bad Request: {type(error).__name__} in a parameter"))
        return Response(200, json.dumps({"ok": True, "result": result}).encode())

    async def _spoil(self, fault: Fault, response: Response | None) -> Response:
        if fault.kind == "error":
            return _error(ApiError(fault.code, fault.description, **fault.parameters))
        if fault.kind == "page":
            return Response(fault.code, PAGE, "text/html")
        if fault.kind == "garbage":
            return Response(200, b'{"ok": true, "resu')
        if fault.kind == "slow" and response is not None:
            self.changes.happened()
            await self._released.wait()
            return response
        raise Cut

    def _fault(self, method: str) -> Fault | None:
        faults = self._faults[method.lower()]
        if not faults:
            return None
        fault = faults[0]
        fault.times -= 1
        if fault.times <= 0:
            faults.pop(0)
        return fault


def _given(request: Request) -> dict[str, Any]:
    given = {
        name: json.loads(value) if name in JSON_FIELDS and isinstance(value, str) else value
        for name, value in request.fields.items()
    }
    # Uploads are named by attach://<name>.
    for name, value in given.items():
        if isinstance(value, str) and value.startswith("attach://"):
            given[name] = request.files[value.removeprefix("attach://")]
    return given | {name: content for name, content in request.files.items() if name == "photo"}


def _error(error: ApiError) -> Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return Response(error.code, json.dumps(body).encode())
