"""One's own account: password and second factor. Mounted by ``crm.web.console.routes``."""

from sanic import HTTPResponse, Request, redirect

from crm.domain.errors import OfficerRefused, SignInRefused
from crm.domain.officers import Officer
from crm.domain.totp import totp_uri
from crm.services.accounts import SHORTEST_PASSWORD, TotpSetup
from crm.web.console.pages import ConsolePages
from crm.web.console.sessions import SEE_OTHER, SIGN_IN

REFUSED = 422
ADDRESS = "/petugas/saya"


class OwnAccountPage:
    """The page of the officer's own account."""

    def __init__(self, pages: ConsolePages) -> None:
        self._pages = pages
        self._site = pages.site
        self._crm = pages.site.crm

    async def show(self, request: Request, officer: Officer) -> HTTPResponse:
        """Show the page."""
        return self._page(request, officer)

    async def change_password(self, request: Request, officer: Officer) -> HTTPResponse:
        """Change the password; all sessions end, this one as well."""
        form = await self._pages.sessions.form(request)
        present, wanted = form.raw("present"), form.raw("wanted")
        if wanted != form.raw("again"):
            return self._page(request, officer, told="Kata sandi baru dan ulangannya tidak sama.")
        try:
            await self._site.call(self._crm.change_password, officer, present, wanted)
        except SignInRefused:
            return self._page(request, officer, told="Kata sandi sekarang tidak cocok.")
        except OfficerRefused as error:
            return self._page(request, officer, told=str(error))
        response = redirect(f"{SIGN_IN}?kabar=sandi", status=SEE_OTHER)
        self._pages.sessions.end(response)
        return response

    async def begin_totp(self, request: Request, officer: Officer) -> HTTPResponse:
        """Show a fresh secret for an authenticator app."""
        await self._pages.sessions.form(request)
        try:
            setup = await self._site.call(self._crm.enrol_totp, officer)
        except OfficerRefused as error:
            return self._page(request, officer, told=str(error))
        return self._page(request, officer, setup=setup)

    async def confirm_totp(self, request: Request, officer: Officer) -> HTTPResponse:
        """Take the second factor into use, once a code of it fits."""
        form = await self._pages.sessions.form(request)
        try:
            await self._site.call(self._crm.confirm_totp, officer, form.text("code"))
        except OfficerRefused as error:
            secret = form.text("secret")
            setup = TotpSetup(secret, totp_uri(secret, officer.username))
            return self._page(request, officer, setup=setup, told=str(error))
        return redirect(f"{ADDRESS}?kabar=kode", status=SEE_OTHER)

    def _page(
        self, request: Request, officer: Officer, *, setup: TotpSetup | None = None, told: str = ""
    ) -> HTTPResponse:
        return self._pages.render(
            request,
            officer,
            "own_account.html",
            status=REFUSED if told else 200,
            setup=setup,
            told=told,
            shortest=SHORTEST_PASSWORD,
            news=request.args.get("kabar", ""),
        )
