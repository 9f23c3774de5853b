"""The addresses of the console. Mounted by ``crm.web.mount``; each page lies beside this module."""

from functools import partial

from sanic import Blueprint, HTTPResponse, Request, redirect

from crm.domain.officers import Officer
from crm.web.console.accounts import AccountsPage
from crm.web.console.acts import Acts
from crm.web.console.inbox import Inbox
from crm.web.console.own_account import OwnAccountPage
from crm.web.console.pages import ConsolePages
from crm.web.console.report import ReportPage
from crm.web.console.sessions import SEE_OTHER, OfficersPage, Sessions
from crm.web.console.sign_in import SignIn, start_of
from crm.web.console.transfers import TransferPage
from crm.web.shared.pages import WEB
from crm.web.shared.part import new_part
from crm.web.shared.site import Site

REPORT = "/laporan/<number:str>"


class Console:
    """The pages of the console, put together."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._sessions = Sessions(site)
        self._console = new_part(site, "console", "/petugas")

    def blueprint(self) -> Blueprint:
        """Return the routes, all under ``/petugas``."""
        sign_in = SignIn(self._site, self._sessions)
        self._console.add_route(sign_in.show, "/masuk", methods=["GET"], name="sign_in")
        self._console.add_route(sign_in.sign_in, "/masuk", methods=["POST"], name="signing_in")
        self._post("/keluar", sign_in.sign_out)
        self._get("/", _begin)
        self._console.static("/aset", WEB / "console" / "static", name="console_assets")
        pages = ConsolePages(self._site, self._sessions)
        self._add_reports(pages)
        self._add_accounts(pages)
        return self._console

    def _add_reports(self, pages: ConsolePages) -> None:
        self._get("/laporan", Inbox(pages).show)
        report, transfers = ReportPage(pages), TransferPage(pages)
        acts = Acts(pages, report)
        self._get(REPORT, report.show)
        self._get(f"{REPORT}/foto/<name:str>", report.photo)
        self._post(f"{REPORT}/status", acts.change, stream=True)
        self._post(f"{REPORT}/tanya", acts.ask)
        self._post(f"{REPORT}/pindah", acts.request_transfer)
        self._post(f"{REPORT}/pecah", acts.split)
        self._get("/pemindahan", transfers.show)
        self._post("/pemindahan/<transfer_id:int>", transfers.decide)

    def _add_accounts(self, pages: ConsolePages) -> None:
        accounts, own = AccountsPage(pages), OwnAccountPage(pages)
        self._get("/akun", accounts.show)
        self._post("/akun", accounts.create)
        self._post("/akun/<username:str>/henti", accounts.stop)
        self._post("/akun/<username:str>/atur-ulang", accounts.reset)
        self._get("/saya", own.show)
        self._post("/saya/kata-sandi", own.change_password)
        self._post("/saya/kode-kedua", own.begin_totp)
        self._post("/saya/kode-kedua/pasang", own.confirm_totp)

    def _get(self, path: str, page: OfficersPage) -> None:
        self._add(path, page, "GET")

    def _post(self, path: str, page: OfficersPage, *, stream: bool = False) -> None:
        self._add(path, page, "POST", stream=stream)

    def _add(self, path: str, page: OfficersPage, method: str, *, stream: bool = False) -> None:
        # A function of its own for each route: Sanic notes on the function whether it streams.
        handler = partial(self._sessions.for_officers(page))
        name = f"{method.lower()}_{page.__qualname__.replace('.', '_')}"
        self._console.add_route(handler, path, methods=[method], name=name, stream=stream)


async def _begin(request: Request, officer: Officer) -> HTTPResponse:
    return redirect(start_of(officer), status=SEE_OTHER)
