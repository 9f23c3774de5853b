"""A platform that does as the test says: it takes messages or fails, and remembers what it was asked."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sanic import Blueprint

from gateway.channels import Parts, Platform
from gateway.delivery.client import Fitted
from gateway.delivery.errors import MediaGone
from gateway.settings import Settings


class Crash(BaseException):
    """Stands for the end of the process: nothing catches it."""


@dataclass
class Call:
    address: str
    message: Fitted
    by_template: bool
    taken: bool


@dataclass
class FakeClient:
    """``faults`` are raised one by one; ``after`` says for each call whether the message was taken before that."""

    name: str
    calls: list[Call] = field(default_factory=list)
    faults: list[BaseException | None] = field(default_factory=list)
    always: Callable[[str, Fitted], BaseException | None] = lambda address, message: None
    lost_answers: bool = False
    has_template: BaseException | None = None
    retired: list[tuple[str, str]] = field(default_factory=list)
    retire_faults: list[Exception] = field(default_factory=list)
    files: dict[str, bytes | Exception] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)
    typed: list[tuple[str, str]] = field(default_factory=list)
    closed: bool = False

    @property
    def texts(self) -> list[str]:
        """What the citizens see, whatever we know of it."""
        return [call.message.text for call in self.calls if call.taken]

    @property
    def tries(self) -> int:
        return len(self.calls)

    def texts_to(self, address: str) -> list[str]:
        return [call.message.text for call in self.calls if call.taken and call.address == address]

    @property
    def last(self) -> Fitted:
        return self.calls[-1].message

    async def send(self, address: str, message: Fitted) -> str:
        return self._call(address, message, by_template=False)

    async def send_template(self, address: str, message: Fitted) -> str:
        if self.has_template is not None:
            raise self.has_template
        return self._call(address, message, by_template=True)

    async def typing(self, address: str, inbound_id: str) -> None:
        self.typed.append((address, inbound_id))

    async def retire(self, address: str, platform_message_id: str) -> None:
        if self.retire_faults:
            raise self.retire_faults.pop(0)
        self.retired.append((address, platform_message_id))

    async def fetch(self, reference: str) -> bytes:
        self.fetched.append(reference)
        found = self.files.get(reference, MediaGone("no such file"))
        if isinstance(found, Exception):
            raise found
        return found

    def _call(self, address: str, message: Fitted, *, by_template: bool) -> str:
        fault = self.faults.pop(0) if self.faults else self.always(address, message)
        self.calls.append(Call(address, message, by_template, fault is None or self.lost_answers))
        if fault is not None:
            raise fault
        return f"{self.name}-{len(self.calls)}"


@dataclass
class FakePlatform:
    client: FakeClient
    parts: Parts
    running: bool = False

    def blueprint(self) -> Blueprint | None:
        return None

    async def start(self) -> None:
        self.running = True

    async def stop(self) -> None:
        self.running = False

    async def close(self) -> None:
        self.client.closed = True


def platforms_of(*clients: FakeClient) -> Any:
    """Return what builds these platforms for a gateway."""

    def build(_settings: Settings, parts: Parts) -> list[Platform]:
        return [FakePlatform(client, parts) for client in clients]

    return build
