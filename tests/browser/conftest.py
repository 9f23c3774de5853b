"""A real headless Chromium against the real gateway app; only Rasa is a stand-in (tests/gateway).

Gateway and browser share one event loop for the whole run, so that Chromium starts once. Every page fails its
test when it broke the content security policy, threw an error, or asked another host for anything.
"""

import itertools
import os
import shutil
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from crm.domain.status import Status
from gateway.app import Gateway
from gateway.settings import Settings
from gateway.web import create_web
from tests.browser.chat_page import ChatPage
from tests.gateway.conftest import DOMAIN, NEWS_STATUSES, CrmNews, news_of
from tests.gateway.rasa_stand_in import SECRET, StandIn

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"width": 360, "height": 740}
PATIENCE_MILLISECONDS = 15_000
OpenChat = Callable[..., Awaitable[ChatPage]]
_names = itertools.count()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run all tests of this folder in the loop that Chromium lives in."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@dataclass
class Site:
    """A gateway that serves the page, with what the test says for Rasa and the CRM."""

    gateway: Gateway
    rasa: StandIn
    crm: CrmNews
    url: str

    async def tell_news(self, note: str) -> None:
        """Have the CRM report progress to the conversation that spoke last."""
        reporter = self.rasa.executed[-1]["conversation_id"]
        self.crm.news.append(news_of(len(self.crm.news) + 1, reporter, Status.PROSES, note))
        await self.gateway.news.relay()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if not program:
        pytest.skip("no Chromium on this machine (set CHROMIUM to the path of one)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, headless=True, args=list(FLAGS))
        yield browser
        await browser.close()


@pytest.fixture
def rasa() -> Iterator[StandIn]:
    stand_in = StandIn()
    stand_in.start()
    yield stand_in
    stand_in.gate.set()
    stand_in.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def site(tmp_path: Path, rasa: StandIn) -> AsyncIterator[Site]:
    domain = tmp_path / "domain.yml"
    domain.write_text(DOMAIN, encoding="utf-8")
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
            domain=domain,
        )
        crm = CrmNews()
        gateway = Gateway(settings, crm, NEWS_STATUSES)
        app = create_web(gateway, name=f"page-{next(_names)}")
        app.config.TOUCHUP = False  # it rewrites Sanic once per process; these are many apps
        server = await app.create_server(sock=listener, return_asyncio_server=True)
        assert server is not None
        await server.startup()
        await server.before_start()
        await server.start_serving()
        yield Site(gateway, rasa, crm, url)
        await server.before_stop()
        await server.close()
        await server.after_stop()


@pytest_asyncio.fixture(loop_scope="session")
async def open_chat(chromium: Browser, site: Site) -> AsyncIterator[OpenChat]:
    """Open the page as a browser of its own: another cookie jar, another storage."""
    contexts = []
    faults: list[str] = []

    async def open_(**options: Any) -> ChatPage:
        context = await chromium.new_context(
            **{"base_url": site.url, "viewport": PHONE, "locale": "id-ID"} | options
        )
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        contexts.append(context)
        page = await context.new_page()
        watch(page, site.url, faults)
        await page.goto("/")
        return ChatPage(page)

    yield open_
    for context in contexts:
        await context.close()
    assert faults == []


def watch(page: Page, url: str, faults: list[str]) -> None:
    ours = urlsplit(url).netloc

    def requested(address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != ours:
            faults.append(f"asked {parts.netloc} for something")

    def said(kind: str, text: str) -> None:
        if "Content Security Policy" in text or (kind == "error" and "Failed to load resource" not in text):
            faults.append(text)

    page.on("request", lambda request: requested(request.url))
    page.on("console", lambda message: said(message.type, message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
