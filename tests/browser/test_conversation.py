"""A citizen talks with Aduan in the browser."""

import re

from playwright.async_api import expect

from tests.browser.conftest import OpenChat, Site
from tests.gateway.rasa_stand_in import says

PRIVACY = [
    {"title": "Privat", "payload": '/choose_privacy{"privacy": "privat"}'},
    {"title": "Anonim", "payload": '/choose_privacy{"privacy": "anonim"}'},
]


async def test_a_citizen_is_greeted_writes_and_is_answered(open_chat: OpenChat, site: Site) -> None:
    chat = await open_chat()
    await chat.greeted()
    await chat.say("lampu jalan mati\ndepan gang")
    await chat.hears("intent start", "echo: lampu jalan mati")
    await expect(chat.said).to_have_count(1)
    await expect(chat.taken).to_have_count(1)
    assert "lampu jalan mati\ndepan gang" in site.rasa.texts


async def test_answers_can_be_tapped_once_and_then_are_gone(open_chat: OpenChat, site: Site) -> None:
    site.rasa.answer = lambda message: (
        says("Siapa yang boleh melihat?", buttons=PRIVACY)
        if message["text"] == "tanya"
        else says(f"dipilih: {message['parse_data'] and message['parse_data']['intent']['name']}")
    )
    chat = await open_chat()
    await chat.greeted()
    await chat.say("tanya")
    await expect(chat.answers).to_have_text(["Privat", "Anonim"])
    await chat.tap("Anonim")
    await chat.hears("dipilih: choose_privacy")
    await expect(chat.answers).to_have_count(0)
    await expect(chat.said.last).to_contain_text("Anonim")


async def test_answers_of_an_earlier_question_are_retired_by_writing(open_chat: OpenChat, site: Site) -> None:
    site.rasa.answer = lambda message: says(f"tanya {message['text']}", buttons=PRIVACY)
    chat = await open_chat()
    await expect(chat.answers).to_have_count(2)
    await chat.say("sesuatu yang lain")
    await chat.hears("tanya sesuatu yang lain")
    await expect(chat.answers).to_have_count(2)
    await expect(chat.heard.last.locator(".answer")).to_have_count(2)


async def test_a_reload_keeps_history_and_the_open_question(open_chat: OpenChat, site: Site) -> None:
    site.rasa.answer = lambda message: says(f"tanya {message['text']}", buttons=PRIVACY)
    chat = await open_chat()
    await chat.greeted()
    await chat.say("jalan rusak")
    await chat.hears("tanya jalan rusak")
    await chat.field.fill("belum selesai menulis")
    await chat.page.reload()
    await chat.hears("tanya", "tanya jalan rusak")
    await expect(chat.heard).to_have_count(2)
    await expect(chat.said).to_have_count(1)
    await expect(chat.answers).to_have_text(["Privat", "Anonim"])
    await expect(chat.field).to_have_value("belum selesai menulis")


async def test_two_browsers_do_not_see_each_other(open_chat: OpenChat) -> None:
    siti, budi = await open_chat(), await open_chat()
    await siti.greeted()
    await budi.greeted()
    await siti.say("rahasia siti")
    await siti.hears("echo: rahasia siti")
    await budi.say("halo")
    await budi.hears("echo: halo")
    await expect(budi.page.get_by_text("rahasia siti")).to_have_count(0)
    await expect(siti.page.get_by_text("halo")).to_have_count(0)


async def test_two_tabs_of_one_browser_show_the_same_conversation(open_chat: OpenChat) -> None:
    chat = await open_chat()
    await chat.greeted()
    other = await chat.page.context.new_page()
    await other.goto("/")
    await chat.say("dari tab pertama")
    await chat.hears("echo: dari tab pertama")
    await expect(other.locator(".from-aduan")).to_have_count(2)
    await expect(other.locator(".from-citizen")).to_have_count(1)


async def test_a_long_answer_is_read_from_its_beginning(open_chat: OpenChat, site: Site) -> None:
    chat = await open_chat()
    await chat.greeted()
    site.rasa.answer = lambda message: says("Mulai di sini." + "\nbaris" * 100)
    await chat.say("panjang")
    await expect(chat.heard).to_have_count(2)
    await expect(chat.heard.last.get_by_text("Mulai di sini.")).to_be_in_viewport()
    await chat.page.get_by_role("button", name="Ke pesan terbaru").click()
    await expect(chat.heard.last.locator(".foot")).to_be_in_viewport()
    await expect(chat.page.get_by_role("button", name="Ke pesan terbaru")).to_be_hidden()


