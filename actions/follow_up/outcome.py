"""What a turn about a filed report leads to: what to say, and what is asked next.

Made by the steps beside this module; ``Pending`` lies in the slot ``follow_up`` until it is answered.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any


class Ask(StrEnum):
    """What the citizen is asked for; the next message is the answer."""

    RATING = "rating"
    COMMENT = "comment"
    STILL_OPEN = "still_open"
    ANSWER = "answer"
    DETAIL = "detail"
    WITHDRAWAL = "withdrawal"


# These need words or photos; the others can be answered by a button, or left.
FREE_WORDS = frozenset({Ask.STILL_OPEN, Ask.ANSWER, Ask.DETAIL})


@dataclass(frozen=True)
class Pending:
    """A question that waits, about one report. ``question`` is an officer's; ``photos`` came without words."""

    ask: Ask
    report_number: str
    question_id: int | None = None
    question: str = ""
    rating: int | None = None
    photos: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A response of ``domain.yml`` with its values, buttons only code knows, and what the gateway is told."""

    response: str
    values: Mapping[str, Any] = field(default_factory=dict)
    buttons: tuple[dict[str, str], ...] = ()
    custom: dict[str, Any] | None = None


@dataclass(frozen=True)
class Outcome:
    """What to say and what is asked; ``goes_to_intake`` when the message belongs to an intake instead."""

    lines: tuple[Line, ...] = ()
    pending: Pending | None = None
    goes_to_intake: bool = False


def told(response: str, pending: Pending | None = None, **values: Any) -> Outcome:
    """Return an outcome of one line."""
    return Outcome((Line(response, values),), pending)


def read_pending(value: Mapping[str, Any] | None) -> Pending | None:
    """Read what waits from its slot."""
    if not value:
        return None
    pending = Pending(**value)
    return replace(pending, ask=Ask(pending.ask), photos=tuple(pending.photos))


def slot_value(pending: Pending | None) -> dict[str, Any] | None:
    """Return what the slot holds, as JSON can carry it."""
    return {**asdict(pending), "photos": list(pending.photos)} if pending else None
