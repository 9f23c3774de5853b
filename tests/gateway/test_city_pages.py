"""The city's pages in the web process: behind the same gate, under the same headers, with the gateway's photos."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crm.bootstrap import Crm, open_crm
from crm.settings import Settings as CrmSettings
from gateway.settings import Settings
from tests.gateway.browser import Browser
from tests.gateway.conftest import Served, serve


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'gateway.db'}"


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Crm]:
    crm = open_crm(CrmSettings(database_url=f"sqlite:///{tmp_path / 'crm.db'}", var=tmp_path))
    yield crm
    crm.close()


@pytest.fixture
async def served(settings: Settings, city: Crm) -> AsyncIterator[Served]:
    async with serve(settings, city, pages=city) as running:
        yield running


@pytest.fixture
async def browser(served: Served) -> AsyncIterator[Browser]:
    async with served.browser() as browser:
        yield browser


async def test_pages_carry_the_headers_of_the_chat(browser: Browser) -> None:
    page = await browser.http.get("/petugas/masuk")
    chat = await browser.http.get("/")
    for header in (
        "content-security-policy",
        "x-frame-options",
        "x-content-type-options",
        "permissions-policy",
    ):
        assert page.headers[header] == chat.headers[header]
    assert page.headers["cache-control"] == "no-store"
    style = await browser.http.get("/aset/pages.css")
    assert (style.status_code, style.headers["content-type"]) == (200, "text/css; charset=utf-8")


async def test_a_form_of_another_site_is_refused_on_a_page_of_ours(browser: Browser) -> None:
    for headers in ({"Origin": "https://example.org"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = await browser.http.post("/petugas/masuk", data={"username": "a"}, headers=headers)
        assert answer.status_code == 403
        assert answer.headers["content-type"].startswith("text/html")


async def test_over_https_no_other_host_can_set_our_cookies(settings: Settings, city: Crm) -> None:
    async with serve(replace(settings, public_url="https://aduan.example"), city, pages=city) as running:
        async with running.browser() as browser:
            cookie = (await browser.http.get("/petugas/masuk")).headers["set-cookie"]
    assert cookie.startswith("__Host-aduan_form=")
    assert "Secure" in cookie and "HttpOnly" in cookie and "SameSite=Strict" in cookie


async def test_the_chat_goes_on_without_the_pages(settings: Settings, city: Crm) -> None:
    async with serve(settings, city) as running, running.browser() as browser:
        assert (await browser.http.get("/petugas/masuk")).status_code == 404
        assert (await browser.http.get("/")).status_code == 200
