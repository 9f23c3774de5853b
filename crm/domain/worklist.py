"""The list officers work from: which reports, in which order, and where the next page begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crm.domain.complaint import ComplaintSummary
from crm.domain.status import Status

# No store counts further.
_NO_KEY = 2**63


class Order(StrEnum):
    """Newest first, or what is due first; the latter holds only reports with something still due."""

    NEWEST = "terbaru"
    URGENT = "mendesak"


@dataclass(frozen=True)
class WorklistFilter:
    """Which reports an officer wants to see; what is None, False or empty does not matter.

    ``area`` is the beginning of a kelurahan code, ``text`` words all of which must be in the report: whole
    or begun, of its number, its description or its place.
    """

    status: Status | None = None
    unit: str | None = None
    area: str | None = None
    category_code: str | None = None
    overdue: bool = False
    text: str = ""
    order: Order = Order.NEWEST


@dataclass(frozen=True)
class Cursor:
    """The last report of a page: the next page begins after it."""

    key: int
    due_at: datetime | None = None

    def __str__(self) -> str:
        return f"{self.key}" if self.due_at is None else f"{self.key}.{self.due_at.isoformat()}"

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """Read a cursor back.

        Raises:
            ValueError: it is none.
        """
        key, dot, due_at = text.partition(".")
        cursor = cls(int(key), datetime.fromisoformat(due_at) if dot else None)
        if cursor.key >= _NO_KEY or (cursor.due_at and cursor.due_at.tzinfo is None):
            raise ValueError("not a cursor")
        return cursor


@dataclass(frozen=True)
class Worklist:
    """A page; ``after`` begins the next one, None at the end."""

    items: Sequence[ComplaintSummary]
    after: str | None
