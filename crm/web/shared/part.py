"""Begins a part of the pages: a blueprint with our error pages and the cookie that forms need.

Called by the console, tracking and figures.
"""

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import NotFound

from crm.web.shared.errors import error_page
from crm.web.shared.forms import send_secret
from crm.web.shared.site import Site


def new_part(site: Site, name: str, url_prefix: str) -> Blueprint:
    """Return the blueprint of a part; its beginning is where error pages lead back to."""
    part = Blueprint(name, url_prefix=url_prefix)

    async def failed(request: Request, error: Exception) -> HTTPResponse:
        return error_page(request, error, site.pages, url_prefix)

    async def nothing_here(request: Request, rest: str) -> HTTPResponse:
        raise NotFound

    async def finish(request: Request, response: HTTPResponse) -> None:
        send_secret(request, response, site)

    part.exception(Exception)(failed)
    part.add_route(nothing_here, "/<rest:path>", methods=["GET"], name="nothing")
    part.middleware("response")(finish)
    return part
