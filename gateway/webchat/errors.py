"""What the web chat refuses, and how a refusal reads: a status and one sentence for the citizen.

Raised by ``gateway.webchat.routes``, by what it calls and by ``gateway.web``, which installs ``refusal``.
"""

import logging

from sanic import HTTPResponse, Request, json
from sanic.exceptions import Forbidden, SanicException

from gateway import texts
from gateway.limits import TooFast
from gateway.media import BrokenPhoto, MediaUnavailable, NotAPhoto, PhotoTooLarge
from gateway.texts import Texts
from gateway.webchat.parse import BadRequest
from gateway.webchat.streams import TooManyStreams

log = logging.getLogger(__name__)


class NoSession(Exception):
    """The request carries no cookie of a conversation we know."""


class ForeignOrigin(Forbidden):
    """The request was sent by another site's page. The city's pages answer it as any 403."""


# Status and sentence of each refusal.
REFUSALS: dict[type[Exception], tuple[int, str]] = {
    BadRequest: (400, texts.FAILED),
    NoSession: (401, texts.FAILED),
    PhotoTooLarge: (413, texts.PHOTO_TOO_LARGE),
    NotAPhoto: (415, texts.PHOTO_REJECTED),
    BrokenPhoto: (422, texts.PHOTO_REJECTED),
    TooFast: (429, texts.TOO_FAST),
    TooManyStreams: (429, texts.TOO_FAST),
    MediaUnavailable: (503, texts.PHOTO_LATER),
}
PAYLOAD_TOO_LARGE, SERVER_ERROR = 413, 500


def refusal(request: Request, error: Exception, sentences: Texts) -> HTTPResponse:
    """Return the answer to a request that failed; what is our fault is logged without the request."""
    if isinstance(error, SanicException):
        status, name = error.status_code, texts.FAILED
        if status == PAYLOAD_TOO_LARGE:
            name = texts.PHOTO_TOO_LARGE
    elif type(error) in REFUSALS:
        status, name = REFUSALS[type(error)]
        if status >= SERVER_ERROR:
            log.warning("A request to %s has to be sent again later: %s", request.path, error)
    else:
        log.error("A request to %s failed", request.path, exc_info=error)
        status, name = 500, texts.FAILED
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooFast) else {}
    detail = str(error) if isinstance(error, BadRequest) else type(error).__name__
    return json({"message": sentences.say(name), "detail": detail}, status=status, headers=headers)
