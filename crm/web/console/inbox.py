"""The list officers work from. Mounted by ``crm.web.console.routes``; calls ``Crm.worklist``."""

from dataclasses import replace

from sanic import HTTPResponse, Request

from crm.domain.officers import Officer
from crm.domain.status import DECIDERS, Status
from crm.domain.worklist import Order, WorklistFilter
from crm.web.console.choices import area_groups, category_options, unit_groups
from crm.web.console.filters import address_of, is_narrowed, read_filter
from crm.web.console.pages import ConsolePages

SIZE = 30


class Inbox:
    """The page with the list and its filters."""

    def __init__(self, pages: ConsolePages) -> None:
        self._pages = pages
        self._site = pages.site

    async def show(self, request: Request, officer: Officer) -> HTTPResponse:
        """Show a page of the list."""
        crm = self._site.crm
        wanted = read_filter(dict(request.query_args))
        after = request.args.get("sesudah")
        found = await self._site.call(crm.worklist, officer, wanted, after=after, size=SIZE)
        return self._pages.render(
            request,
            officer,
            "inbox.html",
            wanted=wanted,
            narrowed=is_narrowed(wanted),
            reports=found.items,
            first=None if after is None else address_of(wanted),
            following=address_of(wanted, found.after) if found.after else None,
            shortcuts=_shortcuts(wanted, officer),
            statuses=[(status, status.label) for status in Status],
            categories=category_options(crm.reference),
            units=unit_groups(crm.reference),
            areas=area_groups(crm.reference, officer.area),
            orders=[(Order.URGENT, "Paling mendesak"), (Order.NEWEST, "Terbaru")],
        )


def _shortcuts(wanted: WorklistFilter, officer: Officer) -> list[tuple[str, str, bool]]:
    """Return the lists asked for most: name, address, and whether it is the present one."""
    everything = WorklistFilter(order=Order.URGENT)
    lists = {"Semua yang terbuka": everything, "Terlambat": replace(everything, overdue=True)}
    if officer.unit and officer.role not in DECIDERS:
        lists["Dipegang unit saya"] = replace(everything, unit=officer.unit)
    waiting = [Status.MENUNGGU_VALIDASI] if officer.role in DECIDERS else []
    for status in [*waiting, Status.MENUNGGU, Status.PROSES, Status.TL_DITOLAK]:
        lists[status.label] = replace(everything, status=status)
    return [(name, address_of(one), one == wanted) for name, one in lists.items()]
