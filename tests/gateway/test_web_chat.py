"""The web chat over real HTTP: sessions, messages, events, photos, limits."""

import io
import uuid
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from crm.domain.status import Status
from gateway.settings import Settings
from gateway.webchat import routes, streams
from gateway.webchat.routes import COOKIE, MESSAGES_A_MINUTE
from tests.gateway.browser import Browser, until
from tests.gateway.conftest import CrmNews, Served, news_of, serve
from tests.gateway.rasa_stand_in import StandIn, says

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_a_new_browser_is_greeted_and_answered(served: Served, rasa: StandIn) -> None:
    async with served.browser() as browser:
        assert (await browser.begin()).status_code == 201
        async with browser.listen() as events:
            assert await events.texts(1) == ["intent start"]
            assert (await browser.say("lampu jalan mati")).status_code == 202
            assert await events.texts(1) == ["echo: lampu jalan mati"]
        assert (await browser.begin()).status_code == 200


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(served: Served) -> None:
    async with served.browser() as browser:
        cookie = (await browser.begin()).headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and "path=/" in cookie
    assert "secure" not in cookie.split("; ")


async def test_under_https_the_cookie_is_secure_and_so_is_the_page(settings: Settings, crm: CrmNews) -> None:
    async with serve(replace(settings, public_url="https://aduan.example"), crm) as served:
        async with served.browser(Origin="https://aduan.example") as browser:
            headers = (await browser.begin()).headers
    assert "secure" in headers["set-cookie"].lower().split("; ")
    assert "max-age" in headers["Strict-Transport-Security"]


async def test_messages_not_acknowledged_come_again_and_acknowledged_ones_do_not(served: Served) -> None:
    async with served.browser() as browser:
        await browser.begin()
        await browser.say("satu")
        async with browser.listen() as events:
            start, first = await events.message(), await events.message()
        async with browser.listen() as events:
            assert [await events.message(), await events.message()] == [start, first]
        await browser.acknowledge(start["id"])
        await browser.say("dua")
        async with browser.listen() as events:
            assert await events.texts(2) == ["echo: satu", "echo: dua"]


async def test_every_window_of_a_conversation_hears_each_message_once(served: Served) -> None:
    async with served.browser() as browser:
        await browser.begin()
        async with browser.listen() as one, browser.listen() as two:
            await browser.say("halo")
            await browser.say("hai")
            expected = ["intent start", "echo: halo", "echo: hai"]
            assert await one.texts(3) == expected
            assert await two.texts(3) == expected


async def test_a_message_carries_all_that_the_page_needs(served: Served, rasa: StandIn) -> None:
    buttons = [{"title": "Kirim", "payload": "/submit"}]
    rasa.answer = lambda message: says("Kirim?", buttons=buttons, custom={"ask": "location", "secret": True})
    async with served.browser() as browser:
        await browser.begin()
        async with browser.listen() as events:
            message = await events.message()
    assert uuid.UUID(message.pop("id"))
    assert message.pop("at").endswith("+00:00")
    [button] = message.pop("buttons")
    assert button.keys() == {"token", "title"} and button["title"] == "Kirim"
    assert message == {"text": "Kirim?", "ask": "location", "kind": "reply", "image": None, "secret": True}


async def test_the_typing_indicator_shows_while_rasa_thinks(served: Served, rasa: StandIn) -> None:
    async with served.browser() as browser:
        await browser.begin()
        async with browser.listen() as events:
            await events.texts(1)
            rasa.gate.clear()
            await browser.say("halo")
            while (event := await events.next()) != ("typing", {"on": True}):
                assert event[0] == "typing"
            rasa.gate.set()
            assert await events.next() == ("typing", {"on": False})
            assert (await events.next())[1]["text"] == "echo: halo"


async def test_a_repeated_message_is_taken_and_dropped(served: Served, rasa: StandIn) -> None:
    message_id = str(uuid.uuid4())
    async with served.browser() as browser:
        await browser.begin()
        for _ in range(3):
            assert (await browser.say("halo", message_id)).status_code == 202
        async with browser.listen() as events:
            await events.texts(2)
    assert rasa.texts == ["[mulai]", "halo"]


