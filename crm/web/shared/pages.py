"""Renders templates. A template is named ``part/name.html`` and lies in ``crm/web/<part>/templates/``.

Made by ``crm.web.mount``; used by all pages. Everything is escaped; a variable nobody gave is an error.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from sanic import HTTPResponse, html

from crm import formatting
from crm.domain.complaint import Location
from crm.domain.reference import Reference
from crm.domain.times import Clock

WEB = Path(__file__).parent.parent
# Without a referrer browsers send forms with "Origin: null", which cannot be told from another site's.
HEADERS = {"Referrer-Policy": "same-origin", "Cache-Control": "no-store"}


class Pages:
    """The templates, with the city's names for codes and our way of writing numbers and times."""

    def __init__(self, reference: Reference, clock: Clock) -> None:
        folders = {folder.name: folder / "templates" for folder in WEB.iterdir() if folder.is_dir()}
        self._environment = Environment(
            loader=PrefixLoader({part: FileSystemLoader(folder) for part, folder in folders.items()}),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        names = Names(reference)
        self._environment.filters |= {
            "number": formatting.number,
            "percent": formatting.percent,
            "day": formatting.day,
            "moment": formatting.moment,
            "month": formatting.month,
            "duration": formatting.duration,
            "unit": reference.unit_name,
            "category": names.category,
            "area": names.area,
            "place": names.place,
        }
        self._environment.tests["past"] = lambda at: at is not None and at <= clock()
        self._environment.globals["now"] = clock

    def render(
        self, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any
    ) -> HTTPResponse:
        """Return a page."""
        content = self._environment.get_template(template).render(values)
        return html(content, status=status, headers=HEADERS | dict(headers or {}))


class Names:
    """What codes are called; a code no longer in the reference keeps its own name."""

    def __init__(self, reference: Reference) -> None:
        self._categories = reference.categories
        self._areas = {area.code: f"{area.name}, {area.kecamatan}" for area in reference.areas}
        for one in reference.areas:
            self._areas[one.code.rpartition(".")[0]] = f"Kecamatan {one.kecamatan}"
            self._areas[one.code[:5]] = one.kota

    def category(self, code: str) -> str:
        """Name a category."""
        found = self._categories.get(code)
        return found.label if found else code

    def area(self, code: str | None) -> str:
        """Name a kelurahan, kecamatan or kota."""
        return self._areas.get(code, code) if code else ""

    def place(self, location: Location) -> str:
        """Write where something is: the citizen's words, then the kelurahan."""
        parts = (location.text, self.area(location.kelurahan_code))
        return " · ".join(part for part in parts if part) or "Titik di peta"
