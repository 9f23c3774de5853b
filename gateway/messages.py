"""What travels through the gateway: messages in, replies of Rasa, messages out.

Every channel parses what its platform sends into an ``InboundMessage``; ``gateway.rasa`` parses Rasa's answer
into a ``Reply``. Plain data: calls nothing.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

ParseData = dict[str, Any]
Forget = Literal["turn", "conversation"]
Kind = Literal["reply", "news"]

# Stand-ins for messages without words: Rasa refuses empty texts.
START_TEXT = "[mulai]"
LOCATION_TEXT = "[lokasi]"
PHOTO_TEXT = "[foto]"
DRAFT_EXPIRED_TEXT = "[draf kedaluwarsa]"


@dataclass(frozen=True)
class InboundMessage:
    """One message for a conversation, as its channel received it.

    ``message_id`` is the platform's own and the same at every redelivery. ``button_token`` is a tapped button
    not yet looked up; ``from_citizen`` is false for what the gateway adds (first contact, draft expired).
    ``attachments`` are the platform's ids of photos to fetch; ``album`` joins messages that belong together;
    ``replaces`` is the id of the message this one is an edit of; ``notice`` names the response of domain.yml that the
    gateway itself answers with; ``sequence`` is the platform's order (docs/adr/0011).
    """

    channel: str
    conversation_id: str
    message_id: str
    text: str
    parse_data: ParseData | None = None
    button_token: str | None = None
    from_citizen: bool = True
    attachments: tuple[str, ...] = ()
    album: str | None = None
    replaces: str | None = None
    notice: str | None = None
    sequence: int = 0

    @property
    def digest(self) -> str:
        """What tells whether two messages say the same."""
        said = json.dumps([self.text, self.parse_data], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class Button:
    """A button with the payload Rasa gave it; citizens see only its title and a token."""

    title: str
    payload: str


@dataclass(frozen=True)
class OutboundMessage:
    """One message to a citizen. ``secret``: the channel keeps it in no history."""

    text: str
    buttons: tuple[Button, ...] = ()
    ask: str | None = None
    image: str | None = None
    secret: bool = False
    kind: Kind = "reply"


@dataclass(frozen=True)
class Reply:
    """What Rasa answered to one message."""

    messages: tuple[OutboundMessage, ...]
    draft_open: bool
    forget: Forget | None = None


def photos_sent(names: Sequence[str]) -> ParseData:
    """Return parse data for photos, which are kept under these names."""
    return {**intent("send_photo"), "entities": [{"entity": "photo", "value": name} for name in names]}


def intent(name: str, **entities: Any) -> ParseData:
    """Return parse data for an intent known for certain, with its entities."""
    return {
        "intent": {"name": name, "confidence": 1.0},
        "entities": [{"entity": entity, "value": value} for entity, value in entities.items()],
    }
