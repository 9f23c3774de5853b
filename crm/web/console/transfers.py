"""Requests for transfer: units see what they asked for, validators and supervisors decide.

Mounted by ``crm.web.console.routes``; calls ``Crm.pending_transfers`` and ``Crm.decide_transfer``.
"""

from sanic import HTTPResponse, Request, redirect

from crm.domain.errors import ComplaintNotFound, TransitionRefused
from crm.domain.officers import Officer
from crm.domain.status import DECIDERS
from crm.web.console.pages import ConsolePages
from crm.web.console.sessions import SEE_OTHER

REFUSED = 422
ADDRESS = "/petugas/pemindahan"


class TransferPage:
    """The page of what waits for a decision."""

    def __init__(self, pages: ConsolePages) -> None:
        self._pages = pages
        self._site = pages.site

    async def show(self, request: Request, officer: Officer) -> HTTPResponse:
        """Show what waits."""
        return await self._page(request, officer)

    async def decide(self, request: Request, officer: Officer, transfer_id: int) -> HTTPResponse:
        """Approve or refuse a request.

        Raises:
            NotAllowed: the officer does not decide about transfers.
        """
        form = await self._pages.sessions.form(request)
        approve, note = form.text("decision") == "approve", form.text("note")
        crm = self._site.crm
        try:
            await self._site.call(crm.decide_transfer, transfer_id, officer, approve=approve, note=note)
        except TransitionRefused as error:
            return await self._page(request, officer, open_id=transfer_id, note=note, told=str(error))
        except ComplaintNotFound:
            return await self._page(request, officer, note=note, told="Permintaan itu tidak ada.")
        done = "disetujui" if approve else "ditolak"
        return redirect(f"{ADDRESS}?kabar={done}", status=SEE_OTHER)

    async def _page(
        self,
        request: Request,
        officer: Officer,
        *,
        open_id: int | None = None,
        note: str = "",
        told: str = "",
    ) -> HTTPResponse:
        waiting = await self._site.call(self._site.crm.pending_transfers, officer)
        return self._pages.render(
            request,
            officer,
            "transfers.html",
            status=REFUSED if told else 200,
            requests=waiting,
            decides=officer.role in DECIDERS,
            open_id=open_id,
            is_gone=bool(told) and open_id not in [one.transfer_id for one in waiting],
            note=note,
            told=told,
            news=request.args.get("kabar", ""),
        )
