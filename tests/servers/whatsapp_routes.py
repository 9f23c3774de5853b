"""The paths of the Cloud API stand-in: messages, files, and what an operator's check asks for.

Called by ``whatsapp_http`` with a request whose token is right.
"""

import re
from typing import Any

from tests.servers.whatsapp_errors import ApiError
from tests.servers.whatsapp_platform import Call, Platform

Answer = dict[str, Any]

VERSIONS = re.compile(r"v2[1-6]\.0")


def route(platform: Platform, call: Call, base: str) -> Answer:
    """Return the answer to a request; ``base`` is the address that files are given."""
    version, _, path = call.path.strip("/").partition("/")
    if not VERSIONS.fullmatch(version):
        raise ApiError(100, "Unknown path components")
    who, _, edge = path.partition("/")
    if who == platform.phone_number_id:
        return _of_number(platform, call, edge)
    if who == platform.account_id:
        return _of_account(platform, call, edge)
    if call.method == "GET" and not edge:
        return platform.files.describe(who, call.query.get("phone_number_id"), base)
    raise _missing(who)


def _of_number(platform: Platform, call: Call, edge: str) -> Answer:
    match (call.method, edge):
        case ("POST", "messages"):
            return platform.post_message(call.body)
        case ("POST", "media"):
            kind, content = call.body["file"]
            return platform.files.upload(content, kind)
        case ("POST", "conversational_automation"):
            platform.menu = call.body
            return {"success": True}
        case ("GET", ""):
            return _number(platform)
    raise _missing(edge)


def _of_account(platform: Platform, call: Call, edge: str) -> Answer:
    match (call.method, edge):
        case ("GET", "subscribed_apps"):
            apps = [{"id": "1", "name": "Aduan"}] if platform.is_subscribed else []
            return {"data": [{"whatsapp_business_api_data": app} for app in apps]}
        case ("GET", "message_templates"):
            return {"data": _templates(platform, call.query.get("name", ""))}
    raise _missing(edge)


def _missing(what: str) -> ApiError:
    return ApiError(100, f"Object with ID '{what}' does not exist", subcode=33)


def _number(platform: Platform) -> Answer:
    entities = [("PHONE_NUMBER", platform.phone_number_id), ("WABA", platform.account_id)]
    return {
        "id": platform.phone_number_id,
        "display_phone_number": f"+{platform.display_number}",
        "verified_name": "Aduan",
        "quality_rating": "GREEN",
        "health_status": {
            "can_send_message": "AVAILABLE",
            "entities": [
                {"entity_type": kind, "id": each, "can_send_message": "AVAILABLE"} for kind, each in entities
            ],
        },
        "conversational_automation": {"id": platform.phone_number_id, **platform.menu},
    }


def _templates(platform: Platform, name: str) -> list[Answer]:
    return [
        {
            "name": each,
            "language": language,
            "status": template.status,
            "category": template.category,
            "components": [{"type": "BODY", "text": template.text}],
        }
        for (each, language), template in platform.templates.items()
        if name in each
    ]
