"""The addresses of the statistics: ``/statistik``, ``/statistik.csv``, ``/statistik.json``.

Mounted by ``crm.web.mount``. The query says what is shown: ``periode`` (2026-11 or 2026, else the latest month) and
``wilayah`` (a code, else Jakarta).
"""

from sanic import Blueprint, HTTPResponse, Request, json, text
from sanic.blueprints import BlueprintGroup
from sanic.exceptions import NotFound

from crm.domain.errors import NoSuchPlace
from crm.domain.figures import Figures, Period, Statistics
from crm.domain.places import JAKARTA
from crm.web.shared.errors import error_page
from crm.web.shared.pages import WEB
from crm.web.shared.part import new_part
from crm.web.shared.site import Site
from crm.web.statistics import files, page

HOME = "/statistik"
# Counted every few minutes: so long anybody may keep a copy.
KEPT = {"Cache-Control": "public, max-age=60"}


class StatisticsPages:
    """The handlers of the statistics."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def blueprints(self) -> BlueprintGroup:
        """Return the routes."""
        pages = new_part(self._site, "statistics", HOME)
        pages.add_route(self.show, "/", methods=["GET"], name="show")
        pages.static("/aset", WEB / "statistics" / "static", name="assets")
        # Not under /statistik/: the name of the page with an ending.
        downloads = Blueprint("statistics_files")
        downloads.add_route(self.send_csv, f"{HOME}.csv", methods=["GET"], name="csv")
        downloads.add_route(self.send_json, f"{HOME}.json", methods=["GET"], name="json")
        downloads.exception(Exception)(self._failed)
        return Blueprint.group(pages, downloads)

    async def show(self, request: Request) -> HTTPResponse:
        """Show the figures."""
        statistics = await self._statistics(request)
        figures, place = statistics.figures, statistics.place
        reference = self._site.crm.reference
        breakdowns = figures and {
            "status": page.by_status(figures),
            "category": page.by_category(figures, reference),
            "channel": page.by_channel(figures),
            "day": page.by_day(figures) if statistics.period.month else None,
        }
        return self._site.pages.render(
            "statistics/statistics.html",
            headers=KEPT,
            statistics=statistics,
            figures=figures,
            breakdowns=breakdowns,
            months=page.by_month(statistics),
            places=page.by_place(statistics),
            way=self._site.crm.places.way_to(place.code),
            period_label=page.period_label,
            place_label=page.place_label,
            minutes=page.minutes,
            open_reports=page.open_reports(figures) if figures else None,
            note=files.NOTE,
        )

    async def send_csv(self, request: Request) -> HTTPResponse:
        """Send the figures as CSV."""
        statistics, figures = await self._counted(request)
        content = files.as_csv(statistics, figures, self._site.crm.reference)
        name = f"statistik-{statistics.period}-{statistics.place.code}.csv"
        headers = KEPT | {"Content-Disposition": f'attachment; filename="{name}"'}
        return text(content, content_type="text/csv; charset=utf-8", headers=headers)

    async def send_json(self, request: Request) -> HTTPResponse:
        """Send the figures as JSON."""
        statistics, figures = await self._counted(request)
        return json(
            files.as_json(statistics, figures, self._site.crm.reference), headers=KEPT, ensure_ascii=False
        )

    async def _counted(self, request: Request) -> tuple[Statistics, Figures]:
        statistics = await self._statistics(request)
        if statistics.figures is None:
            raise NotFound
        return statistics, statistics.figures

    async def _statistics(self, request: Request) -> Statistics:
        place = request.args.get("wilayah") or JAKARTA
        wanted = request.args.get("periode")
        crm = self._site.crm
        try:
            period = Period.parse(wanted) if wanted else Period.month_of(self._site.clock())
            found = await self._site.call(crm.figures, period, place)
            latest = next((one for one in found.periods if one.month), None)
            if not wanted and found.figures is None and latest:
                return await self._site.call(crm.figures, latest, place)
        except (ValueError, NoSuchPlace) as error:
            raise NotFound from error
        return found

    async def _failed(self, request: Request, error: Exception) -> HTTPResponse:
        return error_page(request, error, self._site.pages, HOME)
