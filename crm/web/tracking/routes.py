"""The addresses of tracking, all under ``/lacak``. Mounted by ``crm.web.mount``.

A public report opens by its number, a private one by the link from the chat, an anonymous one by number and code. The
code comes by POST and goes back in hidden fields: it stands in no address, no cookie and no log. Absent, private and
wrong code are one answer after the same work, and count as tried in vain.
"""

from functools import partial

from sanic import Blueprint, HTTPResponse, Request, redirect
from sanic.exceptions import NotFound

from crm.domain.complaint import ComplaintView
from crm.domain.errors import ComplaintNotFound
from crm.domain.privacy import Privacy
from crm.domain.report_number import ReportNumber
from crm.domain.tracking_link import TRACKING, TrackingLinks
from crm.web.shared.forms import Form, browser_secret, read_form, token_of
from crm.web.shared.pages import WEB
from crm.web.shared.part import new_part
from crm.web.shared.site import Site
from crm.web.tracking.acts import Claimed, Outcome, perform, possible
from crm.web.tracking.attempts import Attempts, TooManyAttempts

# Whoever sends photos here is nobody we know: together no larger than one from a camera.
PHOTOS_LIMIT = 12 * 1024 * 1024
SEE_OTHER, NOT_FOUND, UNPROCESSABLE, TOO_MANY = 303, 404, 422, 429


class Tracking:
    """The handlers of the tracking page."""

    def __init__(self, site: Site, links: TrackingLinks) -> None:
        self._site = site
        self._links = links
        self._attempts = Attempts(site.clock)

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        tracking = new_part(self._site, "tracking", TRACKING)
        tracking.static("/aset", WEB / "tracking" / "static", name="tracking_assets")
        tracking.add_route(self.ask, "/", methods=["GET"], name="ask")
        tracking.add_route(self.find, "/", methods=["POST"], name="find")
        tracking.add_route(self.show, "/<number:str>", methods=["GET"], name="show")
        tracking.add_route(self.photo, "/foto/<name:str>", methods=["GET"], name="photo")
        # A function of its own: Sanic notes on the function that it streams.
        tracking.add_route(partial(self.act), "/tindakan", methods=["POST"], name="act", stream=True)
        return tracking

    async def ask(self, request: Request) -> HTTPResponse:
        """Ask for number and code."""
        return self._form(request)

    async def find(self, request: Request) -> HTTPResponse:
        """Lead to a report by its number, or show an anonymous one by number and code."""
        form = await read_form(request, browser_secret(request, self._site))
        number, code = form.text("nomor"), form.text("kode")
        if not code:
            try:
                return redirect(f"{TRACKING}/{ReportNumber.parse(number)}", status=SEE_OTHER)
            except ValueError:
                return self._refusal(request, number)
        try:
            view = await self._look_up(request, number, code)
        except ComplaintNotFound:
            return self._refusal(request, number)
        except TooManyAttempts as error:
            return self._form(request, number, minutes=error.minutes)
        return self._report(request, view, Claimed(str(view.report_number), code))

    async def show(self, request: Request, number: str) -> HTTPResponse:
        """Show a public report, or a private one by its link."""
        try:
            view = await self._look_up(request, number, key=request.args.get("k", ""))
        except ComplaintNotFound:
            return self._refusal(request, number)
        except TooManyAttempts as error:
            return self._form(request, number, minutes=error.minutes)
        return self._report(request, view)

    async def act(self, request: Request) -> HTTPResponse:
        """Do what an anonymous reporter wants, and show the report as it is then."""
        form = await read_form(request, browser_secret(request, self._site), limit=PHOTOS_LIMIT)
        claimed = Claimed(form.text("nomor"), form.text("kode"))
        try:
            view = await self._look_up(request, claimed.number, claimed.code)
            if view.privacy is not Privacy.ANONIM:
                raise ComplaintNotFound
            outcome = await perform(form, claimed, self._site)
            view = await self._look_up(request, claimed.number, claimed.code)
        except ComplaintNotFound:
            return self._refusal(request, claimed.number, form)
        except TooManyAttempts as error:
            return self._form(request, claimed.number, minutes=error.minutes, form=form)
        return self._report(request, view, claimed, outcome)

    async def photo(self, request: Request, name: str) -> HTTPResponse:
        """Show a photo to whoever has seen the report a short while ago."""
        until, key = request.args.get("s", ""), request.args.get("k", "")
        if not self._links.shows_photo(name, until, key, self._site.clock()):
            raise NotFound
        return await self._site.photos.show(name)

    async def _look_up(self, request: Request, number: str, code: str = "", key: str = "") -> ComplaintView:
        """Return a report to whoever may see it.

        Raises:
            ComplaintNotFound: it is not to be seen by this, or there is none; counted as tried in vain.
            TooManyAttempts: too much was tried in vain.
        """
        address = request.remote_addr or request.ip
        self._attempts.check(address)
        crm = self._site.crm
        try:
            if key and self._opens(number, key):
                return await self._site.call(crm.track_linked, ReportNumber.parse(number))
            return await self._site.call(partial(crm.track_complaint, number, secret_code=code or None))
        except ComplaintNotFound:
            self._attempts.refused(address)
            raise

    def _opens(self, number: str, key: str) -> bool:
        try:
            return self._links.opens(ReportNumber.parse(number), key)
        except ValueError:
            return False

    def _refusal(self, request: Request, number: str, form: Form | None = None) -> HTTPResponse:
        return self._form(request, number, is_refused=True, form=form)

    def _form(
        self,
        request: Request,
        number: str = "",
        *,
        is_refused: bool = False,
        minutes: int = 0,
        form: Form | None = None,
    ) -> HTTPResponse:
        status = TOO_MANY if minutes else NOT_FOUND if is_refused else 200
        return self._site.pages.render(
            "tracking/find.html",
            status=status,
            number=number,
            is_refused=is_refused,
            minutes=minutes,
            typed=form.sentences if form else [],
            token=token_of(browser_secret(request, self._site)),
        )

    def _report(
        self,
        request: Request,
        view: ComplaintView,
        claimed: Claimed | None = None,
        outcome: Outcome | None = None,
    ) -> HTTPResponse:
        is_own = claimed is not None and view.privacy is Privacy.ANONIM
        now = self._site.clock()
        return self._site.pages.render(
            "tracking/report.html",
            status=UNPROCESSABLE if outcome and outcome.problem else 200,
            view=view,
            claimed=claimed if is_own else None,
            acts=possible(view, self._site.clock) if is_own else frozenset(),
            outcome=outcome,
            refusals=self._site.crm.reference.refusals,
            photo_path=lambda name: self._links.photo_path(name, now),
            token=token_of(browser_secret(request, self._site)),
        )
