"""What all steps of a turn share.

Made by ``gateway.app``; used by ``gateway.turns``, ``gateway.attachments`` and ``gateway.failures``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from gateway.channel import Channel
from gateway.clock import Clock
from gateway.store.engine import Store
from gateway.texts import Texts


@dataclass(frozen=True)
class Context:
    """The store, the gateway's sentences, the channels by name, and the time."""

    store: Store
    texts: Texts
    channels: Mapping[str, Channel]
    clock: Clock
