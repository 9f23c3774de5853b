"""Open event streams: the way from the outbox into the browsers.

``Streams`` is the web chat's ``Channel``, called by ``gateway.turns`` and ``gateway.outbox``; the route of
the events follows a ``Stream``. The outbox is the queue: a stream only knows that there is something to
fetch, so a slow browser costs no memory and a lost one loses nothing.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC

from gateway.capabilities import CAPABILITIES, Capabilities
from gateway.outbox import Outbox
from gateway.store.orm import OutboxRow

HEARTBEAT_SECONDS = 15.0
RECONNECT_MILLISECONDS = 2000
PHOTOS = "/chat/photos/"
STREAMS_PER_CONVERSATION = 6


class TooManyStreams(Exception):
    """The conversation is open in too many windows."""


class Stream:
    """One window's view of a conversation."""

    def __init__(self, conversation_id: str, *, typing: bool) -> None:
        self.conversation_id = conversation_id
        self.typing = typing
        self.unread = True
        self.closed = False
        self.changed = asyncio.Event()
        self.changed.set()

    async def events(self, outbox: Outbox) -> AsyncIterator[str]:
        """Yield server-sent events: what waits, then what comes, and a sign of life in between."""
        yield f"retry: {RECONNECT_MILLISECONDS}\n\n"
        shown_typing = False
        sent: set[str] = set()
        while not self.closed:
            if not await self._changed():
                yield ": still here\n\n"
            if self.typing != shown_typing:
                shown_typing = self.typing
                yield _event("typing", {"on": shown_typing})
            if self.unread:
                self.unread = False
                rows = await outbox.waiting(self.conversation_id)
                for row in rows:
                    if row.public_id not in sent:
                        yield _event("message", _message(row))
                sent = {row.public_id for row in rows}

    async def _changed(self) -> bool:
        try:
            await asyncio.wait_for(self.changed.wait(), HEARTBEAT_SECONDS)
        except TimeoutError:
            return False
        self.changed.clear()
        return True


class Streams:
    """All open streams, by conversation; the web chat as the core sees it."""

    name = "web"

    def __init__(self) -> None:
        self.capabilities: Capabilities = CAPABILITIES[self.name]
        self._open: defaultdict[str, set[Stream]] = defaultdict(set)
        self._typing: set[str] = set()

    async def typing(self, conversation_id: str, message_id: str, *, on: bool) -> None:
        """Show or hide the typing indicator in all windows of a conversation."""
        (self._typing.add if on else self._typing.discard)(conversation_id)
        for stream in self._of(conversation_id):
            stream.typing = on
            stream.changed.set()

    async def wake(self, conversation_id: str) -> None:
        """Have all windows of a conversation fetch what waits."""
        for stream in self._of(conversation_id):
            stream.unread = True
            stream.changed.set()

    @contextmanager
    def open(self, conversation_id: str) -> Iterator[Stream]:
        """Open a stream for as long as the browser listens.

        Raises:
            TooManyStreams: it has enough of them.
        """
        if len(self._of(conversation_id)) >= STREAMS_PER_CONVERSATION:
            raise TooManyStreams
        stream = Stream(conversation_id, typing=conversation_id in self._typing)
        self._open[conversation_id].add(stream)
        try:
            yield stream
        finally:
            self._open[conversation_id].discard(stream)
            if not self._open[conversation_id]:
                del self._open[conversation_id]

    def close(self, conversation_id: str | None = None) -> None:
        """Close the streams of a conversation, or all."""
        for name in list(self._open) if conversation_id is None else [conversation_id]:
            for stream in self._of(name):
                stream.closed = True
                stream.changed.set()

    def _of(self, conversation_id: str) -> set[Stream]:
        return self._open.get(conversation_id, set())


def _event(name: str, data: dict[str, object]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _message(row: OutboxRow) -> dict[str, object]:
    return {
        "id": row.public_id,
        "text": row.text,
        "buttons": row.buttons,
        "ask": row.ask,
        "kind": row.kind,
        "image": PHOTOS + row.image if row.image else None,
        "secret": row.secret,
        "at": row.said_at.astimezone(UTC).isoformat(timespec="seconds"),
    }
