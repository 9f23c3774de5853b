"""A citizen sends a photo and says where it is."""

from pathlib import Path
from typing import Any

from PIL import Image
from playwright.async_api import expect

from tests.browser.chat_page import make_photo
from tests.browser.conftest import OpenChat, Site
from tests.gateway.rasa_stand_in import says

MONAS = {"latitude": -6.1754, "longitude": 106.8272, "accuracy": 20}


def entities(message: dict[str, Any]) -> dict[str, Any]:
    return {item["entity"]: item["value"] for item in message["parse_data"]["entities"]}


async def test_a_photo_is_previewed_made_small_and_sent_with_its_caption(
    open_chat: OpenChat, site: Site, tmp_path: Path
) -> None:
    site.rasa.answer = lambda message: says("Ada foto?", custom={"ask": "photo"})
    chat = await open_chat()
    await chat.choose_photo(make_photo(tmp_path / "a.jpg"), chat.answers.filter(has_text="Kirim foto"))
    await expect(chat.page.get_by_alt_text("Foto yang Anda pilih")).to_be_visible()
    await chat.page.get_by_label("Keterangan").fill("lubangnya dalam")
    await chat.page.locator("#photo-send").click()
    await expect(chat.taken).to_have_count(1)
    await expect(chat.said.get_by_alt_text("Foto yang Anda kirim")).to_be_visible()
    await expect(chat.heard).to_have_count(2)
    message = site.rasa.executed[-1]
    assert message["text"] == "lubangnya dalam"
    with Image.open(site.gateway.settings.media / entities(message)["photo"]) as kept:
        assert kept.size == (1600, 1200)


async def test_a_photo_taken_offline_is_sent_after_a_reload(
    open_chat: OpenChat, site: Site, tmp_path: Path
) -> None:
    chat = await open_chat()
    await chat.greeted()
    await chat.page.route("**/chat/photos", lambda route: route.abort())
    await chat.page.get_by_role("button", name="Tambah foto atau lokasi").click()
    await chat.choose_photo(make_photo(tmp_path / "a.jpg"), chat.page.locator("[data-open=photo]"))
    await chat.page.locator("#photo-send").click()
    await expect(chat.said).to_have_count(1)
    await chat.page.unroute("**/chat/photos")
    await chat.page.reload()
    await expect(chat.taken).to_have_count(1)
    await expect(chat.heard).to_have_count(2)
    assert "photo" in entities(site.rasa.executed[-1])


async def test_a_photo_that_cannot_be_kept_now_waits_and_goes_again_by_itself(
    open_chat: OpenChat, site: Site, tmp_path: Path
) -> None:
    chat = await open_chat()
    await chat.greeted()
    site.gateway.settings.media.write_bytes(b"")  # no folder can be made here
    await chat.page.get_by_role("button", name="Tambah foto atau lokasi").click()
    await chat.choose_photo(make_photo(tmp_path / "a.jpg"), chat.page.locator("[data-open=photo]"))
    async with chat.page.expect_response("**/chat/photos") as answer:
        await chat.page.locator("#photo-send").click()
    assert (await answer.value).status == 503
    await expect(chat.page.get_by_label("Menunggu terkirim").first).to_be_visible()
    site.gateway.settings.media.unlink()
    await expect(chat.taken).to_have_count(1)
    await expect(chat.heard).to_have_count(2)
    assert "photo" in entities(site.rasa.executed[-1])


async def test_a_file_that_is_no_photo_is_refused_kindly(open_chat: OpenChat, tmp_path: Path) -> None:
    chat = await open_chat()
    await chat.greeted()
    text = tmp_path / "a.txt"
    text.write_text("bukan foto", encoding="utf-8")
    await chat.page.get_by_role("button", name="Tambah foto atau lokasi").click()
    await chat.choose_photo(text, chat.page.locator("[data-open=photo]"))
    await expect(chat.page.get_by_text("tidak dapat dibuka sebagai foto")).to_be_visible()
    await expect(chat.page.locator("#photo-send")).to_be_disabled()


async def test_a_broken_photo_comes_back_with_the_gateways_sentence(
    open_chat: OpenChat, tmp_path: Path
) -> None:
    chat = await open_chat()
    await chat.greeted()
    broken = tmp_path / "a.jpg"
    broken.write_bytes(b"\xff\xd8\xff not really")
    await chat.page.get_by_role("button", name="Tambah foto atau lokasi").click()
    await chat.choose_photo(broken, chat.page.locator("[data-open=photo]"))
    await chat.page.locator("#photo-send").click()
    await expect(chat.said.first).to_contain_text("bukan foto")


async def test_the_position_of_the_device_is_shared(open_chat: OpenChat, site: Site) -> None:
    site.rasa.answer = lambda message: says("Di mana?", custom={"ask": "location"})
    chat = await open_chat(permissions=["geolocation"], geolocation=MONAS)
    await chat.tap("Bagikan lokasi")
    await chat.page.get_by_role("button", name="Kirim posisi saya sekarang").click()
    await expect(chat.said.first).to_contain_text("Posisi saya sekarang")
    await expect(chat.heard).to_have_count(2)
    position = entities(site.rasa.executed[-1])["position"]
    assert position == {"lat": MONAS["latitude"], "lon": MONAS["longitude"]}


async def test_without_permission_the_kelurahan_is_chosen_by_typing(open_chat: OpenChat, site: Site) -> None:
    chat = await open_chat(permissions=[])
    await chat.greeted()
    await chat.page.get_by_role("button", name="Tambah foto atau lokasi").click()
    await chat.page.get_by_role("button", name="Bagikan lokasi").click()
    await chat.page.get_by_role("button", name="Kirim posisi saya sekarang").click()
    await expect(chat.page.get_by_text("Izin lokasi belum diberikan")).to_be_visible()
    await expect(chat.page.get_by_label("Cari kelurahan atau kecamatan")).to_be_focused()
    await chat.page.get_by_label("Cari kelurahan atau kecamatan").fill("palmerah")
    await chat.page.get_by_role("button", name="Palmerah Pal Merah, Jakarta Barat").click()
    await expect(chat.said.first).to_contain_text("Palmerah")
    await expect(chat.heard).to_have_count(2)
    assert entities(site.rasa.executed[-1])["kelurahan_code"].startswith("31.73.07.")


async def test_the_kelurahan_is_chosen_by_steps_and_back(open_chat: OpenChat, site: Site) -> None:
    chat = await open_chat()
    await chat.greeted()
    await chat.page.get_by_role("button", name="Tambah foto atau lokasi").click()
    await chat.page.get_by_role("button", name="Bagikan lokasi").click()
    areas = chat.page.locator("#areas")
    await areas.get_by_role("button", name="Jakarta Pusat").click()
    await chat.page.get_by_role("button", name="Kembali").click()
    await areas.get_by_role("button", name="Jakarta Selatan").click()
    await areas.get_by_role("button", name="Tebet").click()
    await areas.get_by_role("button", name="Menteng Dalam").click()
    await expect(chat.said.first).to_contain_text("Tebet, Jakarta Selatan")
    await expect(chat.heard).to_have_count(2)
    assert entities(site.rasa.executed[-1])["kelurahan_code"].startswith("31.74.01.")
