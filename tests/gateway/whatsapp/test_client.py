"""The client against the Cloud API stand-in: every form of message, and what every failure makes us do."""

import io
from typing import Any

import httpx
import pytest
from PIL import Image

from gateway.capabilities import CAPABILITIES
from gateway.delivery.client import Client, Fitted, FittedButton
from gateway.delivery.errors import (
    ChannelDown,
    MediaGone,
    Refused,
    RetryLater,
    SendError,
    Unknown,
    Unreachable,
    WindowClosed,
)
from gateway.whatsapp import api as api_module
from gateway.whatsapp import client as client_module
from gateway.whatsapp.api import Api
from gateway.whatsapp.client import WhatsAppClient
from gateway.whatsapp.errors import Failure, error_of, error_of_code
from gateway.whatsapp.template import one_line
from gateway.whatsapp.wamids import KEPT, RecentIds, key_of
from tests.gateway.conftest import Clock
from tests.gateway.whatsapp.bodies import NUMBER, PHONE, USER_ID
from tests.servers.whatsapp_citizen import Citizen, choices_of
from tests.servers.whatsapp_platform import Fault, Template
from tests.servers.whatsapp_server import WhatsAppServer

HELLO = Fitted("Halo, ada yang bisa dibantu?", tag="a1b2c3")


@pytest.fixture
def siti(siti: Citizen) -> Citizen:
    """Siti has just written: her window is open."""
    siti.write("halo")
    return siti


def buttons(*titles: str) -> tuple[FittedButton, ...]:
    return tuple(FittedButton(f"token-{at}", title) for at, title in enumerate(titles))


def calls(meta: WhatsAppServer, path: str) -> list[Any]:
    return [call.body for call in meta.platform.calls if call.path.endswith(path)]


def test_it_is_what_the_sender_expects(client: WhatsAppClient) -> None:
    sender_sees: Client = client
    assert sender_sees.name in CAPABILITIES


async def test_a_text_goes_to_the_number_with_its_plus(
    client: WhatsAppClient, meta: WhatsAppServer, siti: Citizen
) -> None:
    key = await client.send(PHONE, HELLO)
    assert siti.texts == [HELLO.text]
    assert key == key_of(siti.messages[0].wamid)
    (body,) = calls(meta, "/messages")
    assert body["to"] == f"+{PHONE}" and "recipient" not in body
    assert siti.messages[0].tag == HELLO.tag


async def test_a_business_scoped_id_is_the_recipient(
    client: WhatsAppClient, meta: WhatsAppServer, siti: Citizen
) -> None:
    await client.send(USER_ID, HELLO)
    (body,) = calls(meta, "/messages")
    assert body["recipient"] == USER_ID and "to" not in body
    assert siti.texts == [HELLO.text]


async def test_few_buttons_are_reply_buttons_with_their_tokens(client: WhatsAppClient, siti: Citizen) -> None:
    message = Fitted("Sudah benar?", "t", buttons("Ya, kirim", "Ubah", "Batal"), style="reply")
    await client.send(PHONE, message)
    assert [choice["id"] for choice in choices_of(siti.messages[0].body)] == ["token-0", "token-1", "token-2"]
    assert siti.texts == ["Sudah benar?"]


async def test_many_buttons_are_a_list_opened_by_a_button_with_words(
    client: WhatsAppClient, siti: Citizen
) -> None:
    titles = [f"Kelurahan {at}" for at in range(10)]
    await client.send(PHONE, Fitted("Yang mana?", "t", buttons(*titles), style="list"))
    assert [choice["title"] for choice in choices_of(siti.messages[0].body)] == titles
    assert siti.messages[0].body["interactive"]["action"]["button"] == "Pilih"


async def test_buttons_as_numbers_stand_in_the_text_already(client: WhatsAppClient, siti: Citizen) -> None:
    await client.send(PHONE, Fitted("1. Ya\n2. Tidak", "t", buttons("Ya", "Tidak"), style="numbers"))
    assert siti.texts == ["1. Ya\n2. Tidak"]
    assert choices_of(siti.messages[0].body) == []


