"""Report numbers and secret codes in a message, whatever way they are typed.

``JK2611240001`` may come as "jk 261124 0001" or "JK-2611240001". The prefix is a setting of the CRM, so
any two to five letters count. A secret code (``7KQM-4TXD``) counts only beside a report number, after a
word for it, or alone.
"""

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

REPORT_NUMBER = "report_number"
SECRET_CODE = "secret_code"  # noqa: S105 - the name of a field

_GAP = r"[\s./_-]{0,2}"
# Prefix, YYMMDD with a real month and day, daily sequence of four digits or more.
_NUMBER = re.compile(
    rf"(?<![^\W\d_])([A-Za-z]{{2,5}}){_GAP}(\d\d){_GAP}(0[1-9]|1[0-2]){_GAP}(0[1-9]|[12]\d|3[01]){_GAP}(\d{{4,6}})(?!\d)"
)
_CODE = re.compile(r"(?<![A-Za-z0-9])([A-Za-z0-9]{4})[\s-]?([A-Za-z0-9]{4})(?![A-Za-z0-9])")
_CODE_WORD = re.compile(
    r"\b(?:kode|kodenya|code|pin|sandi)\b(?:\s+(?:rahasia|secret|lacak|nya))?\W*", re.IGNORECASE
)


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class ReportNumberReader(GraphComponent):
    """Sets the report number and the secret code of a message, each in its standard form."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "ReportNumberReader":
        """Build the component; it has no settings and stores nothing."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Read both from the original text: the normaliser would change letters and digits."""
        for message in messages:
            text = message.get(TEXT) or ""
            number = _NUMBER.search(text)
            message.set(REPORT_NUMBER, "".join(number.groups()).upper() if number else None)
            message.set(SECRET_CODE, _secret_code(text, number))
        return messages


def _secret_code(text: str, number: "re.Match[str] | None") -> str | None:
    """Find the code after its word, else beside the number, else as the whole message."""
    rest = text[: number.start()] + " " + text[number.end() :] if number else text
    if word := _CODE_WORD.search(rest):
        return _first_code(rest[word.end() :]) or _first_code(rest)
    if number or _CODE.fullmatch(rest.strip()):
        return _first_code(rest)
    return None


def _first_code(text: str) -> str | None:
    """Give the first thing of the code's form that holds letters and a digit, as made codes mostly do."""
    for match in _CODE.finditer(text):
        code = "".join(match.groups()).upper()
        if any(c.isdigit() for c in code) and any(c.isalpha() for c in code):
            return f"{code[:4]}-{code[4:]}"
    return None
