"""Puts the city's pages together. Called by whoever mounts them (``gateway.city``) and by tests."""

import secrets

from sanic import Blueprint
from sanic.blueprints import BlueprintGroup

from crm.bootstrap import Crm
from crm.domain.times import Clock, utc_now
from crm.domain.tracking_link import TrackingLinks
from crm.web.console.routes import Console
from crm.web.shared.pages import WEB, Pages
from crm.web.shared.photos import Photos
from crm.web.shared.site import Site
from crm.web.statistics.routes import StatisticsPages
from crm.web.tracking.routes import Tracking


def city_pages(
    crm: Crm,
    photos: Photos,
    *,
    secure: bool,
    links: TrackingLinks | None = None,
    clock: Clock = utc_now,
) -> BlueprintGroup:
    """Return the blueprints of all pages; ``secure``: browsers reach us over https only.

    ``links`` open private reports; without them none can be opened. Style sheet and scripts lie under ``/aset``.
    """
    site = Site(crm, photos, Pages(crm.reference, clock), clock, secure)
    assets = Blueprint("assets", url_prefix="/aset")
    assets.static("/", WEB / "shared" / "static", name="shared")
    return Blueprint.group(
        assets,
        Console(site).blueprint(),
        StatisticsPages(site).blueprints(),
        Tracking(site, links or TrackingLinks(secrets.token_hex())).blueprint(),
    )