async def test_a_place_is_asked_for_by_the_platforms_own_control(
    client: WhatsAppClient, siti: Citizen
) -> None:
    await client.send(PHONE, Fitted("Di mana?", "t", ask="location"))
    assert siti.messages[0].body["interactive"]["type"] == "location_request_message"


async def test_a_picture_is_uploaded_and_carries_the_text(
    client: WhatsAppClient, meta: WhatsAppServer, siti: Citizen
) -> None:
    content = io.BytesIO()
    Image.new("RGB", (8, 8)).save(content, "JPEG")
    picture = content.getvalue()
    await client.send(PHONE, Fitted("Ini petanya", "t", image=picture))
    assert siti.texts == ["Ini petanya"]
    media_id = siti.messages[0].body["image"]["id"]
    assert meta.platform.files.media[media_id].content == picture
    await client.send(PHONE, Fitted("Benar?", "t", buttons("Ya"), style="reply", image=picture))
    assert siti.messages[1].body["interactive"]["header"]["type"] == "image"


async def test_a_picture_that_cannot_be_uploaded_waits_with_its_message(
    client: WhatsAppClient, meta: WhatsAppServer, siti: Citizen
) -> None:
    meta.stop()
    with pytest.raises(RetryLater):
        await client.send(PHONE, Fitted("Ini petanya", "t", image=b"x"))


# ── The window and its template ────────────────────────────────────────────────────────────────────────────────────


async def test_after_24_hours_only_the_template_goes(
    client: WhatsAppClient, meta: WhatsAppServer, siti: Citizen, clock: Clock
) -> None:
    meta.platform.templates["kabar_laporan", "id"] = Template()
    clock.move(hours=25)
    news = Fitted("JK2611240001 dikerjakan.\n\nDinas  Bina Marga\tmulai besok.", "n1", is_news=True)
    with pytest.raises(WindowClosed):
        await client.send(PHONE, news)
    key = await client.send_template(PHONE, news)
    assert key == key_of(siti.messages[0].wamid)
    assert siti.texts == ["JK2611240001 dikerjakan. Dinas Bina Marga mulai besok."]
    assert siti.messages[0].tag == "n1"


async def test_without_a_template_the_news_is_kept(meta: WhatsAppServer, siti: Citizen) -> None:
    api = Api(meta.url, "v25.0", meta.platform.token)
    client = WhatsAppClient(api, NUMBER, None, "Pilih")
    with pytest.raises(WindowClosed):
        await client.send_template(PHONE, HELLO)
    await client.close()


@pytest.mark.parametrize("state", [None, "PAUSED", "DISABLED"])
async def test_a_template_that_cannot_be_used_keeps_the_news_and_is_an_alarm(
    client: WhatsAppClient,
    meta: WhatsAppServer,
    siti: Citizen,
    state: str | None,
    caplog: pytest.LogCaptureFixture,
) -> None:
    if state:
        meta.platform.templates["kabar_laporan", "id"] = Template(status=state)
    with pytest.raises(WindowClosed):
        await client.send_template(PHONE, HELLO)
    assert "make check-whatsapp" in caplog.text
    assert HELLO.text not in caplog.text and PHONE not in caplog.text


@pytest.mark.parametrize(
    ("text", "flat"),
    [
        ("a\nb\tc      d", "a b c d"),
        ("x" * 800, "x" * 800),
        ("kata " * 300, ("kata " * 159).strip() + "…"),
    ],
)
def test_a_templates_parameter_is_one_line_that_fits(text: str, flat: str) -> None:
    assert one_line(text) == flat
    assert len(one_line(text)) <= 800


