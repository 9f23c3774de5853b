"""Payloads of Rasa's buttons (``/choose_privacy{"privacy": "anonim"}``) turned into parse data.

Called by ``gateway.rasa`` (are they well formed?) and ``gateway.turns`` (a tapped button). Calls nothing.
"""

import json
import re

from gateway.messages import ParseData

_PAYLOAD = re.compile(r"/(?P<intent>\w+)\s*(?P<entities>\{.*\})?\s*", re.DOTALL)


def parse_payload(payload: str) -> ParseData:
    """Return the intent and entities of a button's payload.

    Raises:
        ValueError: it is not of the form ``/intent`` or ``/intent{"entity": value}``.
    """
    if not (match := _PAYLOAD.fullmatch(payload)):
        raise ValueError("a button's payload must be /intent{…}")
    entities = json.loads(match["entities"] or "{}")
    return {
        "intent": {"name": match["intent"], "confidence": 1.0},
        "entities": [
            {"entity": entity, "value": value}
            for entity, values in entities.items()
            for value in (values if isinstance(values, list) else [values])
        ],
    }
