"""The console for everyone: axe on every page, small screens, fingers, a strict policy."""

from collections.abc import AsyncIterator

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from crm.domain.complaint import Location
from crm.domain.status import Status
from tests.browser.console.conftest import City, OpenConsole
from tests.browser.console.console_page import ConsolePage
from tests.crm.web.city import file_report

LONG = "x" * 300


@pytest.fixture
def number(city: City) -> str:
    """A report that shows every part of the page, with words that are too long for a line."""
    crm, officers = city.crm, city.officers
    place = Location(f"depan {LONG}", "31.74.06.1005", -6.2737, 106.8003)
    number = file_report(crm, f"Jalan berlubang {LONG}", location=place)
    file_report(crm, "Lubang yang sama.")
    crm.change_status(number, Status.KOORDINASI, officer=officers["lurah"], unit="bina_marga", note=LONG)
    crm.split(number, officers["dinas"], "Lampunya mati.", "pju")
    question = crm.ask_reporter(number, officers["dinas"], "Patokannya apa?")
    crm.answer_question(question.question_id, LONG, reporter="warga")
    crm.ask_reporter(number, officers["dinas"], LONG)
    crm.request_transfer(number, officers["dinas"], "sda", f"Ini saluran {LONG}")
    return str(number)


async def pages_of(
    open_console: OpenConsole, number: str, **options: object
) -> AsyncIterator[tuple[str, Page]]:
    """Go through every page of the console, with all forms open."""
    visits = {
        None: ["/petugas/masuk"],
        "dinas": ["/petugas/laporan", "/petugas/laporan?cari=zzz", f"/petugas/laporan/{number}"],
        "biro": ["/petugas/pemindahan", f"/petugas/laporan/{number}"],
        "admin": ["/petugas/akun", "/petugas/saya", "/petugas/tidak/ada"],
    }
    for username, addresses in visits.items():
        console: ConsolePage = await open_console(username, **options)
        for address in addresses:
            await console.page.goto(address)
            await console.page.evaluate(
                "document.querySelectorAll('details').forEach(one => one.open = true)"
            )
            yield f"{username} {address}", console.page


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_wrong(open_console: OpenConsole, number: str, scheme: str) -> None:
    findings = []
    async for name, page in pages_of(open_console, number, color_scheme=scheme):
        results = await Axe().run(page)
        findings += [
            f"{name}: {rule['impact']} {rule['id']}: {node['html'][:200]}"
            for rule in results.response["violations"]
            for node in rule["nodes"]
        ]
    assert findings == []


@pytest.mark.parametrize("width", [320, 360, 1280])
async def test_nothing_is_wider_than_the_screen(open_console: OpenConsole, number: str, width: int) -> None:
    wide = []
    async for name, page in pages_of(open_console, number, viewport={"width": width, "height": 740}):
        root = "document.documentElement"
        if await page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"):
            wide.append(name)
    assert wide == []


async def test_what_is_tapped_is_large_enough_for_a_finger(open_console: OpenConsole, number: str) -> None:
    small = []
    async for name, page in pages_of(open_console, number, has_touch=True, is_mobile=True):
        targets = page.locator(
            "button:visible, summary:visible, select:visible, textarea:visible, .button:visible"
        )
        for target in await targets.all():
            box = await target.bounding_box()
            if not box or box["height"] < 44:
                small.append(f"{name}: {await target.evaluate('one => one.outerHTML.slice(0, 80)')} {box}")
    assert small == []


async def test_the_policy_allows_nothing_foreign_and_nothing_inline(
    open_console: OpenConsole, number: str
) -> None:
    console = await open_console("biro")
    for address in ("/petugas/laporan", f"/petugas/laporan/{number}"):
        response = await console.page.goto(address)
        assert response is not None
        headers = response.headers
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy and "unsafe" not in policy and "http" not in policy
        assert headers["x-frame-options"] == "DENY"
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        content = await response.text()
        assert "<style" not in content and "style=" not in content and "onclick" not in content
