"""The public pages in a real browser, on the city of the console's tests."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.browser.conftest import PATIENCE_MILLISECONDS, PHONE, watch
from tests.browser.console.conftest import City, city

__all__ = ["city"]
OpenPage = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(chromium: Browser, city: City) -> AsyncIterator[OpenPage]:
    """Open an address in a browser of its own; whatever breaks the policy or asks another host fails the test."""
    contexts = []
    faults: list[str] = []

    async def open_(address: str, **options: Any) -> Page:
        context = await chromium.new_context(
            **{"base_url": city.url, "viewport": PHONE, "locale": "id-ID"} | options
        )
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        contexts.append(context)
        page = await context.new_page()
        watch(page, city.url, faults)
        await page.goto(address)
        return page

    yield open_
    for context in contexts:
        await context.close()
    assert faults == []
