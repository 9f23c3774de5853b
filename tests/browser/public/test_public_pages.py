"""The public pages in a real browser: statistics and tracking, for everyone and on every screen."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from crm.bootstrap import Crm
from crm.domain.privacy import Privacy
from crm.domain.status import Role, Status
from crm.domain.tracking_link import TrackingLinks
from crm.settings import REFERENCE
from tests.browser.console.conftest import City
from tests.browser.public.conftest import OpenPage
from tests.crm.conftest import draft
from tests.gateway.rasa_stand_in import SECRET

LONG = "x" * 300


def file(crm: Crm, privacy: Privacy, **changes: object) -> tuple[str, str]:
    """File a report; return its number and code."""
    receipt = crm.file_complaint(draft(privacy, **({"photos": ()} | changes)))
    return str(receipt.report_number), receipt.secret_code or ""


@pytest.fixture
def counted(city: City) -> None:
    """Figures with every part of the page."""
    city.crm.load_published(REFERENCE / "published_figures.yml")
    for category in ("pju", "jalan", "sampah"):
        file(city.crm, Privacy.PUBLIK, category_code=category)
    number, _ = file(city.crm, Privacy.PUBLIK)
    work_on(city.crm, number)
    city.crm.refresh_figures()


def work_on(crm: Crm, number: str) -> None:
    """Bring a report to its end."""
    crm.change_status(number, Status.PROSES, role=Role.KELURAHAN, note=LONG)
    crm.change_status(
        number, Status.MENUNGGU_VALIDASI, role=Role.KELURAHAN, note="beres", no_photo_reason="malam"
    )
    crm.change_status(number, Status.SELESAI, role=Role.BIRO_PEMERINTAHAN)


async def look_up(page: Page, number: str, code: str = "") -> None:
    await page.get_by_label("Nomor laporan").fill(number)
    await page.get_by_label("Kode rahasia").fill(code)
    await page.get_by_role("button", name="Lihat laporan").click()


async def findings(page: Page) -> list[str]:
    results = await Axe().run(page)
    return [
        f"{page.url} {rule['impact']} {rule['id']}: {node['html'][:200]}"
        for rule in results.response["violations"]
        for node in rule["nodes"]
    ]


async def every_page(city: City, open_page: OpenPage, **options: Any) -> AsyncIterator[Page]:
    """Go through every kind of page."""
    public, _ = file(city.crm, Privacy.PUBLIK, description=LONG)
    anonymous, code = file(city.crm, Privacy.ANONIM, description=LONG)
    city.crm.ask_reporter(anonymous, city.officers["biro"], f"Sebelah mana? {LONG}")
    done, done_code = file(city.crm, Privacy.ANONIM)
    work_on(city.crm, done)
    for address in (
        "/statistik",
        "/statistik?periode=2023-01",
        "/statistik?periode=2026&wilayah=31.74.01",
        "/lacak",
        f"/lacak/{public}",
        "/lacak/JK2611249999",
    ):
        yield await open_page(address, **options)
    for number, secret in ((anonymous, code), (done, done_code)):
        page = await open_page("/lacak", **options)
        await look_up(page, number, secret)
        await expect(page.get_by_role("heading", name=number)).to_be_visible()
        await page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        yield page


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_wrong(city: City, open_page: OpenPage, scheme: str) -> None:
    async for page in every_page(city, open_page, color_scheme=scheme, reduced_motion="reduce"):
        assert await findings(page) == []


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("width", [320, 360, 1280])
async def test_nothing_is_wider_than_the_screen(city: City, open_page: OpenPage, width: int) -> None:
    async for page in every_page(city, open_page, viewport={"width": width, "height": 740}):
        root = "document.documentElement"
        assert await page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") == 0, page.url


@pytest.mark.usefixtures("counted")
async def test_what_is_tapped_is_large_enough_for_a_finger(city: City, open_page: OpenPage) -> None:
    async for page in every_page(city, open_page):
        for target in await page.locator(
            "button:visible, summary:visible, select:visible, .navigation a"
        ).all():
            box = await target.bounding_box()
            assert box and box["height"] >= 44, (page.url, await target.inner_text())


@pytest.mark.usefixtures("counted")
async def test_the_period_is_chosen_without_javascript_and_by_keyboard(open_page: OpenPage) -> None:
    page = await open_page("/statistik", java_script_enabled=False)
    await page.get_by_label("Periode").select_option("2023-01")
    await page.get_by_role("button", name="Tampilkan").press("Enter")
    await expect(page.get_by_text("DKI Jakarta, Januari 2023")).to_be_visible()
    await expect(page.get_by_text("14.233")).to_be_visible()
    await expect(page.get_by_role("img", name="Kategori terbanyak")).to_be_visible()


@pytest.mark.usefixtures("counted")
async def test_the_screen_reader_hears_the_number_behind_a_chart(open_page: OpenPage) -> None:
    page = await open_page("/statistik?periode=2023-01")
    chart = page.get_by_role("img", name="Kategori terbanyak")
    await expect(chart).to_have_accessible_description(re.compile("Terbanyak: Jalan, 2.171 laporan"))
    table = page.get_by_role("table", name="Kategori terbanyak")
    await expect(table.get_by_role("row", name="Pohon 1.344")).to_be_visible()


async def test_an_anonymous_reporter_answers_without_javascript(city: City, open_page: OpenPage) -> None:
    number, code = file(city.crm, Privacy.ANONIM)
    city.crm.ask_reporter(number, city.officers["biro"], "Sebelah mana?")
    page = await open_page("/lacak", java_script_enabled=False)
    await look_up(page, number, code)
    await page.get_by_label("Jawaban Anda").fill("Sebelah kiri.")
    await page.get_by_role("button", name="Kirim jawaban").click()
    await expect(page.get_by_text("Jawaban Anda terkirim ke petugas.")).to_be_visible()
    assert code not in page.url
    assert city.crm.read_complaint(number).questions[0].answer == "Sebelah kiri."


async def test_a_finished_report_is_opened_again(city: City, open_page: OpenPage) -> None:
    number, code = file(city.crm, Privacy.ANONIM)
    work_on(city.crm, number)
    page = await open_page("/lacak")
    await look_up(page, number, code)
    await page.get_by_text("Belum beres", exact=True).click()
    await page.get_by_label("Apa yang belum beres?").fill("Masih gelap.")
    await page.get_by_role("button", name="Buka lagi laporan ini").click()
    await expect(page.get_by_text("Laporan dibuka lagi.")).to_be_visible()
    assert city.crm.read_complaint(number).status is Status.TL_DITOLAK


async def test_the_link_from_the_chat_opens_a_private_report(city: City, open_page: OpenPage) -> None:
    receipt = city.crm.file_complaint(draft(Privacy.PRIVAT, photos=()))
    page = await open_page(TrackingLinks(SECRET).path(receipt.report_number))
    await expect(page.get_by_role("heading", name=str(receipt.report_number))).to_be_visible()
    await expect(page.get_by_text("Tautan ini hanya untuk Anda.")).to_be_visible()