async def test_places_reach_rasa_as_parse_data(served: Served, rasa: StandIn) -> None:
    async with served.browser() as browser:
        await browser.begin()
        await browser.send(type="location", lat=-6.2, lon=106.8)
        await browser.send(type="area", kelurahan_code="31.74.01.1001")
        async with browser.listen() as events:
            await events.texts(3)
    position, area = (request["parse_data"]["entities"] for request in rasa.executed[1:])
    assert position == [{"entity": "position", "value": {"lat": -6.2, "lon": 106.8}}]
    assert area == [{"entity": "kelurahan_code", "value": "31.74.01.1001"}]
    assert rasa.executed[2]["text"].endswith("Jakarta Selatan")


async def test_the_picker_gets_all_kelurahan(served: Served) -> None:
    async with served.browser() as browser:
        areas = (await browser.http.get("/chat/areas")).json()
    assert len(areas) == 6
    assert sum(len(kecamatan["kelurahan"]) for kota in areas for kecamatan in kota["kecamatan"]) == 267


async def test_a_typed_payload_is_passed_on_as_text_only(served: Served, rasa: StandIn) -> None:
    async with served.browser() as browser:
        await browser.begin()
        await browser.say('/submit{"confirm": true}')
        async with browser.listen() as events:
            await events.texts(2)
    assert rasa.executed[-1]["parse_data"] is None


@pytest.mark.parametrize(
    "message",
    [
        {"type": "text", "text": "   "},
        {"type": "text", "text": "\x00"},
        {"type": "text"},
        {"type": "text", "text": 5},
        {"type": "location", "lat": 91, "lon": 0},
        {"type": "location", "lat": True, "lon": False},
        {"type": "location", "lat": "x", "lon": 0},
        {"type": "area", "kelurahan_code": "99"},
        {"type": "button", "token": ""},
        {"type": "restart"},
        {"id": "1", "type": "text", "text": "halo"},
        {},
    ],
)
async def test_a_malformed_message_is_refused_with_a_sentence(
    served: Served, message: dict[str, Any]
) -> None:
    async with served.browser() as browser:
        await browser.begin()
        response = await browser.http.post("/chat/messages", json={"id": str(uuid.uuid4()), **message})
    assert (response.status_code, response.json()["message"]) == (400, "gagal")


async def test_a_body_that_is_no_json_object_is_refused(served: Served) -> None:
    async with served.browser() as browser:
        await browser.begin()
        for body in (b"", b"{", b"[]", b'{"a":' * 40_000, b"x" * 100_000):
            assert (await browser.http.post("/chat/messages", content=body)).status_code == 400


async def test_nobody_without_the_cookie_reads_writes_or_ends_a_conversation(
    served: Served, rasa: StandIn
) -> None:
    async with served.browser() as owner, served.browser() as thief:
        await owner.begin()
        token = owner.http.cookies[COOKIE]
        guesses = ["", token[:-1], token + "a", token.swapcase(), "x" * 43]
        async with owner.listen() as events:
            message = await events.message()
        for guess in guesses:
            headers = {"Cookie": f"{COOKIE}={guess}"}
            calls = [
                thief.http.get("/chat/events", headers=headers),
                thief.http.post("/chat/ack", json={"ids": [message["id"]]}, headers=headers),
                thief.http.delete("/chat/session", headers=headers),
                thief.http.post("/chat/messages", json={}, headers=headers),
                thief.http.post("/chat/photos", headers=headers),
            ]
            assert {(await call).status_code for call in calls} == {401}
        async with owner.listen() as events:
            assert await events.message() == message


