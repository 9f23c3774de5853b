"""The gateway's own sentences, read from the responses of domain.yml.

Called by ``gateway.turns``, ``gateway.news`` and the channels. Words live in domain.yml and nowhere in code.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import yaml

DELAYED = "utter_gateway_delayed"
OLD_BUTTON = "utter_gateway_old_button"
FAILED = "utter_gateway_failed"
PHOTO_REJECTED = "utter_gateway_photo_rejected"
PHOTO_TOO_LARGE = "utter_gateway_photo_too_large"
TOO_FAST = "utter_gateway_too_fast"
REQUIRED = (DELAYED, OLD_BUTTON, FAILED, PHOTO_REJECTED, PHOTO_TOO_LARGE, TOO_FAST)


class TextsMissing(Exception):
    """domain.yml lacks responses that the gateway needs; the message names them."""


class _Blanks(dict[str, str]):
    """A placeholder without a value becomes nothing rather than an error in front of a citizen."""

    def __missing__(self, key: str) -> str:
        return ""


class Texts:
    """Sentences by the name of their response."""

    def __init__(self, sentences: dict[str, str]) -> None:
        self._sentences = sentences

    @classmethod
    def load(cls, domain: Path, news_statuses: Iterable[str]) -> "Texts":
        """Read the sentences, among them one for every status that makes news.

        Raises:
            TextsMissing: at least one is not there.
        """
        try:
            responses = yaml.safe_load(domain.read_text(encoding="utf-8")).get("responses") or {}
        except OSError as error:
            raise TextsMissing(f"{domain} cannot be read: {error.strerror}") from error
        names = [*REQUIRED, *map(news_response, news_statuses)]
        if missing := [name for name in names if not responses.get(name)]:
            raise TextsMissing(f"{domain.name} lacks the responses {', '.join(missing)}")
        return cls({name: responses[name][0]["text"].strip() for name in names})

    def say(self, name: str, **values: str) -> str:
        """Return a sentence with its placeholders filled."""
        filled = self._sentences[name].format_map(_Blanks(values))
        return re.sub(r" {2,}", " ", filled).strip()


def news_response(status: str) -> str:
    """Return the name of the response that tells a citizen about a status."""
    return f"utter_news_{status.lower()}"
