"""What reaches the citizen, and what every error of the Bot API makes the sender do."""

import io
import logging

import pytest
from PIL import Image

from gateway.delivery.client import Fitted, FittedButton
from gateway.delivery.errors import (
    ChannelDown,
    MediaGone,
    Refused,
    RetryLater,
    Unknown,
    Unreachable,
    WindowClosed,
)
from gateway.telegram import api as api_module
from gateway.telegram.api import Api
from gateway.telegram.client import TelegramClient
from tests.servers import telegram_faults as faults
from tests.servers.telegram_citizen import Citizen
from tests.servers.telegram_faults import Fault
from tests.servers.telegram_server import TelegramServer

SECRET_WORDS = "lampu di depan rumah saya mati"


def said(text: str, **more) -> Fitted:
    return Fitted(text, tag="t", **more)


def offered(*titles: str) -> Fitted:
    buttons = tuple(FittedButton(f"token-{title}", title) for title in titles)
    return said("mana?", buttons=buttons, style="inline")


@pytest.fixture
def address(siti: Citizen) -> str:
    siti.write("/start")
    return str(siti.chat.chat_id)


async def test_a_text_arrives_as_it_is_with_its_number_and_code_to_copy(
    client: TelegramClient, server: TelegramServer, siti: Citizen, address: str
) -> None:
    text = 'Nomor JK2611240001, kode 7KQM-4TXD. <b>Bukan</b> "HTML" & 3 < 4, ABCD-EFGH, 0812-3456.'
    message_id = await client.send(address, said(text))
    assert siti.texts == [text]
    assert message_id == str(siti.chat.messages[-1].message_id)
    written = server.calls_of("sendMessage")[0].given
    assert "<code>JK2611240001</code>, kode <code>7KQM-4TXD</code>." in written["text"]
    assert written["text"].count("<code>") == 2
    assert written["link_preview_options"] == {"is_disabled": True}


async def test_the_longest_text_fits(client: TelegramClient, siti: Citizen, address: str) -> None:
    await client.send(address, said("&" * 4096))
    assert siti.texts == ["&" * 4096]


async def test_markup_that_telegram_cannot_read_goes_as_plain_text(
    client: TelegramClient, server: TelegramServer, siti: Citizen, address: str
) -> None:
    server.fail("sendMessage", faults.error(400, "Bad Request: can't parse entities: Unsupported start tag"))
    await client.send(address, said("<tanda> JK2611240001"))
    assert siti.texts == ["<tanda> JK2611240001"]
    assert "parse_mode" not in server.calls_of("sendMessage")[1].given


async def test_buttons_carry_tokens_and_stand_as_their_titles_allow(
    client: TelegramClient, siti: Citizen, address: str
) -> None:
    await client.send(address, offered("Publik", "Privat", "Anonim"))
    assert [len(row) for row in siti.chat.messages[-1].buttons] == [3]
    await client.send(address, offered("Jalan rusak atau berlubang", "Lampu"))
    assert [len(row) for row in siti.chat.messages[-1].buttons] == [1, 1]
    assert siti.chat.messages[-1].buttons[1] == [{"text": "Lampu", "callback_data": "token-Lampu"}]
    await client.send(address, said("1. Ya", buttons=(FittedButton("x", "Ya"),), style="numbers"))
    assert siti.chat.messages[-1].buttons == []


async def test_the_button_for_the_place_is_shown_and_put_away(
    client: TelegramClient, siti: Citizen, address: str
) -> None:
    await client.send(address, said("di mana?", ask="location"))
    assert siti.chat.keyboard == [[{"text": "Kirim lokasi", "request_location": True}]]
    await client.send(address, said("kabar", is_news=True))
    assert siti.chat.keyboard
    await client.send(address, said("baik"))
    assert siti.chat.keyboard == []


