"""Who wrote: the business-scoped user id first, the telephone number where there is none.

Called by ``gateway.whatsapp.parse`` and, to tell the two apart again, by ``gateway.whatsapp.bodies``. Since 2026
citizens may hide their number: it is then left out, or empty, or replaced by the business-scoped id.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# Indonesia's are ``ID.`` and up to 128 letters and digits.
_USER_ID = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}")
_PHONE = re.compile(r"\+?([0-9]{5,20})")


@dataclass(frozen=True)
class Sender:
    """A citizen's ids on WhatsApp; at least one of the two, unless ``is_known`` is false."""

    user_id: str | None = None
    phone: str | None = None

    @property
    def is_known(self) -> bool:
        """Whether there is any id."""
        return bool(self.user_id or self.phone)

    @property
    def platform_ids(self) -> tuple[bytes, ...]:
        """All ids, the one that lasts first."""
        return tuple(known.encode() for known in (self.user_id, self.phone) if known)


def user_id_in(value: object) -> str | None:
    """Return the business-scoped user id that a field holds, if it holds one."""
    return value if isinstance(value, str) and _USER_ID.fullmatch(value) else None


def phone_in(value: object) -> str | None:
    """Return the telephone number (digits, country code first) that a field holds, if it holds one."""
    match = _PHONE.fullmatch(value) if isinstance(value, str) else None
    return match[1] if match else None


def sender_of(message: Mapping[str, Any], contacts: Iterable[Mapping[str, Any]]) -> Sender:
    """Return who sent a message; the contacts beside it add what the message leaves out."""
    user_id = user_id_in(message.get("from_user_id")) or user_id_in(message.get("from"))
    phone = phone_in(message.get("from"))
    contact = _contact_of(user_id, phone, list(contacts))
    return Sender(user_id or user_id_in(contact.get("user_id")), phone or phone_in(contact.get("wa_id")))


def _contact_of(
    user_id: str | None, phone: str | None, contacts: list[Mapping[str, Any]]
) -> Mapping[str, Any]:
    for contact in contacts:
        if user_id and contact.get("user_id") == user_id:
            return contact
        if phone and phone_in(contact.get("wa_id")) == phone:
            return contact
    nobody_named = user_id is None and phone is None
    return contacts[0] if nobody_named and len(contacts) == 1 else {}
