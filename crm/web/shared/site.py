"""What every page is made with. Put together by ``crm.web.mount``, given to each part's blueprint."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, ParamSpec, TypeVar

from sanic import HTTPResponse

from crm.bootstrap import Crm
from crm.domain.times import Clock
from crm.web.shared.pages import Pages
from crm.web.shared.photos import Photos

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Site:
    """The CRM, the photos, the templates; ``secure`` when browsers reach us over https only."""

    crm: Crm
    photos: Photos
    pages: Pages
    clock: Clock
    secure: bool

    async def call(self, service: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a service of the CRM in a thread: the event loop never waits for a database."""
        return await asyncio.to_thread(service, *args, **kwargs)

    def cookie_name(self, name: str) -> str:
        """Return a cookie's name; over https one that no other host can set."""
        return f"__Host-{name}" if self.secure else name

    def set_cookie(
        self,
        response: HTTPResponse,
        name: str,
        value: str,
        *,
        seconds: int | None = None,
        samesite: Literal["Strict", "Lax"] = "Strict",
    ) -> None:
        """Set a cookie no script can read, of which others' pages send none with a form.

        ``Lax`` also comes with a link from elsewhere; without ``seconds`` it ends with the browser.
        """
        response.add_cookie(
            self.cookie_name(name),
            value,
            path="/",
            max_age=seconds,
            httponly=True,
            samesite=samesite,
            secure=self.secure,
        )