async def test_a_session_of_ones_own_reads_and_acknowledges_nothing_of_another(served: Served) -> None:
    async with served.browser() as owner, served.browser() as other:
        await owner.begin()
        await other.begin()
        async with owner.listen() as events:
            message = await events.message()
        assert (await other.acknowledge(message["id"])).status_code == 200
        async with other.listen() as events:
            assert (await events.message())["id"] != message["id"]
        async with owner.listen() as events:
            assert await events.message() == message


async def test_a_forgotten_conversation_is_gone_here_and_in_rasa(served: Served, rasa: StandIn) -> None:
    async with served.browser() as browser:
        await browser.begin()
        await browser.say("halo")
        async with browser.listen() as events:
            await events.texts(2)
            [conversation] = rasa.turns
            token = browser.http.cookies[COOKIE]
            assert (await browser.http.delete("/chat/session")).status_code == 204
            with pytest.raises(EOFError):
                await events.message()
        headers = {"Cookie": f"{COOKIE}={token}"}
        assert (await browser.http.get("/chat/events", headers=headers)).status_code == 401
    await until(lambda: rasa.forgotten)
    assert rasa.turns[conversation] == []


async def test_an_answer_under_way_when_the_conversation_is_forgotten_is_dropped(
    served: Served, rasa: StandIn
) -> None:
    async with served.browser() as browser:
        await browser.begin()
        async with browser.listen() as events:
            await events.texts(1)
        rasa.gate.clear()
        await browser.say("rahasia")
        await until(lambda: rasa.busy)
        await browser.http.delete("/chat/session")
        rasa.gate.set()
        await until(lambda: rasa.forgotten)
    [conversation] = rasa.turns
    assert rasa.turns[conversation] == []
    assert await served.gateway.outbox.waiting(conversation) == []


async def test_another_sites_page_is_refused(served: Served) -> None:
    async with served.browser(Origin="https://evil.example") as browser:
        assert (await browser.begin()).status_code == 403
    async with Browser(served.url, {"Sec-Fetch-Site": "cross-site"}) as browser:
        assert (await browser.begin()).status_code == 403
    async with served.browser(Origin=served.url) as browser:
        assert (await browser.begin()).status_code == 201


async def test_a_flood_is_answered_kindly_and_ends(served: Served) -> None:
    async with served.browser() as browser:
        await browser.begin()
        answers = [await browser.say("x") for _ in range(MESSAGES_A_MINUTE + 1)]
    assert {answer.status_code for answer in answers[:-1]} == {202}
    assert answers[-1].status_code == 429
    assert answers[-1].json()["message"] == "terlalu cepat"
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 61


@pytest.mark.parametrize("proxies", [0, 1])
async def test_new_sessions_are_limited_by_address_as_far_as_it_can_be_believed(
    settings: Settings, crm: CrmNews, monkeypatch: pytest.MonkeyPatch, proxies: int
) -> None:
    monkeypatch.setattr(routes, "ADDRESS_SESSIONS_AN_HOUR", 2)
    async with serve(replace(settings, proxies=proxies), crm) as served:
        answers = []
        for last in range(4):
            async with served.browser(**{"X-Forwarded-For": f"198.51.100.{last}"}) as browser:
                answers.append((await browser.begin()).status_code)
    assert answers == ([201] * 4 if proxies else [201, 201, 429, 429])


async def test_a_quiet_stream_shows_signs_of_life(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "HEARTBEAT_SECONDS", 0.02)
    async with served.browser() as browser:
        await browser.begin()
        async with browser.http.stream("GET", "/chat/events") as response:
            async for line in response.aiter_lines():
                if line == ": still here":
                    break
            else:
                pytest.fail("the stream ended")


async def test_a_conversation_opens_only_so_many_streams(served: Served) -> None:
    async with served.browser() as browser:
        await browser.begin()
        async with (
            browser.listen(), browser.listen(), browser.listen(),
            browser.listen(), browser.listen(), browser.listen(),
        ):  # fmt: skip
            assert (await browser.http.get("/chat/events")).status_code == 429


def picture(format_: str = "JPEG", size: tuple[int, int] = (60, 40)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "blue").save(out, format_)
    return out.getvalue()


