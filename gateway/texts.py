"""The gateway's own sentences and their buttons, read from the responses of domain.yml.

Called by ``gateway.turns``, ``gateway.news`` and the channels. Words live in domain.yml and nowhere in code.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from crm.domain.news import NewsKind
from gateway.messages import Button

DELAYED = "utter_gateway_delayed"
OLD_BUTTON = "utter_gateway_old_button"
FAILED = "utter_gateway_failed"
PHOTO_REJECTED = "utter_gateway_photo_rejected"
PHOTO_TOO_LARGE = "utter_gateway_photo_too_large"
PHOTO_LATER = "utter_gateway_photo_later"
TOO_FAST = "utter_gateway_too_fast"
MAYBE_TWICE = "utter_gateway_maybe_twice"
SHARE_LOCATION = "utter_gateway_share_location"
BY_NUMBER = "utter_gateway_by_number"
LIST_LABEL = "utter_gateway_list_label"
LOCATION_LABEL = "utter_gateway_location_label"

# What a channel may name as the ``notice`` of a message: the gateway answers with it, Rasa is not asked.
EDIT_TOO_LATE = "utter_gateway_edit_too_late"
VOICE = "utter_gateway_voice"
VIDEO = "utter_gateway_video"
STICKER = "utter_gateway_sticker"
DOCUMENT = "utter_gateway_document"
CONTACT = "utter_gateway_contact"
GROUP = "utter_gateway_group"
LIVE_LOCATION = "utter_gateway_live_location"
UNSUPPORTED = "utter_gateway_unsupported"
NOTICES = frozenset(
    {
        *(OLD_BUTTON, EDIT_TOO_LATE, PHOTO_REJECTED, PHOTO_TOO_LARGE, TOO_FAST),
        *(VOICE, VIDEO, STICKER, DOCUMENT, CONTACT, GROUP, LIVE_LOCATION, UNSUPPORTED),
    }
)

# What a command of the platforms' menus does, by its name.
COMMANDS = {
    name: f"utter_gateway_command_{name}"
    for name in ("lapor", "status", "batal", "bantuan", "privasi", "start")
}

REQUIRED = (
    DELAYED,
    FAILED,
    PHOTO_LATER,
    MAYBE_TWICE,
    SHARE_LOCATION,
    BY_NUMBER,
    LIST_LABEL,
    LOCATION_LABEL,
    *sorted(NOTICES),
    *COMMANDS.values(),
)


class TextsMissing(Exception):
    """domain.yml lacks responses that the gateway needs; the message names them."""


class _Blanks(dict[str, str]):
    """A placeholder without a value becomes nothing rather than an error in front of a citizen."""

    def __missing__(self, key: str) -> str:
        return ""


@dataclass(frozen=True)
class Response:
    """A sentence with its buttons, placeholders in all of it."""

    text: str
    buttons: tuple[Button, ...] = ()


class Texts:
    """Sentences and buttons by the name of their response."""

    def __init__(self, responses: dict[str, Response]) -> None:
        self._responses = responses

    @classmethod
    def load(cls, domain: Path, news_statuses: Iterable[str]) -> "Texts":
        """Read the sentences, among them one for every status that makes news and every other kind of news.

        Raises:
            TextsMissing: at least one is not there.
        """
        try:
            responses = yaml.safe_load(domain.read_text(encoding="utf-8")).get("responses") or {}
        except OSError as error:
            raise TextsMissing(f"{domain} cannot be read: {error.strerror}") from error
        kinds = [kind for kind in NewsKind if kind is not NewsKind.STATUS]
        names = [*REQUIRED, *map(news_response, [*news_statuses, *kinds])]
        if missing := [name for name in names if not responses.get(name)]:
            raise TextsMissing(f"{domain.name} lacks the responses {', '.join(missing)}")
        return cls({name: _read(responses[name][0]) for name in names})

    def say(self, name: str, **values: str) -> str:
        """Return a sentence with its placeholders filled; an empty one leaves no blanks behind."""
        filled = self._responses[name].text.format_map(_Blanks(values))
        lines = [re.sub(r" {2,}", " ", line).strip() for line in filled.split("\n")]
        return "\n".join(lines).strip()

    def buttons(self, name: str, **values: str) -> tuple[Button, ...]:
        """Return a sentence's buttons with the placeholders of their payloads filled."""
        return tuple(
            Button(button.title, button.payload.format_map(_Blanks(values)))
            for button in self._responses[name].buttons
        )


def news_response(status_or_kind: str) -> str:
    """Return the name of the response that tells news of a status, or of another kind."""
    return f"utter_news_{status_or_kind.lower()}"


def _read(response: Mapping[str, Any]) -> Response:
    buttons = (Button(button["title"], button["payload"]) for button in response.get("buttons", ()))
    return Response(response["text"].strip(), tuple(buttons))