async def test_of_two_keyboards_the_buttons_win(client: TelegramClient, siti: Citizen, address: str) -> None:
    both = Fitted("mana?", "t", (FittedButton("x", "Tidak tahu"),), "inline", "location")
    await client.send(address, both)
    assert siti.buttons == ["Tidak tahu"] and siti.chat.keyboard == []


@pytest.mark.parametrize("caption", ["", "seperti ini <"])
async def test_a_picture_goes_with_its_caption(
    client: TelegramClient, siti: Citizen, address: str, caption: str
) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (20, 20), "green").save(picture, "JPEG")
    await client.send(address, said(caption, image=picture.getvalue()))
    assert siti.chat.messages[-1].photo == picture.getvalue()
    assert siti.texts == [caption]


ERRORS: list[tuple[Fault, type[Exception]]] = [
    (faults.flood(17), RetryLater),
    (faults.error(429, "Too Many Requests"), RetryLater),
    (faults.bad_gateway(), RetryLater),
    (faults.error(500, "Internal Server Error"), RetryLater),
    (faults.error(409, "Conflict"), RetryLater),
    (faults.cut(after=False), Unknown),
    (faults.cut(after=True), Unknown),
    (faults.slow(), Unknown),
    (faults.garbage(), Unknown),
    (faults.blocked(), Unreachable),
    (faults.error(403, "Forbidden: user is deactivated"), Unreachable),
    (faults.error(403, "Forbidden: bot was kicked from the group chat"), Unreachable),
    (faults.error(400, "Bad Request: chat not found"), Unreachable),
    (faults.error(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1), Unreachable),
    (faults.error(400, "Bad Request: BUTTON_DATA_INVALID"), Refused),
    (faults.error(400, "Bad Request: message is too long"), Refused),
    (faults.error(413, "Request Entity Too Large"), Refused),
    (faults.error(401, "Unauthorized"), ChannelDown),
    (faults.error(404, "Not Found"), ChannelDown),
]


@pytest.mark.parametrize(("fault", "expected"), ERRORS, ids=lambda value: getattr(value, "description", None))
async def test_an_error_tells_the_sender_what_to_do(
    client: TelegramClient,
    server: TelegramServer,
    address: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fault: Fault,
    expected: type[Exception],
) -> None:
    server.fail("sendMessage", fault)
    hasty = Api(server.token, server.url)
    monkeypatch.setattr(hasty._calls._client, "timeout", 0.2)
    with caplog.at_level(logging.INFO), pytest.raises(expected) as caught:
        await TelegramClient(hasty, "Lokasi").send(address, said(SECRET_WORDS))
    await hasty.close()
    assert type(caught.value) is expected
    for told in (str(caught.value), caplog.text):
        assert SECRET_WORDS not in told and server.token not in told and address not in told
    assert caught.value.__cause__ is None


async def test_a_flood_says_how_long_to_wait(
    client: TelegramClient, server: TelegramServer, address: str
) -> None:
    server.fail("sendMessage", faults.flood(17), faults.error(429, "Too Many Requests"))
    for seconds in (17, None):
        with pytest.raises(RetryLater) as caught:
            await client.send(address, said("halo"))
        assert caught.value.seconds == seconds


async def test_a_telegram_that_is_not_reached_got_nothing(
    client: TelegramClient, server: TelegramServer, address: str
) -> None:
    await server.stop()
    with pytest.raises(RetryLater):
        await client.send(address, said("halo"))
    await server.start()
    await client.send(address, said("halo"))


async def test_an_answer_of_an_unknown_form_still_means_sent(
    client: TelegramClient,
    server: TelegramServer,
    siti: Citizen,
    address: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server.methods, "_sent", lambda chat, message, **content: {"of": "2027"})
    assert await client.send(address, said("halo")) == ""
    assert siti.texts == ["halo"]
    await client.retire(address, "")


async def test_there_are_no_templates(client: TelegramClient, address: str) -> None:
    with pytest.raises(WindowClosed):
        await client.send_template(address, said("kabar"))