async def test_a_photo_reaches_rasa_by_its_name_with_the_caption_as_text(
    served: Served, rasa: StandIn
) -> None:
    async with served.browser() as browser:
        await browser.begin()
        assert (await browser.send_photo(picture(), "lubang di jalan")).status_code == 202
        assert (await browser.send_photo(picture("PNG"))).status_code == 202
        async with browser.listen() as events:
            await events.texts(3)
    first, second = rasa.executed[1:]
    assert (first["text"], second["text"]) == ("lubang di jalan", "[foto]")
    [entity] = first["parse_data"]["entities"]
    assert (served.gateway.settings.media / entity["value"]).is_file()


async def test_a_photo_sent_twice_is_stored_once(served: Served) -> None:
    message_id = str(uuid.uuid4())
    async with served.browser() as browser:
        await browser.begin()
        for _ in range(2):
            assert (await browser.send_photo(picture(), message_id=message_id)).status_code == 202
    assert len(list(served.gateway.settings.media.iterdir())) == 1


async def test_a_photo_form_that_lacks_something_is_refused(served: Served) -> None:
    photo = {"file": ("foto.jpg", picture())}
    async with served.browser() as browser:
        await browser.begin()
        answers = [
            await browser.http.post("/chat/photos", data={"id": "1"}, files=photo),
            await browser.http.post("/chat/photos", files=photo),
            await browser.http.post("/chat/photos", data={"id": str(uuid.uuid4())}, files={"x": b"x"}),
            await browser.http.post("/chat/photos", json={"id": str(uuid.uuid4())}),
            await browser.http.post("/chat/photos"),
            await browser.http.post(
                "/chat/photos", content=b"x", headers={"Content-Type": "multipart/form-data; boundary=y"}
            ),
        ]
    assert {answer.status_code for answer in answers} == {400}


@pytest.mark.parametrize(
    ("content", "status", "sentence"),
    [
        (b"<script>alert(1)</script>", 415, "bukan foto"),
        (picture("GIF"), 415, "bukan foto"),
        (picture(size=(600, 600))[:900], 422, "bukan foto"),
        (b"\xff" * (10 * 1024 * 1024 + 1), 413, "foto terlalu besar"),
        (b"\xff" * (30 * 1024 * 1024), 413, "foto terlalu besar"),
    ],
    ids=["script", "gif", "truncated", "over 10 MB", "30 MB"],
)
async def test_what_is_no_photo_is_refused_and_not_stored(
    served: Served, content: bytes, status: int, sentence: str
) -> None:
    async with served.browser() as browser:
        await browser.begin()
        response = await browser.send_photo(content)
    assert (response.status_code, response.json()["message"]) == (status, sentence)
    assert not served.gateway.settings.media.exists()


async def test_news_arrive_in_an_open_chat_by_themselves(served: Served, rasa: StandIn, crm: CrmNews) -> None:
    async with served.browser() as browser:
        await browser.begin()
        async with browser.listen() as events:
            await events.texts(1)
            [conversation] = rasa.turns
            crm.news.append(news_of(1, conversation, Status.PROSES, "Petugas di jalan."))
            message = await events.message()
    assert message["kind"] == "news"
    assert message["text"] == "JK2611240001 dikerjakan Dinas Bina Marga. Petugas di jalan."


async def test_every_answer_is_guarded_by_security_headers(served: Served) -> None:
    async with served.browser() as browser:
        for path in ("/", "/healthz", "/chat/areas", "/nowhere", "/chat/events"):
            headers = (await browser.http.get(path)).headers
            assert "default-src 'self'" in headers["Content-Security-Policy"]
            assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Referrer-Policy"] == "no-referrer"
            assert "server" not in headers


async def test_health_says_which_part_is_ill(served: Served, rasa: StandIn) -> None:
    async with served.browser() as browser:
        assert (await browser.http.get("/healthz")).status_code == 200
        rasa.stop()
        answer = await browser.http.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"web": True, "rasa": False, "store": True})
