"""The city side of one dialogue test: gateway, CRM store and clock, new for each test; Rasa is shared.

Made by ``conftest``, driven by ``citizen``. Tests use it to look into the CRM, to move a report, to make
parts fail.
"""

import asyncio
import json
import shutil
import uuid
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import actions.store
from actions.store import complaints
from crm.bootstrap import Crm, open_crm
from crm.domain.status import Status
from crm.settings import Settings as CrmSettings
from gateway.app import Gateway
from gateway.messages import InboundMessage
from gateway.settings import Settings
from gateway.store.orm import OutboxRow
from gateway.webchat.areas import Areas
from gateway.webchat.parse import parse_message, photo_message
from gateway.webchat.sessions import Sessions
from tests.conversations.action_server import ActionServer

T = TypeVar("T")


class Clock:
    """The real time, moved by what the test waited."""

    def __init__(self) -> None:
        self._waited = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._waited

    def wait(self, span: timedelta) -> None:
        self._waited += span


@dataclass(frozen=True)
class Ground:
    """What all tests of a session share: Rasa, actions, event loop, and migrated databases to copy."""

    settings: Settings
    actions: ActionServer
    runner: asyncio.Runner
    template: Path
    said: list[str] = field(default_factory=list)


class City:
    """Gateway and CRM of one test."""

    def __init__(self, ground: Ground, folder: Path) -> None:
        self._said = ground.said
        self._actions = ground.actions
        self._runner = ground.runner
        self._folder = folder
        for database in ground.template.iterdir():
            shutil.copy(database, folder)
        self.clock = Clock()
        self.crm = self._open_crm("crm.db")
        self._let_actions_use(self.crm)
        self.gateway = Gateway(settings_in(folder, ground.settings), self.crm, _news_statuses(), self.clock)
        self._sessions = Sessions(
            self.gateway.store, self.gateway.inbox, self.gateway.identity, self.gateway.clock
        )
        self._areas = Areas.load(self.gateway.settings.reference)

    def close(self) -> None:
        self.run(self.gateway.close())
        self.crm.close()
        complaints.cache_clear()

    def begin_conversation(self) -> str:
        """Open a chat as a browser does; what Aduan says first waits in the outbox after ``settle``."""
        token = self.run(self._sessions.begin())
        conversation_id = self.run(self._sessions.find(token))
        assert conversation_id
        return conversation_id

    def keep(self, conversation_id: str, **body: Any) -> None:
        """Keep what a browser would post to ``/chat/messages``."""
        body = json.loads(json.dumps({"id": str(uuid.uuid4()), **body}))
        self.redeliver(parse_message(body, conversation_id, self._areas))

    def keep_photo(self, conversation_id: str, content: bytes, caption: str) -> None:
        """Keep what a browser would post to ``/chat/photos``."""
        name = self.run(self.gateway.media.keep_photo(content))
        self.redeliver(photo_message(conversation_id, str(uuid.uuid4()), name, caption))

    def redeliver(self, message: InboundMessage) -> bool:
        """Keep a message as it is; False when it was a repeat."""
        self._said.append(message.text)
        return self.run(self.gateway.keep(message))

    def settle(self) -> None:
        """Do all that is due; an action that raised fails the test here, where it can be read."""
        self.run(self.gateway.settle())
        if self._actions.errors:
            raise AssertionError("an action raised") from self._actions.errors.pop()

    def fetch(self, conversation_id: str) -> Sequence[OutboxRow]:
        """Take what waits in the outbox and acknowledge it, as a browser does."""
        rows = self.run(self.gateway.outbox.waiting(conversation_id))
        self.run(self.gateway.outbox.arrived(conversation_id, [row.public_id for row in rows]))
        return rows

    @contextmanager
    def action_server_down(self) -> Iterator[None]:
        """Make the action server hang up on Rasa within the block."""
        self._actions.is_down = True
        try:
            yield
        finally:
            self._actions.is_down = False

    @contextmanager
    def store_down(self) -> Iterator[None]:
        """Put the CRM store out of the actions' reach within the block."""
        (self._folder / "a-folder.db").mkdir(exist_ok=True)
        self._let_actions_use(self._open_crm("a-folder.db"))
        try:
            yield
        finally:
            self._let_actions_use(self.crm)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something asynchronous of the gateway to its end."""
        return self._runner.run(work)

    def _open_crm(self, file: str) -> Crm:
        return open_crm(CrmSettings(f"sqlite:///{self._folder}/{file}", self._folder), clock=self.clock)

    def _let_actions_use(self, crm: Crm) -> None:
        actions.store.open_crm = lambda: crm
        complaints.cache_clear()


def settings_in(folder: Path, ground: Settings) -> Settings:
    """Give the gateway's settings with all that it keeps under ``folder``."""
    return Settings(
        identity_key=ground.identity_key,
        gateway_secret=ground.gateway_secret,
        var=folder,
        database_url=f"sqlite:///{folder}/gateway.db",
        rasa_url=ground.rasa_url,
    )


def _news_statuses() -> list[str]:
    return [status.name for status in Status]
