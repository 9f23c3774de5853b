"""Officers at work in a real browser: on a phone, with and without JavaScript, with the keyboard."""

import re
from pathlib import Path

from playwright.async_api import expect

from crm.domain.status import Status
from tests.browser.chat_page import make_photo
from tests.browser.console.conftest import City, OpenConsole
from tests.crm.web.city import file_report

DESKTOP = {"width": 1280, "height": 860}


async def test_signing_in_leads_to_the_list_and_wrong_words_are_told(open_console: OpenConsole) -> None:
    console = await open_console()
    page = console.page
    await page.get_by_label("Nama pengguna").fill("lurah")
    await page.get_by_label("Kata sandi").fill("bukan kata sandinya")
    await page.get_by_role("button", name="Masuk").click()
    await expect(page.get_by_role("alert")).to_contain_text("Belum bisa masuk")
    await expect(page.get_by_role("alert")).to_be_focused()
    await expect(page.get_by_label("Nama pengguna")).to_have_value("lurah")
    await console.sign_in("lurah")
    await expect(page).to_have_url(re.compile("/petugas/laporan$"))


async def test_the_list_is_filtered_and_the_address_can_be_kept(
    open_console: OpenConsole, city: City
) -> None:
    road = file_report(city.crm)
    lamp = file_report(city.crm, "Lampu gang mati total.", "pju")
    console = await open_console("lurah")
    page = console.page
    await expect(console.rows).to_have_count(2)
    await page.locator("summary", has_text="Saringan").click()
    await page.get_by_label("Kategori").select_option(label="Lampu jalan (PJU)")
    await page.get_by_role("button", name="Terapkan").click()
    await expect(console.rows).to_have_count(1)
    await expect(console.rows).to_contain_text(str(lamp))
    kept = page.url
    await page.goto("/petugas/laporan")
    await page.get_by_role("searchbox").fill("pasar")
    await page.keyboard.press("Enter")
    await expect(console.rows).to_contain_text([str(road)])
    await page.goto(kept)
    await expect(console.rows).to_contain_text([str(lamp)])
    await console.rows.first.get_by_role("link").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(str(lamp))


async def test_a_report_goes_from_new_to_done_with_a_photo_and_a_second_officer(
    open_console: OpenConsole, city: City, tmp_path: Path
) -> None:
    number = file_report(city.crm)
    lurah = await open_console("lurah")
    await lurah.open_report(number)
    form = await lurah.begin("Mulai kerjakan")
    await form.get_by_role("button", name="Petugas menuju lokasi").click()
    await form.get_by_role("button", name="Mulai kerjakan").click()
    await lurah.status_is("Proses")
    form = await lurah.begin("Nyatakan selesai")
    await form.get_by_role("button", name="Sudah dikerjakan").click()
    await expect(form.get_by_label("Catatan")).to_be_focused()
    await lurah.page.keyboard.type("menambal tiga lubang.")
    await form.get_by_label("Foto bukti").set_input_files(make_photo(tmp_path / "bukti.jpg"))
    await expect(form.get_by_role("button", name="Nyatakan selesai")).to_be_enabled()
    assert await form.get_by_label("Foto bukti").evaluate("input => input.files[0].name") == "foto.jpg"
    await form.get_by_role("button", name="Nyatakan selesai").click()
    await lurah.status_is("Menunggu Validasi")
    await expect(lurah.page.locator(".history .note").first).to_have_text(
        "Sudah kami kerjakan, yaitu menambal tiga lubang."
    )
    await expect(lurah.act("Terima hasil kerjanya")).to_have_count(0)

    biro = await open_console("biro", viewport=DESKTOP)
    await biro.open_report(number)
    proof = biro.page.get_by_role("img", name="Foto bukti 1 dari 1")
    await proof.scroll_into_view_if_needed()
    await expect(proof).to_have_js_property("naturalWidth", 1600)
    form = await biro.begin("Terima hasil kerjanya")
    await form.get_by_role("button", name="Terima hasil kerjanya").click()
    await biro.status_is("Selesai")
    assert city.crm.read_complaint(number).status is Status.SELESAI


async def test_the_basic_work_goes_without_javascript(
    open_console: OpenConsole, city: City, tmp_path: Path
) -> None:
    number = file_report(city.crm)
    console = await open_console("lurah", java_script_enabled=False)
    await console.rows.first.get_by_role("link").click()
    form = await console.begin("Mulai kerjakan")
    await form.get_by_role("button", name="Mulai kerjakan").click()
    await console.status_is("Proses")
    form = await console.begin("Nyatakan selesai")
    await form.get_by_role("button", name="Sudah dikerjakan").click()
    form = console.act("Nyatakan selesai").locator("form")
    await expect(form.get_by_label("Catatan")).to_have_value("Sudah kami kerjakan, yaitu …")
    await form.get_by_label("Catatan").fill("Sudah kami tambal.")
    await form.get_by_label("Foto bukti").set_input_files(make_photo(tmp_path / "bukti.jpg"))
    await form.get_by_role("button", name="Nyatakan selesai").click()
    await console.status_is("Menunggu Validasi")
    assert len(city.crm.read_complaint(number).history[-1].photos) == 1


async def test_a_report_is_worked_on_with_the_keyboard_alone(open_console: OpenConsole, city: City) -> None:
    number = file_report(city.crm)
    console = await open_console(viewport=DESKTOP)
    page = console.page
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    await page.keyboard.press("Enter")
    for text in ("lurah", "kata sandi yang panjang", ""):
        await page.keyboard.press("Tab")
        await page.keyboard.type(text)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Keluar")).to_be_visible()
    await _tab_to(page, "link", re.compile(str(number)))
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text(str(number))
    await _tab_to(page, "summary", "Mulai kerjakan")
    await page.keyboard.press("Enter")
    await _tab_to(page, "button", "Mulai kerjakan")
    await page.keyboard.press("Enter")
    await console.status_is("Proses")


async def test_two_officers_at_once(open_console: OpenConsole, city: City) -> None:
    number = file_report(city.crm)
    biro, lurah = await open_console("biro"), await open_console("lurah")
    await biro.open_report(number)
    await lurah.open_report(number)
    form = await lurah.begin("Mulai kerjakan")
    await form.get_by_label("Catatan").fill("Kami berangkat sekarang.")
    refusal = await biro.begin("Tolak laporan")
    await refusal.get_by_label("Alasan").select_option("sudah_ditangani")
    await refusal.get_by_role("button", name="Pakai kalimat").click()
    await refusal.get_by_role("button", name="Tolak laporan").click()
    await biro.status_is("Ditolak")
    await form.get_by_role("button", name="Mulai kerjakan").click()
    await expect(lurah.page.get_by_role("alert")).to_contain_text("baru saja diubah orang lain")
    await expect(lurah.page.get_by_role("alert")).to_contain_text("Ditolak")
    await expect(lurah.page.locator(".kept")).to_have_text("Kami berangkat sekarang.")


async def _tab_to(page, role, name) -> None:  # type: ignore[no-untyped-def]
    """Press Tab until the focus is on something of this name."""
    target = (
        page.locator("summary", has_text=name) if role == "summary" else page.get_by_role(role, name=name)
    )
    for _ in range(60):
        await page.keyboard.press("Tab")
        if await target.first.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {role} {name}")
