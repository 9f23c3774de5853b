"""What happens when the line breaks: nothing is lost, nothing is doubled."""

import json

from playwright.async_api import Route, expect

from tests.browser.conftest import OpenChat, Site


async def test_what_is_written_offline_is_sent_once_and_in_order_when_the_line_is_back(
    open_chat: OpenChat, site: Site
) -> None:
    chat = await open_chat()
    await chat.greeted()
    await chat.page.context.set_offline(True)
    await chat.say("satu")
    await chat.say("dua")
    await expect(chat.page.get_by_text("Sedang luring")).to_be_visible()
    await expect(chat.taken).to_have_count(0)
    await chat.page.context.set_offline(False)
    await chat.hears("echo: satu", "echo: dua")
    await expect(chat.page.locator("#connection")).to_be_hidden()
    assert site.rasa.texts[1:] == ["satu", "dua"]


async def test_what_waits_survives_a_reload(open_chat: OpenChat, site: Site) -> None:
    chat = await open_chat()
    await chat.greeted()
    await chat.page.route("**/chat/messages", lambda route: route.abort())
    await chat.say("jangan hilang")
    await expect(chat.said).to_have_count(1)
    await chat.page.unroute("**/chat/messages")
    await chat.page.reload()
    await chat.hears("echo: jangan hilang")
    assert site.rasa.texts.count("jangan hilang") == 1


async def test_a_message_whose_receipt_was_lost_is_sent_again_and_not_doubled(
    open_chat: OpenChat, site: Site
) -> None:
    ids = []

    async def lose_first_receipt(route: Route) -> None:
        ids.append(json.loads(route.request.post_data or "")["id"])
        if len(ids) > 1:
            await route.continue_()
            return
        await route.fetch()
        await route.abort()

    chat = await open_chat()
    await chat.greeted()
    await chat.page.route("**/chat/messages", lose_first_receipt)
    await chat.say("sekali saja")
    await expect(chat.taken).to_have_count(1)
    await chat.hears("echo: sekali saja")
    assert len(ids) == 2 and len(set(ids)) == 1
    assert site.rasa.texts.count("sekali saja") == 1
    await expect(chat.heard).to_have_count(2)


async def test_a_browser_that_lost_its_cookie_goes_on_in_a_new_conversation(
    open_chat: OpenChat, site: Site
) -> None:
    chat = await open_chat()
    await chat.greeted()
    await chat.page.context.clear_cookies()
    await chat.say("masih di sini")
    await chat.hears("intent start", "echo: masih di sini")
    assert len({turn["conversation_id"] for turn in site.rasa.executed}) == 2


async def test_news_arrives_by_itself_and_looks_like_news(open_chat: OpenChat, site: Site) -> None:
    chat = await open_chat()
    await chat.greeted()
    await site.tell_news("Tim datang besok.")
    news = chat.page.locator(".kind-news")
    await expect(news).to_contain_text("Kabar baru")
    await expect(news).to_contain_text("Tim datang besok.")


async def test_news_told_while_the_page_was_away_arrives_afterwards(open_chat: OpenChat, site: Site) -> None:
    chat = await open_chat()
    await chat.greeted()
    await chat.page.context.set_offline(True)
    await site.tell_news("Sedang luring.")
    await chat.page.context.set_offline(False)
    await expect(chat.page.locator(".kind-news")).to_contain_text("Sedang luring.")
    address = chat.page.url
    await chat.page.goto("about:blank")
    await site.tell_news("Sedang pergi.")
    await chat.page.goto(address)
    await expect(chat.page.locator(".kind-news")).to_have_count(2)


async def test_a_message_not_acknowledged_comes_again_and_is_shown_once(
    open_chat: OpenChat, site: Site
) -> None:
    chat = await open_chat()
    await chat.greeted()
    conversation = site.rasa.executed[0]["conversation_id"]
    await chat.page.route("**/chat/ack", lambda route: route.abort())
    await chat.say("halo")
    await chat.hears("echo: halo")
    assert len(await site.gateway.outbox.waiting(conversation)) == 1
    await chat.page.unroute("**/chat/ack")
    async with chat.page.expect_response("**/chat/ack"):
        await chat.page.reload()
    await expect(chat.heard).to_have_count(2)
    assert await site.gateway.outbox.waiting(conversation) == []


async def test_the_page_says_that_it_connects_again(open_chat: OpenChat) -> None:
    chat = await open_chat()
    await chat.greeted()
    await chat.page.route("**/chat/session", lambda route: route.abort())
    await chat.page.reload()
    await expect(chat.page.get_by_text("Menyambung lagi…")).to_be_visible()
    await chat.page.unroute("**/chat/session")
    await expect(chat.page.get_by_text("Menyambung lagi…")).to_be_hidden()


async def test_aduan_is_seen_writing(open_chat: OpenChat, site: Site) -> None:
    chat = await open_chat()
    await chat.greeted()
    site.rasa.gate.clear()
    await chat.say("halo")
    await expect(chat.page.locator("#typing")).to_be_visible()
    site.rasa.gate.set()
    await chat.hears("echo: halo")
    await expect(chat.page.locator("#typing")).to_be_hidden()
