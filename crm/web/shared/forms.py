"""Forms as they come: read within limits, and only if our own page sent them (CSRF).

Used by every page that takes a POST. A token is an HMAC of a secret that only this browser has: the session's
token for officers, else the cookie ``aduan_form``.
"""

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from sanic import HTTPResponse, Request
from sanic.headers import parse_content_header
from sanic.request.form import parse_multipart_form

from crm.web.shared.site import Site

FIELD = "token"
COOKIE = "aduan_form"
# Fields people write sentences in; what stands there is shown again when a form is refused.
SENTENCES = ("note", "no_photo_reason", "text", "description", "reason")
TEXT_LIMIT = 256 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
PHOTOS_AT_MOST = 4
# Of somebody unknown: what is typed, and photos a browser has made small.
STRANGERS_LIMIT = 4 * 1024 * 1024
MULTIPART_LIMIT = PHOTOS_AT_MOST * PHOTO_LIMIT + TEXT_LIMIT
# So much of a body that is too large is read and thrown away: a browser hears no answer while it sends.
PATIENCE_LIMIT = 2 * MULTIPART_LIMIT


class FormUnreadable(Exception):
    """The body is no form."""


class FormTooLarge(Exception):
    """The body is over the limit; nothing of it was kept."""


class FormRefused(Exception):
    """The form carries no token of this browser."""


@dataclass(frozen=True)
class Form:
    """What was typed and chosen."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Sequence[bytes] = ()

    def text(self, name: str) -> str:
        """Return a field without blanks around it; empty when it was not sent. NUL is no text to a database."""
        return self.raw(name).replace("\r\n", "\n").replace("\0", "").strip()

    def raw(self, name: str) -> str:
        """Return a field exactly as it was typed, for passwords."""
        return next(iter(self.fields.get(name, ())), "")

    def chosen(self, name: str) -> str | None:
        """Return a field, None when it is empty."""
        return self.text(name) or None

    @property
    def sentences(self) -> list[str]:
        """Return what was written, so that it is not lost."""
        return [typed for name in SENTENCES if (typed := self.text(name))]

    def whole(self, name: str) -> int | None:
        """Return a field as a whole number, None when it is none."""
        typed = self.text(name)
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 18 else None


def token_of(secret: str) -> str:
    """Return the token that goes with a browser's secret."""
    return urlsafe_b64encode(hmac.digest(secret.encode(), b"aduan form", "sha256")).decode()


def browser_secret(request: Request, site: Site) -> str:
    """Return the secret of a browser that is not signed in; a new one goes out with the answer (``send_secret``)."""
    known = request.cookies.get(site.cookie_name(COOKIE))
    if known:
        return str(known)
    if not hasattr(request.ctx, COOKIE):
        setattr(request.ctx, COOKIE, secrets.token_urlsafe(32))
    return str(getattr(request.ctx, COOKIE))


def send_secret(request: Request, response: HTTPResponse, site: Site) -> None:
    """Give the browser the secret that was made for it while the page was built."""
    if fresh := getattr(request.ctx, COOKIE, None):
        site.set_cookie(response, COOKIE, fresh)


async def read_form(request: Request, secret: str, *, limit: int = MULTIPART_LIMIT) -> Form:
    """Return a form that our own page sent from this browser; an error page finds it in ``request.ctx.form``.

    Raises:
        FormUnreadable: it is no form.
        FormTooLarge: it is too large.
        FormRefused: its token does not fit.
    """
    form = request.ctx.form = await _read(request, limit)
    if not hmac.compare_digest(form.text(FIELD).encode(), token_of(secret).encode()):
        raise FormRefused
    return form


async def _read(request: Request, limit: int) -> Form:
    media_type, parameters = parse_content_header(request.headers.get("content-type", ""))
    if media_type == "application/x-www-form-urlencoded":
        return _urlencoded(await _body(request, TEXT_LIMIT))
    boundary = parameters.get("boundary")
    if media_type == "multipart/form-data" and isinstance(boundary, str):
        return _multipart(await _body(request, limit), boundary)
    raise FormUnreadable


def _urlencoded(body: bytes) -> Form:
    try:
        return Form(parse_qs(body.decode(), keep_blank_values=True, max_num_fields=200))
    except ValueError as error:
        raise FormUnreadable from error


def _multipart(body: bytes, boundary: str) -> Form:
    try:
        fields, files = parse_multipart_form(body, boundary.encode())  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise FormUnreadable from error
    chosen = [bytes(one.body) for several in files.values() for one in several if one.body]
    return Form({name: [str(value) for value in values] for name, values in fields.items()}, chosen)


async def _body(request: Request, limit: int) -> bytes:
    """Return the body, read piece by piece where the route streams."""
    if request.stream is None or request.body:
        body = request.body or b""
        if len(body) > limit:
            raise FormTooLarge
        return body
    request.stream.request_max_size = PATIENCE_LIMIT
    pieces = bytearray()
    too_large = False
    async for piece in request.stream:  # type: ignore[attr-defined]
        too_large = too_large or len(pieces) + len(piece) > limit
        if too_large:
            pieces.clear()
        else:
            pieces += piece
    if too_large:
        raise FormTooLarge
    return bytes(pieces)
