"""The least of HTTP/1.1 that a client library needs, with what no web framework lets a test do: cut connections.

Used by ``telegram_server``, which answers the requests.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from sanic.headers import parse_content_header
from sanic.request.form import parse_multipart_form

MOST_HEADER_BYTES = 64 * 1024


@dataclass
class Request:
    """One request; ``fields`` are those of the query, the form or the JSON body."""

    path: str
    fields: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


@dataclass
class Response:
    status: int
    body: bytes
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


class Cut(Exception):
    """The connection ends without an answer."""


class HttpServer:
    """Listens on loopback; can be stopped and started again on the same port."""

    def __init__(self, handle: Callable[[Request], Awaitable[Response]]) -> None:
        self._handle = handle
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0

    async def start(self) -> None:
        self._server = await asyncio.start_server(
            self._serve, "127.0.0.1", self.port, limit=MOST_HEADER_BYTES
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Refuse connections from now on, and cut those that are open."""
        if self._server:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            while request := await _read(reader):
                writer.write(_encode(await self._handle(request)))
                await writer.drain()
        except (Cut, ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.transport.abort()


async def _read(reader: asyncio.StreamReader) -> Request | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    except asyncio.IncompleteReadError:
        return None
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    target = urlsplit(head[0].split(" ")[1])
    request = Request(unquote(target.path), dict(parse_qsl(target.query, keep_blank_values=True)))
    _read_body(request, headers.get("content-type", ""), body)
    return request


def _read_body(request: Request, content_type: str, body: bytes) -> None:
    media_type, parameters = parse_content_header(content_type)
    if media_type == "application/x-www-form-urlencoded":
        request.fields.update(parse_qsl(body.decode(), keep_blank_values=True))
    elif media_type == "application/json":
        request.fields.update(json.loads(body))
    elif media_type == "multipart/form-data":
        fields, files = parse_multipart_form(body, str(parameters["boundary"]).encode())
        request.fields.update({name: values[0] for name, values in fields.items()})
        request.files.update({name: bytes(values[0].body) for name, values in files.items()})


def _encode(response: Response) -> bytes:
    headers = {
        "Content-Type": response.content_type,
        "Content-Length": str(len(response.body)),
        **response.headers,
    }
    lines = [f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + response.body
