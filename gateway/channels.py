"""The channels that push: which of them are set up, and what each gives and gets.

Called by ``gateway.app`` (``build_platforms``) and ``gateway.web`` (their routes). Calls ``gateway.telegram`` and
``gateway.whatsapp``, each only when its settings are there; without them the web chat runs alone.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sanic import Blueprint

from gateway.addresses import Addresses
from gateway.clock import Clock
from gateway.delivery.client import Client
from gateway.delivery.reports import Reports
from gateway.messages import InboundMessage
from gateway.settings import Settings
from gateway.texts import Texts


@dataclass(frozen=True)
class Parts:
    """What a platform's channel gets of the gateway.

    ``keep_all`` is the only way in: when it returns, the messages are on disk (False: a redelivery, or too much).
    """

    keep_all: Callable[[Sequence[InboundMessage]], Awaitable[list[bool]]]
    addresses: Addresses
    reports: Reports
    texts: Texts
    clock: Clock

    async def keep(self, message: InboundMessage) -> bool:
        """Keep one message."""
        [kept] = await self.keep_all([message])
        return kept


class Platform(Protocol):
    """A channel that pushes. ``client.name`` is the channel's name and a key of ``CAPABILITIES``."""

    @property
    def client(self) -> Client:
        """What sends, and fetches photos."""

    def blueprint(self) -> Blueprint | None:
        """Return the routes of its webhook; None if it has none. The web server mounts them at the root."""

    async def start(self) -> None:
        """Begin to receive (register the webhook, poll); a platform not reached is tried again, not raised."""

    async def stop(self) -> None:
        """End receiving; also after ``start`` was never called."""

    async def close(self) -> None:
        """Close connections, once nobody sends any more."""


Build = Callable[[Settings, Parts], list[Platform]]


def build_platforms(settings: Settings, parts: Parts) -> list[Platform]:
    """Return the channels that are set up."""
    return [*_telegram(settings, parts), *_whatsapp(settings, parts)]


def _telegram(settings: Settings, parts: Parts) -> list[Platform]:
    if settings.telegram is None:
        return []
    from gateway import telegram

    return [telegram.build(settings, parts)]


def _whatsapp(settings: Settings, parts: Parts) -> list[Platform]:
    if settings.whatsapp is None:
        return []
    from gateway import whatsapp

    return [whatsapp.build(settings, parts)]
