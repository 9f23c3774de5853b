"""News in the browser: an officer's photo is shown, and buttons stay where they can still be tapped."""

import io
from dataclasses import replace

from PIL import Image
from playwright.async_api import expect

from crm.domain.status import Status
from tests.browser.conftest import OpenChat, Site
from tests.gateway.conftest import news_of
from tests.gateway.rasa_stand_in import says

LATER = [{"title": "Jawab", "payload": '/answer_question{"report_number": "JK2611240001"}'}]
QUESTION = [{"title": "Lewati", "payload": "/skip"}]


async def test_an_officers_photo_is_shown(open_chat: OpenChat, site: Site) -> None:
    content = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(content, "JPEG")
    name = await site.gateway.media.keep_photo(content.getvalue())
    chat = await open_chat()
    await chat.greeted()
    reporter = site.rasa.executed[-1]["conversation_id"]
    site.crm.news.append(replace(news_of(1, reporter, Status.PROSES), photo=name))
    await site.gateway.news.relay()
    picture = chat.page.get_by_alt_text("Foto dari petugas")
    await expect(picture).to_be_visible()
    await expect(picture).to_have_js_property("naturalWidth", 60)
    await chat.page.reload()
    await expect(picture).to_have_js_property("naturalWidth", 60)


async def test_buttons_of_all_messages_of_one_answer_can_be_tapped(open_chat: OpenChat, site: Site) -> None:
    two = {
        "messages": [
            {"text": "Nanti, ya.", "buttons": LATER},
            {"text": "Ada fotonya?", "buttons": QUESTION},
        ],
        "draft_open": True,
    }
    site.rasa.answer = lambda message: two if message["text"] == "tanya" else says("baik")
    chat = await open_chat()
    await chat.hears("baik")
    await chat.say("tanya")
    await expect(chat.answers).to_have_text(["Jawab", "Lewati"])
    await chat.tap("Jawab")
    await expect(chat.answers).to_have_count(0)
