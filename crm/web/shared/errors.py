"""What went wrong, as a page. Installed by ``crm.web.shared.part``; the sentences stand in ``error.html``.

Pages themselves handle what can be put right in the form; here is the rest.
"""

import logging
from traceback import format_tb

from sanic import HTTPResponse, Request
from sanic.exceptions import NotFound, SanicException

from crm.domain.errors import ComplaintNotFound, NotAllowed, StoreUnavailable, TransitionRefused
from crm.web.shared.forms import Form, FormRefused, FormTooLarge, FormUnreadable
from crm.web.shared.pages import Pages
from crm.web.shared.photos import PhotosUnavailable

log = logging.getLogger(__name__)

SERVER_ERROR = 500
# Status and the name of the sentences.
ANSWERS: dict[type[Exception], tuple[int, str]] = {
    ComplaintNotFound: (404, "not_found"),
    NotFound: (404, "not_found"),
    NotAllowed: (403, "not_allowed"),
    TransitionRefused: (409, "refused"),
    FormUnreadable: (400, "unreadable"),
    FormRefused: (403, "expired"),
    FormTooLarge: (413, "too_large"),
    StoreUnavailable: (503, "unavailable"),
    PhotosUnavailable: (503, "unavailable"),
}
# Their messages are written for the reader.
TOLD = (NotAllowed, TransitionRefused)


def error_page(request: Request, error: Exception, pages: Pages, home: str) -> HTTPResponse:
    """Return the page for a request that failed; what is our fault is logged without the request."""
    status, name = _answer(error)
    if status == SERVER_ERROR:
        log.error("A request to %s failed: %s\n%s", _route(request), type(error).__name__, _where(error))
    elif status > SERVER_ERROR:
        log.warning("A request to %s has to be sent again later: %s", _route(request), error)
    form: Form | None = getattr(request.ctx, "form", None)
    told = str(error) if isinstance(error, TOLD) else ""
    return pages.render(
        "shared/error.html",
        status=status,
        name=name,
        told=told,
        typed=form.sentences if form else [],
        home=home,
    )


def _route(request: Request) -> str:
    """Return the address as it was mounted, without what the visitor put into it."""
    return request.route.path if request.route else "?"


def _where(error: Exception) -> str:
    """Return where it happened, without the message: a database's names the values it was given."""
    return "".join(format_tb(error.__traceback__)).rstrip()


def _answer(error: Exception) -> tuple[int, str]:
    known = next((ANSWERS[one] for one in type(error).__mro__ if one in ANSWERS), None)
    if known:
        return known
    if isinstance(error, SanicException) and error.status_code < SERVER_ERROR:
        return error.status_code, "unreadable"
    return SERVER_ERROR, "failed"
