"""Mounts the city's pages (``crm.web``) in the web process, and gives them the photos they show and take.

Called by ``gateway.web``. Turns what photos raise here into what the pages know.
"""

from sanic.blueprints import BlueprintGroup

from crm.bootstrap import Crm
from crm.domain.tracking_link import TrackingLinks
from crm.web.mount import city_pages
from crm.web.shared.photos import PhotoProblem, PhotoRefused, Photos, PhotosUnavailable
from gateway.app import Gateway
from gateway.media import BrokenPhoto, Media, MediaUnavailable, PhotoRejected, PhotoTooLarge

PROBLEMS: dict[type[PhotoRejected], PhotoProblem] = {
    BrokenPhoto: PhotoProblem.BROKEN,
    PhotoTooLarge: PhotoProblem.TOO_LARGE,
}


def pages_of(crm: Crm, gateway: Gateway) -> BlueprintGroup:
    """Return the pages of this CRM with the photos of this gateway."""
    return city_pages(
        crm,
        photos_of(gateway.media),
        secure=gateway.settings.secure_cookies,
        links=TrackingLinks(gateway.settings.gateway_secret),
        clock=gateway.clock,
    )


def photos_of(media: Media) -> Photos:
    """Return the gateway's photos as the pages need them."""

    async def read(name: str) -> bytes | None:
        try:
            return await media.read(name)
        except MediaUnavailable as error:
            raise PhotosUnavailable from error

    async def keep(content: bytes) -> str:
        try:
            return await media.keep_photo(content)
        except PhotoRejected as error:
            raise PhotoRefused(PROBLEMS.get(type(error), PhotoProblem.NOT_A_PHOTO)) from error
        except MediaUnavailable as error:
            raise PhotosUnavailable from error

    return Photos(read, keep)
