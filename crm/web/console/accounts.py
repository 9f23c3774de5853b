"""Officers' accounts, for administrators. Mounted by ``crm.web.console.routes``.

The rules are those of ``crm.services.accounts``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sanic import HTTPResponse, Request, redirect

from crm.domain.errors import OfficerRefused
from crm.domain.officers import OFFICER_ROLES, NewOfficer, Officer
from crm.domain.status import Role
from crm.services.accounts import SHORTEST_PASSWORD
from crm.web.console.choices import area_groups, unit_groups
from crm.web.console.pages import ConsolePages
from crm.web.console.sessions import SEE_OTHER
from crm.web.shared.forms import Form, FormUnreadable

REFUSED = 422
ADDRESS = "/petugas/akun"
NEW = ""


@dataclass(frozen=True)
class Refused:
    """A form that was not carried out: whose account (``NEW``: a new one), why, and what was typed."""

    username: str
    told: str
    typed: Form


class AccountsPage:
    """The page of all accounts."""

    def __init__(self, pages: ConsolePages) -> None:
        self._pages = pages
        self._site = pages.site
        self._crm = pages.site.crm

    async def show(self, request: Request, officer: Officer) -> HTTPResponse:
        """List the accounts.

        Raises:
            NotAllowed: the officer is no administrator.
        """
        return await self._page(request, officer)

    async def create(self, request: Request, officer: Officer) -> HTTPResponse:
        """Make an account."""
        form = await self._pages.sessions.form(request)
        account = NewOfficer(
            username=form.text("username"),
            name=form.text("name"),
            role=_role(form.text("role")),
            unit=form.chosen("unit"),
            area=form.chosen("area"),
        )
        create = partial(self._crm.create_officer, account, form.raw("password"), by=officer)
        return await self._act(request, officer, Refused(NEW, "", form), create, "dibuat")

    async def stop(self, request: Request, officer: Officer, username: str) -> HTTPResponse:
        """Stop an account; nobody stops their own, so that somebody is left who can."""
        form = await self._pages.sessions.form(request)

        def stop() -> object:
            if username == officer.username:
                raise OfficerRefused("Akun sendiri tidak bisa dihentikan. Minta administrator lain.")
            return self._crm.stop_officer(username, by=officer)

        return await self._act(request, officer, Refused(username, "", form), stop, "dihentikan")

    async def reset(self, request: Request, officer: Officer, username: str) -> HTTPResponse:
        """Give an account a new password and no second factor."""
        form = await self._pages.sessions.form(request)
        reset = partial(self._crm.reset_officer, username, form.raw("password"), by=officer)
        return await self._act(request, officer, Refused(username, "", form), reset, "diatur")

    async def _act(
        self, request: Request, officer: Officer, attempt: Refused, act: Callable[[], object], news: str
    ) -> HTTPResponse:
        try:
            await self._site.call(act)
        except OfficerRefused as error:
            refused = Refused(attempt.username, str(error), attempt.typed)
            return await self._page(request, officer, refused)
        return redirect(f"{ADDRESS}?kabar={news}", status=SEE_OTHER)

    async def _page(self, request: Request, officer: Officer, refused: Refused | None = None) -> HTTPResponse:
        accounts = await self._site.call(partial(self._crm.list_officers, by=officer))
        return self._pages.render(
            request,
            officer,
            "accounts.html",
            status=REFUSED if refused else 200,
            accounts=accounts,
            refused=refused,
            shortest=SHORTEST_PASSWORD,
            roles=[(role, role.capitalize()) for role in Role if role in OFFICER_ROLES],
            units=unit_groups(self._crm.reference),
            areas=area_groups(self._crm.reference),
            news=request.args.get("kabar", ""),
        )


def _role(value: str) -> Role:
    try:
        return Role(value)
    except ValueError as error:
        raise FormUnreadable from error
