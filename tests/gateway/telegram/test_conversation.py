"""Whole conversations: a citizen on Telegram, the gateway, and a stand-in for Rasa; over webhook and polling."""

import io
import logging
from collections.abc import AsyncIterator, Callable

import pytest
from PIL import Image

from gateway.app import Gateway
from gateway.messages import intent
from gateway.settings import Settings
from tests.gateway.conftest import CrmNews
from tests.gateway.rasa_stand_in import StandIn, says
from tests.gateway.telegram import assistant
from tests.gateway.telegram.conftest import connected, serve
from tests.servers import telegram_faults as faults
from tests.servers.telegram_citizen import Citizen
from tests.servers.telegram_server import TelegramServer


def picture(colour: str = "green") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture(params=["webhook", "polling"])
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def gateway(
    settings: Settings, crm: CrmNews, server: TelegramServer, way: str
) -> AsyncIterator[Gateway]:
    async with serve(connected(settings, server, polling=way == "polling"), crm) as running:
        if way == "webhook":
            await server.until(lambda: server.webhooks.url)
        yield running


only_webhook = pytest.mark.parametrize("way", ["webhook"], indirect=True)


async def test_a_report_from_greeting_to_receipt(
    gateway: Gateway, server: TelegramServer, siti: Citizen, rasa: StandIn
) -> None:
    rasa.answer = assistant.answer
    siti.write("/start")
    await server.until(lambda: len(siti.texts) == 1)
    siti.write("lampu jalan mati")
    await server.until(lambda: siti.texts[-1] == assistant.ASK_PLACE)
    assert siti.chat.keyboard == [[{"text": "Kirim lokasi", "request_location": True}]]
    siti.share_location(0.0, 106.8)
    await server.until(lambda: siti.texts[-1] == "Ada foto?")
    assert siti.chat.keyboard == []
    siti.send_photo(picture(), "ini")
    await server.until(lambda: siti.buttons)
    tap = siti.tap("Privat")
    await server.until(lambda: siti.texts[-1] == assistant.RECEIPT)
    await server.until(lambda: not siti.is_waiting(tap) and not siti.buttons)
    names = [turn["parse_data"] and turn["parse_data"]["intent"]["name"] for turn in rasa.executed]
    assert names == ["start", None, "give_location", "send_photo", "choose_privacy"]
    assert rasa.executed[2]["parse_data"] == intent("give_location", position={"lat": 0.0, "lon": 106.8})
    [photo] = [entity["value"] for entity in rasa.executed[3]["parse_data"]["entities"]]
    assert (gateway.settings.media / photo).is_file() and rasa.executed[3]["text"] == "ini"
    assert siti.chat.typing >= 1


async def test_an_album_is_one_message(
    gateway: Gateway, server: TelegramServer, siti: Citizen, rasa: StandIn
) -> None:
    rasa.answer = assistant.answer
    siti.send_album([picture("red"), picture("blue"), b"no picture"], "lubang")
    await server.until(lambda: siti.buttons)
    [turn] = rasa.executed
    assert turn["text"] == "lubang" and len(turn["parse_data"]["entities"]) == 2
    assert siti.texts == ["bukan foto", assistant.ASK_PRIVACY]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"voice": {"file_id": "V"}}, "suara"),
        ({"sticker": {"file_id": "S"}}, "stiker"),
        ({"contact": {"phone_number": "62812"}}, "kontak"),
        ({"dice": {"value": 3}}, "tidak didukung"),
    ],
)
@only_webhook
async def test_what_cannot_be_read_is_answered_without_rasa(
    gateway: Gateway, server: TelegramServer, siti: Citizen, rasa: StandIn, content: dict, words: str
) -> None:
    siti.send(**content)
    await server.until(lambda: siti.texts == [words])
    assert rasa.executed == []


@pytest.mark.parametrize("size", [None, (20 << 20) + 1])
@only_webhook
async def test_a_photo_that_cannot_be_had_is_answered(
    gateway: Gateway, server: TelegramServer, siti: Citizen, rasa: StandIn, size: int | None
) -> None:
    siti.send_photo(b"no picture", size=size)
    await server.until(lambda: siti.texts == ["bukan foto"])


@only_webhook
async def test_redeliveries_are_answered_once(
    gateway: Gateway, server: TelegramServer, siti: Citizen, rasa: StandIn
) -> None:
    server.webhooks.lose_answers = 3
    siti.write("satu")
    siti.write("dua")
    await server.until(lambda: len(siti.texts) == 2)
    for update in list(server.updates.sent):
        assert await server.webhooks.redeliver(update) == 200
    siti.write("tiga")
    await server.until(lambda: len(siti.texts) == 3)
    assert rasa.texts == ["satu", "dua", "tiga"]
    assert siti.texts == ["echo: satu", "echo: dua", "echo: tiga"]