# ── Failures ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (190, ChannelDown),
        (0, ChannelDown),
        (131048, ChannelDown),
        (80007, ChannelDown),
        (4, ChannelDown),
        (131047, WindowClosed),
        (131049, WindowClosed),
        (131050, WindowClosed),
        (132000, WindowClosed),
        (132001, WindowClosed),
        (132012, WindowClosed),
        (132015, WindowClosed),
        (132016, WindowClosed),
        (131026, Unreachable),
        (130429, RetryLater),
        (131056, RetryLater),
        (131000, RetryLater),
        (131016, RetryLater),
        (131057, RetryLater),
        (2, RetryLater),
        (100, Refused),
        (131008, Refused),
        (131009, Refused),
        (131051, Refused),
        (131053, Refused),
        (131062, Refused),
        (999999, Refused),
    ],
)
async def test_the_code_decides(
    client: WhatsAppClient, meta: WhatsAppServer, siti: Citizen, code: int, kind: type[SendError]
) -> None:
    meta.platform.fail_next(Fault("error", code))
    with pytest.raises(SendError) as caught:
        await client.send(PHONE, HELLO)
    assert type(caught.value) is kind
    assert type(error_of_code(code)) is kind
    assert str(code) in str(caught.value)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (502, RetryLater),
        (503, RetryLater),
        (429, RetryLater),
        (504, Unknown),
        (403, ChannelDown),
        (404, Refused),
    ],
)
async def test_a_page_of_a_proxy_is_judged_by_its_status(
    client: WhatsAppClient, meta: WhatsAppServer, siti: Citizen, status: int, kind: type[SendError]
) -> None:
    meta.platform.fail_next(Fault("html", status=status))
    with pytest.raises(SendError) as caught:
        await client.send(PHONE, HELLO)
    assert type(caught.value) is kind


def test_a_wait_that_the_platform_asks_for_is_passed_on() -> None:
    error = error_of(Failure(429, retry_after=17.0))
    assert isinstance(error, RetryLater) and error.seconds == 17.0


def test_an_unknown_code_of_a_broken_server_is_tried_again() -> None:
    assert isinstance(error_of(Failure(500, code=999999)), RetryLater)


async def test_after_the_end_what_was_not_begun_waits(client: WhatsAppClient, photo: str) -> None:
    await client.close()
    with pytest.raises(RetryLater):
        await client.send(PHONE, HELLO)
    with pytest.raises(RetryLater):
        await client.fetch(photo)


async def test_nobody_there_means_later(client: WhatsAppClient, meta: WhatsAppServer, siti: Citizen) -> None:
    meta.stop()
    with pytest.raises(RetryLater):
        await client.send(PHONE, HELLO)


@pytest.mark.parametrize("accepted", [False, True])
async def test_a_connection_that_breaks_leaves_it_unknown(
    client: WhatsAppClient, meta: WhatsAppServer, siti: Citizen, accepted: bool
) -> None:
    meta.platform.fail_next(Fault("cut", after_accepting=accepted))
    with pytest.raises(Unknown):
        await client.send(PHONE, HELLO)
    assert bool(siti.messages) == accepted


async def test_an_answer_that_does_not_come_leaves_it_unknown(
    client: WhatsAppClient, meta: WhatsAppServer, siti: Citizen
) -> None:
    meta.platform.fail_next(Fault("slow"))
    meta.hold()
    client._api._http.timeout = httpx.Timeout(0.1)
    with pytest.raises(Unknown):
        await client.send(PHONE, HELLO)
    meta.release()


async def test_an_answer_that_cannot_be_read_leaves_it_unknown(
    client: WhatsAppClient, meta: WhatsAppServer, siti: Citizen
) -> None:
    meta.platform.fail_next(Fault("html", status=200, after_accepting=True))
    with pytest.raises(Unknown):
        await client.send(PHONE, HELLO)


async def test_a_wrong_token_stops_the_channel_and_shows_nowhere(meta: WhatsAppServer, siti: Citizen) -> None:
    client = WhatsAppClient(Api(meta.url, "v25.0", "wrong-token"), NUMBER, None, "Pilih")
    with pytest.raises(ChannelDown) as caught:
        await client.send(PHONE, HELLO)
    assert "wrong-token" not in repr(caught.value) and PHONE not in repr(caught.value)
    await client.close()


