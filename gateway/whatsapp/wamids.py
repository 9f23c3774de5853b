"""The platform's message ids, which hold the citizen's telephone number in base64: kept only as digests.

Called by ``gateway.whatsapp.parse``, ``intake`` and ``client``. The ids themselves stay in memory for a while,
because "read" and "is typing" need them.
"""

import hashlib
from collections import OrderedDict

KEPT = 2000


def key_of(wamid: str, part: str = "") -> str:
    """Return what stands for a message id everywhere else; ``part`` when one message becomes several.

    An id holds more than 64 random bits beside the number, so that the digest cannot be tried back to it.
    """
    return hashlib.sha256(f"{wamid}\0{part}".encode(errors="replace")).hexdigest()[:32]


class RecentIds:
    """The ids of messages that came lately, by what stands for them; a restart forgets them."""

    def __init__(self) -> None:
        self._ids: OrderedDict[str, str] = OrderedDict()

    def remember(self, key: str, wamid: str) -> None:
        """Note an id; the oldest goes when there are too many."""
        self._ids[key] = wamid
        self._ids.move_to_end(key)
        while len(self._ids) > KEPT:
            self._ids.popitem(last=False)

    def find(self, key: str) -> str | None:
        """Return the id behind a key, if it came lately."""
        return self._ids.get(key)