@only_webhook
async def test_a_tap_that_overtook_a_message_waits_for_it(
    gateway: Gateway, server: TelegramServer, siti: Citizen, rasa: StandIn
) -> None:
    rasa.answer = lambda message: says("?", buttons=[{"title": "Ya", "payload": "/affirm"}])
    siti.write("halo")
    await server.until(lambda: siti.buttons)
    server.webhooks.pause()
    rasa.answer = lambda message: says("baik")
    siti.write("sebelumnya")
    siti.tap("Ya")
    await server.webhooks.resume(first="callback_query")
    await server.until(lambda: len(siti.texts) == 3)
    assert rasa.texts == ["halo", "sebelumnya", "Ya"]


async def test_a_forged_tap_is_an_old_button(
    gateway: Gateway, server: TelegramServer, siti: Citizen, rasa: StandIn
) -> None:
    for data in ('/choose_privacy{"privacy": "publik"}', "token-of-nobody", "x" * 64):
        tap = siti.tap_data(data)
        await server.until(lambda tap=tap: not siti.is_waiting(tap))
    siti.chat.started = True
    await server.until(lambda: siti.texts == ["tombol lama"] * 3)
    assert rasa.executed == []


async def test_an_edit_of_a_waiting_message_replaces_it(
    gateway: Gateway, server: TelegramServer, siti: Citizen, rasa: StandIn
) -> None:
    rasa.gate.clear()
    siti.write("pertama")
    await server.until(lambda: siti.chat.typing)
    edited = siti.write("lampu mti")
    siti.edit(edited, text="lampu mati")
    siti.write("terakhir")
    await server.until(lambda: not server.updates.waiting)
    rasa.gate.set()
    await server.until(lambda: len(siti.texts) == 3)
    assert rasa.texts == ["pertama", "lampu mati", "terakhir"]


@only_webhook
async def test_an_edit_of_the_last_answer_takes_it_back_while_a_draft_is_open(
    gateway: Gateway, server: TelegramServer, siti: Citizen, rasa: StandIn
) -> None:
    rasa.answer = lambda message: says(f"echo: {message['text']}", draft_open=True)
    first = siti.write("lampu mti")
    await server.until(lambda: len(siti.texts) == 1)
    siti.edit(first, text="lampu mati")
    await server.until(lambda: len(siti.texts) == 2)
    siti.write("lanjut")
    await server.until(lambda: len(siti.texts) == 3)
    siti.edit(first, text="lampu rusak")
    await server.until(lambda: len(siti.texts) == 4)
    assert siti.texts == ["echo: lampu mti", "echo: lampu mati", "echo: lanjut", "sunting terlambat"]
    assert [wish["scope"] for wish in rasa.forgotten] == ["turn"]


@only_webhook
async def test_who_blocked_us_is_left_alone_until_they_write_again(
    gateway: Gateway, server: TelegramServer, siti: Citizen, rasa: StandIn
) -> None:
    rasa.gate.clear()
    siti.write("halo")
    siti.block()
    rasa.gate.set()
    await server.until(lambda: [call for call in server.calls_of("sendMessage") if call.status == 403])
    siti.unblock()
    siti.write("saya kembali")
    await server.until(lambda: siti.texts[-1:] == ["echo: saya kembali"])
    assert [call.status for call in server.calls_of("sendMessage")].count(403) == 1


@only_webhook
async def test_a_group_is_asked_once_to_write_privately(
    gateway: Gateway, server: TelegramServer, siti: Citizen, rasa: StandIn
) -> None:
    group = server.group(siti)
    group.add_bot()
    await server.until(lambda: group.texts == ["grup"])
    group.write("@AduanTestBot lampu mati")
    siti.write("sendiri")
    await server.until(lambda: siti.texts)
    assert group.texts == ["grup"] and rasa.texts == ["sendiri"]


@pytest.mark.parametrize("fault", [lambda: faults.flood(1), faults.bad_gateway], ids=["429", "502"])
@only_webhook
async def test_trouble_with_sending_delays_and_loses_nothing(
    gateway: Gateway, server: TelegramServer, siti: Citizen, fault: Callable[[], faults.Fault]
) -> None:
    server.fail("sendMessage", fault())
    siti.write("satu")
    siti.write("dua")
    await server.until(lambda: len(siti.texts) == 2)
    assert siti.texts == ["echo: satu", "echo: dua"]


async def test_nothing_of_a_citizen_is_logged_or_kept_in_the_clear(
    gateway: Gateway, server: TelegramServer, siti: Citizen, rasa: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    words = "pagar tetangga saya roboh"
    rasa.answer = lambda message: says(f"{message['text']}?", buttons=[{"title": "Ya", "payload": "/affirm"}])
    with caplog.at_level(logging.INFO):
        siti.write(words)
        await server.until(lambda: siti.buttons)
        siti.tap("Ya")
        await server.until(lambda: len(siti.texts) == 2)
        siti.send_photo(b"no picture", words)
        await server.until(lambda: "bukan foto" in siti.texts)
    for secret in (words, str(siti.chat.chat_id), siti.user["first_name"], server.token, "Ya?"):
        assert secret not in caplog.text
    database = (gateway.settings.var / "gateway.db").read_bytes()
    assert str(siti.chat.chat_id).encode() not in database
