"""What an officer does with a report: every form of its page. Mounted by ``crm.web.console.routes``.

What cannot be carried out shows the page again with what was typed, what is the case now, and the photos that came.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from sanic import HTTPResponse, Request, redirect

from crm.domain.errors import (
    ComplaintNotFound,
    ConcurrentChange,
    DraftIncomplete,
    NotAllowed,
    TransitionRefused,
)
from crm.domain.officers import Officer
from crm.domain.status import Status
from crm.web.console.drafts import ASK, BLANK, SPLIT, TRANSFER, Draft, Problem
from crm.web.console.kept_photos import keep_photos, sign, signed
from crm.web.console.pages import ConsolePages
from crm.web.console.report import ReportPage
from crm.web.console.sessions import SEE_OTHER
from crm.web.shared.forms import Form, FormUnreadable
from crm.web.shared.photos import PhotosUnavailable

REFUSED, CONFLICT, UNAVAILABLE = 422, 409, 503
REFUSAL_SENTENCE = "refusal"


class Acts:
    """The handlers of the report page's forms."""

    def __init__(self, pages: ConsolePages, report: ReportPage) -> None:
        self._site = pages.site
        self._crm = pages.site.crm
        self._sessions = pages.sessions
        self._report = report

    async def change(self, request: Request, officer: Officer, number: str) -> HTTPResponse:
        """Change the status."""
        form = await self._sessions.form(request)
        to = _status(form)
        try:
            draft = await self._with_photos(request, Draft(to.name, form))
        except PhotosUnavailable:
            draft = Draft(to.name, form, Problem.PHOTOS_AWAY)
        names = self._names(request, draft)

        async def change() -> None:
            await self._site.call(
                partial(
                    self._crm.change_status,
                    number,
                    to,
                    officer=officer,
                    note=draft.value("note"),
                    unit=form.chosen("unit"),
                    photos=names,
                    no_photo_reason=form.text("no_photo_reason"),
                    reason=form.chosen("refusal"),
                    into=form.chosen("into"),
                    version=form.whole("version"),
                )
            )

        return await self._act(request, officer, number, self._prepared(draft, "note"), change, "status")

    async def ask(self, request: Request, officer: Officer, number: str) -> HTTPResponse:
        """Ask the reporter something; the same question twice is one."""
        form = await self._sessions.form(request)
        text = form.text("text")

        async def ask() -> None:
            view = await self._site.call(self._crm.read_complaint, number, officer)
            if not any(one.text == text and one.answered_at is None for one in view.questions):
                await self._site.call(self._crm.ask_reporter, number, officer, text)

        return await self._act(
            request, officer, number, self._prepared(Draft(ASK, form), "text"), ask, "tanya"
        )

    async def request_transfer(self, request: Request, officer: Officer, number: str) -> HTTPResponse:
        """Ask that another unit take the report over."""
        form = await self._sessions.form(request)

        async def request_() -> None:
            await self._site.call(
                self._crm.request_transfer, number, officer, form.text("unit"), form.text("reason")
            )

        return await self._act(request, officer, number, Draft(TRANSFER, form), request_, "pindah")

    async def split(self, request: Request, officer: Officer, number: str) -> HTTPResponse:
        """Make a part of the report a report of its own, unless that happened since the page was opened."""
        form = await self._sessions.form(request)
        draft = Draft(SPLIT, form)
        view = await self._site.call(self._crm.read_complaint, number, officer)
        if len(view.split_into) != (form.whole("parts") or 0):
            draft = replace(draft, problem=Problem.SPLIT_ALREADY)

        async def split() -> None:
            await self._site.call(
                self._crm.split, number, officer, form.text("description"), form.text("category")
            )

        return await self._act(request, officer, number, draft, split, "pecah")

    async def _act(  # noqa: PLR0913
        self,
        request: Request,
        officer: Officer,
        number: str,
        draft: Draft,
        act: Callable[[], Awaitable[None]],
        news: str,
    ) -> HTTPResponse:
        """Carry a form out and go back to the report, or show it again."""
        if draft.problem is None:
            draft = await _outcome(draft, act)
        if draft.problem is None:
            return redirect(f"/petugas/laporan/{number}?kabar={news}", status=SEE_OTHER)
        return await self._report.render(request, officer, number, draft, status=_http_status(draft.problem))

    async def _with_photos(self, request: Request, draft: Draft) -> Draft:
        secret = self._sessions.token(request) or ""
        kept = await keep_photos(draft.typed, self._site.photos, secret)
        return replace(
            draft,
            kept=[sign(name, secret) for name in kept.names],
            photo_problem=kept.problem,
            problem=Problem.PHOTO if kept.problem else None,
        )

    def _names(self, request: Request, draft: Draft) -> list[str]:
        secret = self._sessions.token(request) or ""
        return [name for value in draft.kept if (name := signed(value, secret))]

    def _prepared(self, draft: Draft, name: str) -> Draft:
        """Put in a template if one was asked for, and find what is still to be filled in."""
        if code := draft.typed.text("template"):
            before = draft.typed.text(name)
            text = "\n".join(part for part in (before, self._sentence(code, draft.typed)) if part)
            return replace(draft, texts={name: text}, problem=draft.problem or Problem.TEMPLATE)
        if BLANK in draft.typed.text(name):
            return replace(draft, problem=draft.problem or Problem.BLANK)
        return draft

    def _sentence(self, code: str, form: Form) -> str:
        reference = self._crm.reference
        if code == REFUSAL_SENTENCE:
            refusal = reference.refusals.get(form.text("refusal"))
            return refusal.sentence if refusal else ""
        return next((one.text for one in reference.reply_templates if one.code == code), "")


async def _outcome(draft: Draft, act: Callable[[], Awaitable[None]]) -> Draft:
    """Try an act; return the draft with what stood in its way, if something did."""
    try:
        await act()
    except ConcurrentChange:
        return replace(draft, problem=Problem.CHANGED)
    except (TransitionRefused, NotAllowed) as error:
        return replace(draft, problem=Problem.TOLD, told=str(error))
    except DraftIncomplete:
        return replace(draft, problem=Problem.INCOMPLETE)
    except ComplaintNotFound:
        # If it is the report itself that is gone or not theirs, showing it again says so.
        return replace(draft, problem=Problem.NO_TARGET)
    return draft


def _status(form: Form) -> Status:
    try:
        return Status[form.text("to")]
    except KeyError as error:
        raise FormUnreadable from error


def _http_status(problem: Problem) -> int:
    special = {
        Problem.TEMPLATE: 200,
        Problem.CHANGED: CONFLICT,
        Problem.SPLIT_ALREADY: CONFLICT,
        Problem.PHOTOS_AWAY: UNAVAILABLE,
    }
    return special.get(problem, REFUSED)