async def test_words_are_shown_as_words_and_links_are_safe(open_chat: OpenChat, site: Site) -> None:
    text = "<img src=x onerror=alert(1)> lihat https://example.org/a?b=1. Darurat? 112. javascript:alert(1)"
    site.rasa.answer = lambda message: says(text)
    chat = await open_chat()
    bubble = chat.heard.first
    await expect(bubble.locator(".text")).to_have_text(text)
    await expect(bubble.locator("img")).to_have_count(0)
    link = bubble.get_by_role("link", name="https://example.org/a?b=1")
    await expect(link).to_have_attribute("href", "https://example.org/a?b=1")
    await expect(link).to_have_attribute("rel", re.compile("noopener"))
    await expect(bubble.locator("a")).to_have_count(2)
    await expect(bubble.get_by_role("link", name="112")).to_have_attribute("href", "tel:112")


async def test_number_and_code_are_copied_by_a_button_and_the_code_is_marked(
    open_chat: OpenChat, site: Site
) -> None:
    site.rasa.answer = lambda message: says(
        "Nomor: JK2611240001\nKode rahasia: 7KQM-4TXD", custom={"secret": True}
    )
    chat = await open_chat(permissions=["clipboard-read", "clipboard-write"])
    await expect(chat.heard.first).to_contain_text("Simpan kode ini")
    await chat.page.get_by_role("button", name="Salin 7KQM-4TXD").click()
    await expect(chat.page.get_by_text("Tersalin")).to_be_visible()
    assert await chat.page.evaluate("navigator.clipboard.readText()") == "7KQM-4TXD"
    await expect(chat.page.get_by_role("button", name="Salin JK2611240001")).to_be_visible()


async def test_the_limit_is_shown_near_the_end_and_too_much_is_not_sent(open_chat: OpenChat) -> None:
    chat = await open_chat()
    await chat.greeted()
    limit = chat.page.locator("#message-limit")
    await chat.field.fill("a" * 3000)
    await expect(limit).to_be_hidden()
    await chat.field.fill("a" * 3990)
    await expect(limit).to_contain_text("3.990 dari 4.000")
    await chat.say("a" * 4001)
    await expect(limit).to_contain_text("Terlalu panjang 1 karakter")
    await expect(chat.said).to_have_count(0)
    await chat.say("a" * 4000)
    await expect(chat.taken).to_have_count(1)


async def test_a_refused_message_says_why(open_chat: OpenChat) -> None:
    chat = await open_chat()
    await chat.greeted()
    await chat.page.route(
        "**/chat/messages", lambda route: route.fulfill(status=422, json={"message": "Maaf."})
    )
    await chat.say("halo")
    await expect(chat.said.first).to_contain_text("Maaf.")


async def test_an_erased_conversation_is_gone_here_and_there(open_chat: OpenChat, site: Site) -> None:
    chat = await open_chat()
    await chat.greeted()
    await chat.say("jalan rusak")
    await chat.hears("echo: jalan rusak")
    page = chat.page
    await chat.field.fill("belum terkirim")
    await page.get_by_role("button", name="Bantuan dan privasi").click()
    await page.get_by_role("button", name="Hapus percakapan").click()
    async with page.expect_response(lambda r: r.request.method == "DELETE" and r.status == 204):
        await page.get_by_role("button", name="Hapus", exact=True).click()
    await expect(page.get_by_text("Percakapan sudah dihapus")).to_be_visible()
    await expect(chat.heard).to_have_count(0)
    await page.reload()
    await expect(page.get_by_text("Percakapan sudah dihapus")).to_be_visible()
    kept = await page.evaluate("JSON.stringify(localStorage)")
    assert "jalan rusak" not in kept and "belum terkirim" not in kept
    await page.get_by_role("button", name="Mulai percakapan baru").click()
    await chat.greeted()
    first, second = (turn["conversation_id"] for turn in (site.rasa.executed[0], site.rasa.executed[-1]))
    assert first != second