async def test_typing_is_shown_and_never_in_the_way(
    client: TelegramClient, server: TelegramServer, siti: Citizen, address: str
) -> None:
    server.fail("sendChatAction", faults.flood(3), faults.blocked(), faults.bad_gateway(), faults.garbage())
    for _ in range(5):
        await client.typing(address, "41")
    assert siti.chat.typing == 2  # the one that went well, and the one whose answer could not be read


async def test_buttons_are_taken_off_a_message_as_often_as_wanted(
    client: TelegramClient, siti: Citizen, address: str
) -> None:
    message_id = await client.send(address, offered("Ya"))
    for _ in range(2):
        await client.retire(address, message_id)
    assert siti.buttons == []
    await client.retire(address, "1")


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (faults.flood(3), RetryLater),
        (faults.cut(after=True), RetryLater),
        (faults.blocked(), Unreachable),
        (faults.error(401, "Unauthorized"), ChannelDown),
    ],
)
async def test_taking_buttons_off_may_have_to_be_tried_again(
    client: TelegramClient, server: TelegramServer, address: str, fault: Fault, expected: type[Exception]
) -> None:
    server.fail("editMessageReplyMarkup", fault)
    with pytest.raises(expected):
        await client.retire(address, await client.send(address, offered("Ya")))


def photo_of(citizen: Citizen) -> str:
    return citizen.chat.messages[-1].raw["photo"][1]["file_id"]


async def test_a_photo_is_fetched(client: TelegramClient, siti: Citizen) -> None:
    siti.send_photo(b"content of the photo")
    assert await client.fetch(photo_of(siti)) == b"content of the photo"


async def test_a_photo_that_cannot_be_had_is_gone(
    client: TelegramClient, server: TelegramServer, siti: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    siti.send_photo(b"", size=(20 << 20) + 1)
    too_big = photo_of(siti)
    siti.send_photo(b"x")
    server.fail("file", faults.error(404, "Not Found"))
    for reference in (too_big, photo_of(siti), "unknown"):
        with pytest.raises(MediaGone):
            await client.fetch(reference)
    monkeypatch.setattr(server.world, "link", lambda file_id: "photos/x.jpg")
    with pytest.raises(MediaGone):  # a server of one's own links files of any size
        await client.fetch(too_big)
    assert len(server.calls_of("file")) == 1


@pytest.mark.parametrize("method", ["getFile", "file"])
@pytest.mark.parametrize("fault", [faults.flood(3), faults.bad_gateway(), faults.cut(after=True)])
async def test_a_photo_may_be_had_later(
    client: TelegramClient, server: TelegramServer, siti: Citizen, method: str, fault: Fault
) -> None:
    siti.send_photo(b"x")
    server.fail(method, Fault(fault.kind, 1, fault.code, fault.description, fault.parameters))
    with pytest.raises(RetryLater):
        await client.fetch(photo_of(siti))
    assert await client.fetch(photo_of(siti)) == b"x"


async def test_a_refused_token_stops_the_channel_and_not_one_photo(
    client: TelegramClient, server: TelegramServer, siti: Citizen
) -> None:
    siti.send_photo(b"x")
    server.fail("getFile", faults.error(401, "Unauthorized"))
    with pytest.raises(ChannelDown):
        await client.fetch(photo_of(siti))


async def test_a_tap_is_confirmed_once_and_late_ones_are_no_trouble(
    client: TelegramClient, server: TelegramServer, siti: Citizen, address: str
) -> None:
    await client.send(address, offered("Ya"))
    tap = siti.tap("Ya")
    await client.confirm_tap(tap)
    assert not siti.is_waiting(tap)
    await client.confirm_tap(tap)
    server.time.move(151)
    await client.confirm_tap(siti.tap("Ya"))


def test_only_telegram_itself_is_reached_through_a_proxy() -> None:
    assert api_module._transport("https://api.telegram.org", 1)._client.trust_env
    assert not api_module._transport("http://127.0.0.1:1", 1)._client.trust_env
