"""News outside the 24-hour window: an approved template with one parameter, the text.

Called by ``gateway.whatsapp.client`` and ``gateway.whatsapp.check``. Name and language are settings; what the template
says around the text is approved by Meta beforehand.
"""

import re
from dataclasses import dataclass
from typing import Any

# A template's body has 1024 characters together with the words around the parameter.
TEXT_LIMIT = 800


@dataclass(frozen=True)
class Template:
    """An approved template of category utility whose body has the one placeholder ``{{1}}``."""

    name: str
    language: str

    def body(self, text: str, tag: str) -> dict[str, Any]:
        """Return the fields of a message that says ``text`` by this template."""
        parameter = {"type": "text", "text": one_line(text)}
        return {
            "type": "template",
            "template": {
                "name": self.name,
                "language": {"code": self.language},
                "components": [{"type": "body", "parameters": [parameter]}],
            },
            "biz_opaque_callback_data": tag,
        }


def one_line(text: str) -> str:
    """Return a text as a parameter may be: no line break or tab, no long gap, at a length that fits."""
    flat = re.sub(r"\s+", " ", text).strip()
    if len(flat) <= TEXT_LIMIT:
        return flat
    return flat[: TEXT_LIMIT - 1].rsplit(" ", 1)[0] + "…"
