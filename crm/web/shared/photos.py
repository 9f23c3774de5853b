"""Photos as pages need them: two functions of whoever mounts the pages, and what can go wrong with them.

Given to ``crm.web.mount`` by the gateway, which owns the photos; used by every page that shows or takes some.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from sanic import HTTPResponse, empty, raw
from sanic.exceptions import NotFound


class PhotoProblem(StrEnum):
    """Why a file is not kept; the sentences stand in ``forms.html``."""

    NOT_A_PHOTO = "not_a_photo"
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"


class PhotoRefused(Exception):
    """A file is no photo that can be kept; nothing was stored."""

    def __init__(self, problem: PhotoProblem) -> None:
        super().__init__(problem)
        self.problem = problem


class PhotosUnavailable(Exception):
    """The photos do not answer now; the same can be tried again later."""


@dataclass(frozen=True)
class Photos:
    """``read`` gives a JPEG or None, ``keep`` a name; both raise ``PhotosUnavailable``, ``keep`` ``PhotoRefused``."""

    read: Callable[[str], Awaitable[bytes | None]]
    keep: Callable[[bytes], Awaitable[str]]

    async def show(self, name: str, *, seen: str | None = None) -> HTTPResponse:
        """Answer with a photo, once the caller has made sure that it may be seen.

        Browsers keep it but ask each time; with ``seen``, their ``If-None-Match``, it is not sent twice.

        Raises:
            NotFound: there is none of this name.
            PhotosUnavailable: it cannot be had now.
        """
        headers = {"Cache-Control": "private, no-cache", "ETag": f'"{name}"'}
        if seen == headers["ETag"]:
            return empty(status=304, headers=headers)
        content = await self.read(name)
        if content is None:
            raise NotFound
        return raw(content, content_type="image/jpeg", headers=headers)
