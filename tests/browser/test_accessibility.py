"""The page for everyone: keyboard, screen reader, small telephone, no JavaScript; under a strict policy."""

from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from tests.browser.chat_page import ChatPage
from tests.browser.conftest import OpenChat, Site
from tests.gateway.rasa_stand_in import says

LONG = "x" * 300
QUESTION: dict[str, Any] = {
    "buttons": [{"title": "Ya, benar", "payload": "/affirm"}, {"title": "Bukan", "payload": "/deny"}],
    "custom": {"ask": "location"},
}
DIALOGS = ("#help-sheet", "#extras-sheet", "#place-sheet", "#photo-sheet", "#erase-sheet")


async def show_everything(chat: ChatPage, site: Site) -> None:
    """Have every kind of message on the page."""
    await chat.greeted()
    site.rasa.answer = lambda message: says(
        f"• Tempat: benar? JK2611240001 https://example.org/{LONG}", LONG, **QUESTION
    )
    await chat.say(LONG)
    await site.tell_news("Tim datang besok.")
    await expect(chat.heard).to_have_count(4)
    await expect(chat.taken).to_have_count(1)


async def test_everything_can_be_done_with_the_keyboard(open_chat: OpenChat, site: Site) -> None:
    site.rasa.answer = lambda message: says(f"jawab {message['text']}", **QUESTION)
    chat = await open_chat()
    page = chat.page
    await chat.greeted()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Langsung ke kotak pesan")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(chat.field).to_be_focused()
    await page.keyboard.type("baris satu")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("baris dua")
    await page.keyboard.press("Enter")
    await chat.hears("jawab baris satu")
    assert site.rasa.texts[-1] == "baris satu\nbaris dua"
    await page.keyboard.press("Shift+Tab")
    await expect(page.get_by_role("button", name="Tambah foto atau lokasi")).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await expect(chat.answers.filter(has_text="Bukan")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(chat.said).to_have_count(2)
    await expect(chat.field).to_be_focused()


async def test_escape_closes_a_dialog_and_gives_the_focus_back(open_chat: OpenChat) -> None:
    chat = await open_chat()
    await chat.greeted()
    button = chat.page.get_by_role("button", name="Bantuan dan privasi")
    await button.press("Enter")
    dialog = chat.page.get_by_role("dialog", name="Bantuan dan privasi")
    await expect(dialog).to_be_visible()
    await chat.page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(button).to_be_focused()


async def test_messages_are_announced_politely(open_chat: OpenChat) -> None:
    chat = await open_chat()
    log = chat.page.get_by_role("log", name="Pesan")
    await expect(log).to_have_attribute("aria-live", "polite")
    await chat.greeted()
    await expect(log).not_to_have_attribute("aria-busy", "true")


@pytest.mark.parametrize("width", [320, 360, 1280])
async def test_nothing_is_wider_than_the_screen(open_chat: OpenChat, site: Site, width: int) -> None:
    chat = await open_chat(viewport={"width": width, "height": 740})
    await show_everything(chat, site)
    for element in ("document.documentElement", "document.getElementById('conversation')"):
        assert await chat.page.evaluate(f"{element}.scrollWidth - {element}.clientWidth") == 0


async def test_what_is_tapped_is_large_enough_for_a_finger(open_chat: OpenChat, site: Site) -> None:
    chat = await open_chat()
    await show_everything(chat, site)
    targets = chat.page.locator("button:visible:not(.copy), .emergency, textarea")
    boxes = [await target.bounding_box() for target in await targets.all()]
    assert len(boxes) >= 8
    assert all(box and box["height"] >= 44 and box["width"] >= 44 for box in boxes), boxes


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_wrong(open_chat: OpenChat, site: Site, scheme: str) -> None:
    chat = await open_chat(color_scheme=scheme, reduced_motion="reduce")
    await show_everything(chat, site)
    findings = await _findings(chat)
    for dialog in DIALOGS:
        await chat.page.locator(dialog).evaluate("dialog => dialog.showModal()")
        findings += await _findings(chat)
        await chat.page.keyboard.press("Escape")
    assert findings == []


async def _findings(chat: ChatPage) -> list[str]:
    results = await Axe().run(chat.page)
    return [
        f"{rule['impact']} {rule['id']}: {node['html'][:200]}"
        for rule in results.response["violations"]
        for node in rule["nodes"]
    ]


async def test_the_policy_allows_nothing_foreign_and_nothing_inline(open_chat: OpenChat) -> None:
    chat = await open_chat()
    response = await chat.page.reload()
    assert response is not None
    policy = response.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy
    content = await response.text()
    assert "<style" not in content and "style=" not in content and "onclick" not in content


async def test_without_javascript_the_page_names_the_emergency_number(open_chat: OpenChat) -> None:
    chat = await open_chat(java_script_enabled=False)
    await expect(chat.page.locator("noscript, main").get_by_role("link", name="112")).to_be_visible()
    await expect(chat.page.locator("#composer")).to_be_hidden()
