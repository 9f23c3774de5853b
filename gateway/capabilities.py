"""What each channel can do, as data.

Read by the channels when they parse and by ``gateway.turns`` when it fits answers to one. Calls nothing.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Capabilities:
    """Limits and abilities of one channel.

    ``text_limit`` in characters, ``photo_limit`` in bytes; ``asks`` are the native controls it can offer.
    """

    text_limit: int
    photo_limit: int
    asks: frozenset[str]


CAPABILITIES = {
    "web": Capabilities(text_limit=4096, photo_limit=10 * 1024 * 1024, asks=frozenset({"location", "photo"})),
}
