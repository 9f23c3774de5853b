"""Bodies of webhooks, written for these tests."""

import json
from typing import Any

NUMBER = "109876543210987"
PHONE = "6281200000001"
USER_ID = "ID.13491208655302741918"


def webhook(*values: dict[str, Any], field: str = "messages", number: str = NUMBER) -> bytes:
    """A webhook with one entry for each value."""
    metadata = {"display_phone_number": "622150000123", "phone_number_id": number}
    whole = [{"messaging_product": "whatsapp", "metadata": metadata, **value} for value in values]
    entries = [{"id": "204567890123456", "changes": [{"value": value, "field": field}]} for value in whole]
    return json.dumps({"object": "whatsapp_business_account", "entry": entries}).encode()


def message(kind: str = "text", wamid: str = "wamid.1", **fields: Any) -> dict[str, Any]:
    """A message of the citizen with ``PHONE``; a field that is None is left out."""
    whole = {"from": PHONE, "id": wamid, "timestamp": "1764039600", "type": kind, **fields}
    return {name: value for name, value in whole.items() if value is not None}


def value_of(*messages: dict[str, Any]) -> dict[str, Any]:
    return {"contacts": [{"profile": {"name": "Siti"}, "wa_id": PHONE}], "messages": list(messages)}


def text(words: str, **fields: Any) -> dict[str, Any]:
    return message("text", text={"body": words}, **fields)
