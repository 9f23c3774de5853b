"""A report as officers work on it: facts, history, sketch, and what may be done now.

Mounted by ``crm.web.console.routes`` and shown again by ``crm.web.console.acts``. Nothing of the reporter is in it.
"""

from datetime import datetime

from sanic import HTTPResponse, Request
from sanic.exceptions import NotFound

from crm.domain.complaint import ComplaintView
from crm.domain.officers import UNIT_ROLES, Officer
from crm.domain.reference import Reference
from crm.domain.routing import Suggestion
from crm.domain.status import Given, Status, is_transferable
from crm.web.console.choices import category_options, unit_groups
from crm.web.console.drafts import ASK, SPLIT, TRANSFER, Draft
from crm.web.console.map_sketch import sketch_of
from crm.web.console.pages import ConsolePages


class ReportPage:
    """The page of a report, and its photos."""

    def __init__(self, pages: ConsolePages) -> None:
        self._pages = pages
        self._site = pages.site

    async def show(self, request: Request, officer: Officer, number: str) -> HTTPResponse:
        """Show a report."""
        return await self.render(request, officer, number)

    async def photo(self, request: Request, officer: Officer, number: str, name: str) -> HTTPResponse:
        """Show a photo of a report the officer sees.

        Raises:
            NotFound: the report has no such photo.
        """
        view = await self._site.call(self._site.crm.read_complaint, number, officer)
        if name not in _photos(view):
            raise NotFound
        return await self._site.photos.show(name, seen=request.headers.get("if-none-match"))

    async def render(
        self,
        request: Request,
        officer: Officer,
        number: str,
        draft: Draft | None = None,
        *,
        status: int = 200,
    ) -> HTTPResponse:
        """Return the page; with a draft, the form that was not carried out is open and filled in."""
        crm = self._site.crm
        view = await self._site.call(crm.read_complaint, number, officer)
        steps = await self._site.call(crm.next_steps, number, officer)
        related = await self._site.call(crm.related, number, officer)
        # A new report is only suggested to a unit: it can still be handed to this one as to any other.
        held = [] if view.status is Status.MENUNGGU else [view.unit]
        possible = [step.to.name for step in steps] + _other_acts(view, officer)
        return self._pages.render(
            request,
            officer,
            "report.html",
            status=status,
            view=view,
            due=_due(view),
            steps=steps,
            possible=possible,
            related=related,
            draft=draft,
            lost=draft.typed.sentences if draft and draft.form not in possible else [],
            news=request.args.get("kabar", ""),
            sketch=sketch_of(view.location, crm.reference.areas),
            suggestion=_suggestion(view, crm.reference),
            without=held,
            units=unit_groups(crm.reference, without=held),
            sudin=unit_groups(crm.reference, without=held, sudin_first=True),
            refusals=list(crm.reference.refusals.values()),
            refusal_labels={code: refusal.label for code, refusal in crm.reference.refusals.items()},
            categories=category_options(crm.reference),
            templates=crm.reference.reply_templates,
            Given=Given,
            Status=Status,
        )


def _other_acts(view: ComplaintView, officer: Officer) -> list[str]:
    """Name what an officer may do besides changing the status."""
    # The rule reads unit, status and history, which a view has as well.
    if not view.status.is_open or not officer.holds(view):  # type: ignore[arg-type]
        return []
    waits = any(one.outcome is None for one in view.transfers)
    may_pass = officer.role in UNIT_ROLES and is_transferable(view.status) and not waits
    return [ASK, *([TRANSFER] if may_pass else []), SPLIT]


def _due(view: ComplaintView) -> datetime | None:
    """Return when the next step is due."""
    if not view.status.is_open:
        return None
    return view.finish_by if view.responded_at else view.respond_by


def _suggestion(view: ComplaintView, reference: Reference) -> Suggestion | None:
    """Return who should have it by the present rules; a category no longer in the list has no rules."""
    if view.category_code not in reference.categories:
        return None
    return reference.suggested_unit(view.category_code, view.description)


def _photos(view: ComplaintView) -> set[str]:
    """Name all photos of a report: the reporter's and the units'."""
    parts = (view.history, view.questions, view.additions)
    return {*view.photos, *(name for part in parts for one in part for name in one.photos)}
