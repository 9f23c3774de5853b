"""A browser as the web chat's server sees one: a cookie, requests, and an open event stream."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx

PATIENCE_SECONDS = 15


async def until(condition: Callable[[], object]) -> None:
    """Wait until something that another thread or process does has happened."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():
            await asyncio.sleep(0.002)


class Browser:
    def __init__(self, url: str, headers: dict[str, str] | None = None) -> None:
        self.http = httpx.AsyncClient(
            base_url=url, headers=headers, timeout=PATIENCE_SECONDS, trust_env=False
        )

    async def __aenter__(self) -> "Browser":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.aclose()

    async def begin(self) -> httpx.Response:
        return await self.http.post("/chat/session")

    async def send(self, message_id: str | None = None, **message: Any) -> httpx.Response:
        return await self.http.post("/chat/messages", json={"id": message_id or str(uuid.uuid4()), **message})

    async def say(self, text: str, message_id: str | None = None) -> httpx.Response:
        return await self.send(message_id, type="text", text=text)

    async def send_photo(
        self, content: bytes, caption: str = "", message_id: str | None = None
    ) -> httpx.Response:
        form = {"id": message_id or str(uuid.uuid4()), "caption": caption}
        return await self.http.post("/chat/photos", data=form, files={"file": ("x.exe", content)})

    async def acknowledge(self, *ids: str) -> httpx.Response:
        return await self.http.post("/chat/ack", json={"ids": list(ids)})

    @asynccontextmanager
    async def listen(self) -> AsyncIterator["Events"]:
        async with self.http.stream("GET", "/chat/events") as response:
            assert response.status_code == 200, response.status_code
            yield Events(response)


class Events:
    """The events of one stream, one by one."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self._lines = response.aiter_lines()

    async def next(self) -> tuple[str, dict[str, Any]]:
        """Wait for the next event of any kind."""
        return await asyncio.wait_for(self._next(), PATIENCE_SECONDS)

    async def message(self) -> dict[str, Any]:
        """Wait for the next message."""
        while True:
            name, data = await self.next()
            if name == "message":
                return data

    async def texts(self, count: int) -> list[str]:
        return [(await self.message())["text"] for _ in range(count)]

    async def _next(self) -> tuple[str, dict[str, Any]]:
        name = ""
        async for line in self._lines:
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                return name, json.loads(line.removeprefix("data: "))
        raise EOFError("the stream ended")
