"""Signing in and out. Mounted by ``crm.web.console.routes``; calls ``Crm.sign_in`` and ``Crm.sign_out``."""

from ipaddress import ip_address, ip_network

from sanic import HTTPResponse, Request, redirect

from crm.domain.errors import SignInRefused, TooManyAttempts
from crm.domain.officers import Officer
from crm.domain.status import Role
from crm.web.console.sessions import SEE_OTHER, SIGN_IN, Sessions
from crm.web.shared.forms import browser_secret, read_form, token_of
from crm.web.shared.site import Site

START = {Role.ADMINISTRATOR: "/petugas/akun"}
INBOX = "/petugas/laporan"


class SignIn:
    """The page to sign in, and the button to sign out."""

    def __init__(self, site: Site, sessions: Sessions) -> None:
        self._site = site
        self._sessions = sessions

    async def show(self, request: Request) -> HTTPResponse:
        """Show the page, or go on if somebody is signed in already."""
        if officer := await self._sessions.officer(request):
            return redirect(start_of(officer, request.args.get("ke")), status=SEE_OTHER)
        return self._page(request, onward=request.args.get("ke", ""))

    async def sign_in(self, request: Request) -> HTTPResponse:
        """Sign in and go where the officer wanted to."""
        form = await read_form(request, browser_secret(request, self._site))
        username, onward = form.text("username"), form.text("ke")
        try:
            token, officer = await self._site.call(
                self._site.crm.sign_in, username, form.raw("password"), form.text("code"), _sender(request)
            )
        except TooManyAttempts:
            return self._page(request, onward=onward, username=username, problem="too_many", status=429)
        except SignInRefused:
            return self._page(request, onward=onward, username=username, problem="wrong", status=403)
        response = redirect(start_of(officer, onward), status=SEE_OTHER)
        self._sessions.begin(response, token)
        return response

    async def sign_out(self, request: Request, officer: Officer) -> HTTPResponse:
        """End the session."""
        await self._sessions.form(request)
        await self._site.call(self._site.crm.sign_out, self._sessions.token(request) or "")
        response = redirect(SIGN_IN, status=SEE_OTHER)
        self._sessions.end(response)
        return response

    def _page(
        self, request: Request, *, onward: str, username: str = "", problem: str = "", status: int = 200
    ) -> HTTPResponse:
        return self._site.pages.render(
            "console/sign_in.html",
            status=status,
            token=token_of(browser_secret(request, self._site)),
            onward=onward,
            username=username,
            problem=problem,
            news=request.args.get("kabar", ""),
        )


def start_of(officer: Officer, onward: str | None = None) -> str:
    """Return where an officer goes first: only to a page of the console, whatever the address says."""
    if onward and onward.startswith("/petugas/") and not onward.startswith(SIGN_IN):
        return onward
    return START.get(officer.role, INBOX)


def _sender(request: Request) -> str:
    """Return what counts as one sender: an IPv4 address, or the /64 an IPv6 household gets."""
    try:
        address = ip_address(request.remote_addr or request.ip)
    except ValueError:
        return "unknown"
    return str(address) if address.version == 4 else str(ip_network((address, 64), strict=False))