# ── Typing and buttons ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_typing_marks_the_message_as_read(
    client: WhatsAppClient, meta: WhatsAppServer, siti: Citizen
) -> None:
    (wamid,) = siti.user.wrote
    client.recent.remember("key", wamid)
    await client.typing(PHONE, "key")
    assert meta.platform.read == meta.platform.typing == [wamid]


async def test_typing_never_fails(client: WhatsAppClient, meta: WhatsAppServer, siti: Citizen) -> None:
    await client.typing(PHONE, "a message before the last start")
    assert meta.platform.calls == []
    client.recent.remember("key", "wamid.unknown")
    await client.typing(PHONE, "key")
    meta.stop()
    await client.typing(PHONE, "key")


def test_only_the_latest_ids_are_remembered() -> None:
    recent = RecentIds()
    for at in range(KEPT + 1):
        recent.remember(f"key {at}", f"wamid.{at}")
    assert recent.find("key 0") is None
    assert recent.find(f"key {KEPT}") == f"wamid.{KEPT}"


async def test_buttons_stay_on_their_messages(client: WhatsAppClient, meta: WhatsAppServer) -> None:
    await client.retire(PHONE, "key")
    assert meta.platform.calls == []


# ── Files ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def photo(meta: WhatsAppServer) -> str:
    return meta.platform.files.add(b"picture", "image/jpeg")


async def test_a_photo_is_fetched_by_its_id(client: WhatsAppClient, meta: WhatsAppServer, photo: str) -> None:
    assert await client.fetch(photo) == b"picture"
    assert meta.platform.calls[0].query == {"phone_number_id": NUMBER}


async def test_an_address_that_has_expired_is_asked_for_once_more(
    client: WhatsAppClient, meta: WhatsAppServer, photo: str
) -> None:
    meta.platform.files.stale_addresses = 1
    assert await client.fetch(photo) == b"picture"
    meta.platform.files.stale_addresses = 2
    with pytest.raises(MediaGone):
        await client.fetch(photo)


async def test_a_photo_after_a_week_is_gone(client: WhatsAppClient, photo: str, clock: Clock) -> None:
    clock.move(days=8)
    with pytest.raises(MediaGone):
        await client.fetch(photo)


async def test_a_photo_over_the_limit_is_not_fetched_to_its_end(
    client: WhatsAppClient, photo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "PHOTO_LIMIT", 5)
    assert await client.fetch(photo) == b"pictur"


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/x",
        "https://lookaside.fbsbx.com.evil.example/x",
        "https://evilfbsbx.com/x",
        "http://lookaside.fbsbx.com/x",
        "https://lookaside.fbsbx.com@evil.example/x",
        "http://127.0.0.1:1/x",
        "http://[",
        "",
        None,
    ],
)
async def test_the_token_goes_to_no_foreign_host(
    client: WhatsAppClient, meta: WhatsAppServer, photo: str, url: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meta.platform.files, "describe", lambda *_: {"url": url})
    with pytest.raises(MediaGone):
        await client.fetch(photo)
    assert len(meta.platform.calls) == 1


def test_metas_hosts_of_files_may_know_the_token() -> None:
    api = Api("https://graph.facebook.com", "v25.0", "token")
    assert api._may_know_the_token(
        httpx.URL("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1")
    )
    assert api._may_know_the_token(httpx.URL("https://graph.facebook.com/x"))


async def test_files_can_be_tried_again_when_the_platform_is_away(
    client: WhatsAppClient, meta: WhatsAppServer, photo: str
) -> None:
    meta.platform.token = "another"
    with pytest.raises(ChannelDown):
        await client.fetch(photo)
    meta.stop()
    with pytest.raises(RetryLater):
        await client.fetch(photo)


def test_proxies_of_the_environment_are_used_but_for_loopback() -> None:
    assert api_module._is_loopback("127.0.0.1") and api_module._is_loopback("localhost")
    assert not api_module._is_loopback("graph.facebook.com")
