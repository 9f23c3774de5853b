"""Checked access to an update's fields: Telegram's own library raises on what is out of its specification.

Called by ``gateway.telegram.parse`` and ``gateway.telegram.content``. Calls nothing.
"""

import re
from typing import Any

Fields = dict[str, Any]

TEXT_LIMIT = 4096
_FILE_ID = re.compile(r"[A-Za-z0-9_-]{1,400}")
_BIGGEST_ID = 2**63


class Ignored(Exception):
    """Nothing is to be done about an update; the text says why, without anything out of it."""


class Malformed(Ignored):
    """An update is not as Telegram documents it."""


def fields(owner: Fields, name: str) -> Fields:
    """Return an object in a field.

    Raises:
        Malformed: there is none.
    """
    value = owner.get(name)
    if not isinstance(value, dict):
        raise Malformed(f"{name} is no object")
    return value


def integer(owner: Fields, name: str) -> int:
    """Return a whole number in a field.

    Raises:
        Malformed: there is none, or no database could hold it.
    """
    value = owner.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not -_BIGGEST_ID < value < _BIGGEST_ID:
        raise Malformed(f"{name} is no whole number")
    return value


def words(owner: Fields, name: str) -> str:
    """Return a text in a field, as every database can store it; "" when there is none."""
    value = owner.get(name)
    if not isinstance(value, str):
        return ""
    return value.encode(errors="replace").decode().replace("\x00", "").strip()[:TEXT_LIMIT]


def file_id(owner: Fields) -> str:
    """Return the id by which a file can be fetched.

    Raises:
        Malformed: there is none.
    """
    value = owner.get("file_id")
    if not isinstance(value, str) or not _FILE_ID.fullmatch(value):
        raise Malformed("file_id is none")
    return value


def degrees(owner: Fields, name: str, most: float) -> float:
    """Return a latitude or longitude; 0 is one.

    Raises:
        Malformed: there is none on earth.
    """
    value = owner.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool) or not -most <= value <= most:
        raise Malformed(f"{name} is not on earth")
    return float(value)
