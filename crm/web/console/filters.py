"""What an officer wants to see, as an address that can be bookmarked. Used by the inbox."""

from collections.abc import Mapping
from urllib.parse import urlencode

from crm.domain.status import Status
from crm.domain.worklist import Order, WorklistFilter

Arguments = Mapping[str, str]
LONGEST_TEXT = 200


def read_filter(arguments: Arguments) -> WorklistFilter:
    """Read an address's filters; what is none of them does not matter.

    Without a word on order it is what is due first, except where closed reports are looked for.
    """
    status = _status(_one(arguments, "status"))
    text = _one(arguments, "cari")[:LONGEST_TEXT]
    return WorklistFilter(
        status=status,
        unit=_one(arguments, "unit") or None,
        area=_one(arguments, "wilayah") or None,
        category_code=_one(arguments, "kategori") or None,
        overdue=_one(arguments, "terlambat") == "1",
        text=text,
        order=_order(_one(arguments, "urut"), status, text),
    )


def address_of(wanted: WorklistFilter, after: str | None = None) -> str:
    """Return the address of a list, or of a later page of it."""
    fields = {
        "cari": wanted.text,
        "status": wanted.status or "",
        "kategori": wanted.category_code or "",
        "unit": wanted.unit or "",
        "wilayah": wanted.area or "",
        "terlambat": "1" if wanted.overdue else "",
        "urut": wanted.order,
        "sesudah": after or "",
    }
    return f"/petugas/laporan?{urlencode({name: value for name, value in fields.items() if value})}"


def is_narrowed(wanted: WorklistFilter) -> bool:
    """Tell whether the list leaves anything out."""
    return wanted != WorklistFilter(order=wanted.order)


def _one(arguments: Arguments, name: str) -> str:
    return arguments.get(name, "").replace("\0", "").strip()


def _status(value: str) -> Status | None:
    try:
        return Status(value)
    except ValueError:
        return None


def _order(value: str, status: Status | None, text: str) -> Order:
    if status is not None and not status.is_open:
        return Order.NEWEST
    try:
        return Order(value)
    except ValueError:
        return Order.NEWEST if text else Order.URGENT
