"""The officers' console in a real browser, on the real web process's app with a CRM and photos of its own."""

import itertools
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest_asyncio
from playwright.async_api import Browser

from crm.bootstrap import Crm, open_crm
from crm.domain.officers import Officer
from crm.domain.status import Status
from crm.settings import Settings as CrmSettings
from gateway.app import Gateway
from gateway.settings import Settings
from gateway.web import create_web
from tests.browser.conftest import PATIENCE_MILLISECONDS, PHONE, watch
from tests.browser.console.console_page import ConsolePage
from tests.crm.web.city import make_officers
from tests.gateway.rasa_stand_in import SECRET, StandIn

OpenConsole = Callable[..., Awaitable[ConsolePage]]
_names = itertools.count()


@dataclass
class City:
    """The web process with the CRM behind it, and who works there by username."""

    crm: Crm
    gateway: Gateway
    url: str
    officers: dict[str, Officer]

    async def photo(self, content: bytes) -> str:
        """Keep a photo as a channel would; return its name."""
        return await self.gateway.media.keep_photo(content)


@pytest_asyncio.fixture(loop_scope="session")
async def city(tmp_path: Path, rasa: StandIn) -> AsyncIterator[City]:
    crm = open_crm(CrmSettings(database_url=f"sqlite:///{tmp_path / 'crm.db'}", var=tmp_path))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        settings = Settings(
            identity_key=bytes(range(64)),
            gateway_secret=SECRET,
            var=tmp_path,
            database_url=f"sqlite:///{tmp_path / 'gateway.db'}",
            rasa_url=rasa.url,
            public_url=url,
        )
        gateway = Gateway(settings, crm, [status.name for status in Status])
        app = create_web(gateway, name=f"console-{next(_names)}", crm=crm)
        server = await app.create_server(sock=listener, return_asyncio_server=True)
        assert server is not None
        await server.startup()
        await server.before_start()
        await server.start_serving()
        yield City(crm, gateway, url, make_officers(crm))
        await server.before_stop()
        await server.close()
        await server.after_stop()
    crm.close()


@pytest_asyncio.fixture(loop_scope="session")
async def open_console(chromium: Browser, city: City) -> AsyncIterator[OpenConsole]:
    """Open the console as somebody, in a browser of its own."""
    contexts = []
    faults: list[str] = []

    async def open_(username: str | None = None, **options: Any) -> ConsolePage:
        context = await chromium.new_context(
            **{"base_url": city.url, "viewport": PHONE, "locale": "id-ID"} | options
        )
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        contexts.append(context)
        page = await context.new_page()
        watch(page, city.url, faults)
        console = ConsolePage(page)
        await page.goto("/petugas/masuk")
        if username:
            await console.sign_in(username)
        return console

    yield open_
    for context in contexts:
        await context.close()
    assert faults == []
