"""Puts the city's pages together. Called by whoever mounts them (``gateway.city``) and by tests."""

from sanic import Blueprint
from sanic.blueprints import BlueprintGroup

from crm.bootstrap import Crm
from crm.domain.times import Clock, utc_now
from crm.web.console.routes import Console
from crm.web.shared.pages import WEB, Pages
from crm.web.shared.photos import Photos
from crm.web.shared.site import Site


def city_pages(crm: Crm, photos: Photos, *, secure: bool, clock: Clock = utc_now) -> BlueprintGroup:
    """Return the blueprints of all pages; ``secure``: browsers reach us over https only.

    Style sheet and scripts lie under ``/aset``.
    """
    site = Site(crm, photos, Pages(crm.reference, clock), clock, secure)
    assets = Blueprint("assets", url_prefix="/aset")
    assets.static("/", WEB / "shared" / "static", name="shared")
    return Blueprint.group(assets, Console(site).blueprint())
