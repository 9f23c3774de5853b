"""Photos on their way in: read piece by piece, so that nothing large is held for somebody unknown.

Called by ``gateway.webchat.routes`` once the session is known. Calls Sanic's form parser.
"""

from dataclasses import dataclass

from sanic import Request
from sanic.headers import parse_content_header
from sanic.request.form import parse_multipart_form

from gateway.capabilities import CAPABILITIES
from gateway.media import PhotoTooLarge
from gateway.webchat.parse import CHANNEL, BadRequest, parse_id

PHOTO_LIMIT = CAPABILITIES[CHANNEL].photo_limit
FORM_LIMIT = PHOTO_LIMIT + 64 * 1024
# So much of a body that is too large is read and thrown away: a browser hears no answer while it sends.
PATIENCE_LIMIT = 64 * 1024 * 1024


@dataclass(frozen=True)
class Upload:
    """A photo as it came."""

    message_id: str
    caption: str
    content: bytes


async def read_upload(request: Request) -> Upload:
    """Read the form of ``POST /chat/photos`` from a streaming request.

    Raises:
        BadRequest: it is no form with ``id`` and ``file``.
        PhotoTooLarge: its photo is over the limit.
    """
    media_type, parameters = parse_content_header(request.headers.get("content-type", ""))
    boundary = parameters.get("boundary")
    if media_type != "multipart/form-data" or not isinstance(boundary, str):
        raise BadRequest("the body must be multipart/form-data")
    body = await _read(request)
    try:
        fields, files = parse_multipart_form(body, boundary.encode())  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise BadRequest("the form cannot be read") from error
    file = files.get("file")
    if file is None:
        raise BadRequest("file is missing")
    if len(file.body) > PHOTO_LIMIT:
        raise PhotoTooLarge
    return Upload(parse_id(fields.get("id")), str(fields.get("caption") or ""), bytes(file.body))


async def _read(request: Request) -> bytes:
    if request.stream is None:
        raise BadRequest("the body is missing")
    request.stream.request_max_size = PATIENCE_LIMIT
    body = bytearray()
    too_large = False
    async for piece in request.stream:  # type: ignore[attr-defined]
        too_large = too_large or len(body) + len(piece) > FORM_LIMIT
        if too_large:
            body.clear()
        else:
            body += piece
    if too_large:
        raise PhotoTooLarge
    return bytes(body)
