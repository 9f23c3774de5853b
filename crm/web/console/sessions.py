"""Who is signed in, by the cookie ``aduan_petugas``. Used by the console's pages; calls ``Crm.officer_of``."""

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlencode

from sanic import HTTPResponse, Request, redirect

from crm.domain.errors import SignInRefused
from crm.domain.officers import Officer
from crm.services.sign_in import SESSION
from crm.web.shared.forms import STRANGERS_LIMIT, Form, browser_secret, read_form, token_of
from crm.web.shared.site import Site

COOKIE = "aduan_petugas"
SIGN_IN = "/petugas/masuk"
SEE_OTHER = 303

OfficersPage = Callable[..., Coroutine[Any, Any, HTTPResponse]]


class Sessions:
    """Begins, finds and ends the sessions of browsers. Forms of officers carry a token of their session."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def token(self, request: Request) -> str | None:
        """Return the session's token as the browser sent it."""
        return request.cookies.get(self._site.cookie_name(COOKIE))

    def begin(self, response: HTTPResponse, token: str) -> None:
        """Give a browser its session; Lax, as officers send each other links to reports."""
        self._site.set_cookie(response, COOKIE, token, seconds=int(SESSION.total_seconds()), samesite="Lax")

    def end(self, response: HTTPResponse) -> None:
        """Take a browser's session away."""
        self._site.set_cookie(response, COOKIE, "", seconds=0, samesite="Lax")

    def form_token(self, request: Request) -> str:
        """Return what a form of this browser must carry."""
        return token_of(self._secret(request))

    async def form(self, request: Request) -> Form:
        """Read a form; see ``read_form``."""
        return await read_form(request, self._secret(request))

    async def officer(self, request: Request) -> Officer | None:
        """Return who is signed in, None when nobody is (any more)."""
        token = self.token(request)
        if not token:
            return None
        try:
            return await self._site.call(self._site.crm.officer_of, token)
        except SignInRefused:
            return None

    def for_officers(self, page: OfficersPage) -> OfficersPage:
        """Return a handler that calls ``page(request, officer, …)``, or has the visitor sign in first.

        What a form brought whose session has ended is shown once more, so that nobody writes it twice.
        """

        async def handle(request: Request, **parts: Any) -> HTTPResponse:
            officer = await self.officer(request)
            if officer is not None:
                return await page(request, officer, **parts)
            if request.method == "POST":
                await read_form(request, browser_secret(request, self._site), limit=STRANGERS_LIMIT)
            path = f"{request.path}?{request.query_string}" if request.query_string else request.path
            return redirect(f"{SIGN_IN}?{urlencode({'ke': path})}", status=SEE_OTHER)

        return handle

    def _secret(self, request: Request) -> str:
        return self.token(request) or browser_secret(request, self._site)
