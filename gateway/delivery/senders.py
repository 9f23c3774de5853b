"""The senders of all channels that push, and what they share.

Made and driven by ``gateway.app``. Calls ``gateway.delivery.sender``. The gates are there before the channels are, for
what platforms report finds its channel by name.
"""

import asyncio
from collections.abc import Iterable

from gateway.addresses import Addresses
from gateway.capabilities import PUSHING
from gateway.clock import Clock
from gateway.delivery.client import Client
from gateway.delivery.courier import Post
from gateway.delivery.gate import Gate
from gateway.delivery.reactions import Reactions
from gateway.delivery.reports import Reports
from gateway.delivery.sender import Sender
from gateway.media import Media
from gateway.store.engine import Store
from gateway.texts import Texts


class Senders:
    """One sender per channel that is set up."""

    def __init__(self, store: Store, addresses: Addresses, media: Media, clock: Clock) -> None:
        self._gates = {name: Gate(name, clock) for name in PUSHING}
        reactions = Reactions(store, self._gates, clock)
        self._post = Post(store, addresses, media, reactions, clock)
        self.reports = Reports(store, reactions)
        self.by_name: dict[str, Sender] = {}

    def add(self, clients: Iterable[Client], texts: Texts) -> None:
        """Make the senders of these platforms."""
        for client in clients:
            self.by_name[client.name] = Sender(client, self._post, self._gates[client.name], texts)

    @property
    def health(self) -> dict[str, bool]:
        """Which channels work, as far as we know."""
        return {name: self._gates[name].is_open for name in self.by_name}

    def start(self) -> None:
        """Send from now on."""
        for sender in self.by_name.values():
            sender.start()

    async def look_again(self) -> None:
        """Send what is due."""
        for sender in self.by_name.values():
            await sender.look_again()

    async def settle(self) -> None:
        """Send all that may be sent by the clock."""
        for sender in self.by_name.values():
            await sender.settle()

    async def stop(self) -> None:
        """End sending; what is under way stays kept."""
        await asyncio.gather(*(sender.stop() for sender in self.by_name.values()))
