"""The Telegram stand-in enforces what it claims; python-telegram-bot is the client that finds out."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup
from telegram import error as errors

from tests.servers import telegram_faults as faults
from tests.servers.telegram_citizen import Citizen
from tests.servers.telegram_http import HttpServer, Request, Response
from tests.servers.telegram_server import TelegramServer

Refusal = Callable[[Bot, int], Any]


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as running:
        yield running


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncIterator[Bot]:
    bot = bot_of(server)
    async with bot:
        yield bot


def bot_of(server: TelegramServer, token: str | None = None) -> Bot:
    return Bot(token or server.token, base_url=f"{server.url}/bot", base_file_url=f"{server.url}/file/bot")


@pytest.fixture
def siti(server: TelegramServer) -> Citizen:
    siti = server.citizen("Siti")
    siti.write("/start")
    return siti


def buttons(*rows: int, data: str = "x") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("t", callback_data=data)] * row for row in rows])


class Hook:
    """A webhook that answers as it is told, and holds what it got."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.got: list[dict[str, Any]] = []
        self.headers: dict[str, str] = {}

    async def answer(self, request: Request) -> Response:
        self.got.append(request.fields)
        return Response(self.statuses.pop(0) if self.statuses else 200, b"{}", headers=self.headers)

    @property
    def ids(self) -> list[int]:
        return [update["update_id"] for update in self.got]


@asynccontextmanager
async def hooked(server: TelegramServer, bot: Bot) -> AsyncIterator[Hook]:
    hook = Hook()
    http = HttpServer(hook.answer)
    await http.start()
    await bot.set_webhook(f"http://127.0.0.1:{http.port}/hook", secret_token="s")
    yield hook
    await http.stop()


async def test_a_message_arrives_as_its_html_reads(bot: Bot, siti: Citizen) -> None:
    sent = await bot.send_message(siti.chat.chat_id, "<b>a</b> &lt; &#x27;b&quot; &nbsp;", "HTML")
    assert siti.texts == ["a < 'b\" &nbsp;"]
    assert siti.chat.messages[-1].message_id == sent.message_id


@pytest.mark.parametrize(
    ("description", "refused"),
    [
        ("Message is too long", lambda bot, chat: bot.send_message(chat, "x" * 4097)),
        ("Message text is empty", lambda bot, chat: bot.send_message(chat, "<b></b>", "HTML")),
        ("Can't parse entities", lambda bot, chat: bot.send_message(chat, "<b>x", "HTML")),
        ("Can't parse entities", lambda bot, chat: bot.send_message(chat, "<b>x</i>", "HTML")),
        ("Can't parse entities", lambda bot, chat: bot.send_message(chat, "<jalan>", "HTML")),
        ("Can't parse entities", lambda bot, chat: bot.send_message(chat, "3 < 4", "HTML")),
        ("Message caption is too long", lambda bot, chat: bot.send_photo(chat, b"x", "y" * 1025)),
        (
            "Button_data_invalid",
            lambda bot, chat: bot.send_message(chat, "x", reply_markup=buttons(1, data="é" * 33)),
        ),
        ("Reply markup is too long", lambda bot, chat: bot.send_message(chat, "x", reply_markup=buttons(9))),
        (
            "Reply markup is too long",
            lambda bot, chat: bot.send_message(chat, "x", reply_markup=buttons(*[8] * 13)),
        ),
        ("Chat not found", lambda bot, chat: bot.send_message(1, "x")),
        ("Message to edit not found", lambda bot, chat: bot.edit_message_reply_markup(chat, 1)),
        ("Message can't be edited", lambda bot, chat: bot.edit_message_reply_markup(chat, 1001)),
        ("Query is too old", lambda bot, chat: bot.answer_callback_query("1")),
        ("Wrong file_id", lambda bot, chat: bot.get_file("x")),
        ("Bot_command_invalid", lambda bot, chat: bot.set_my_commands([("Lapor", "x")])),
        ("Secret token contains", lambda bot, chat: bot.set_webhook("https://x", secret_token="a b")),
    ],
)
async def test_what_telegram_refuses_is_refused(
    bot: Bot, siti: Citizen, description: str, refused: Refusal
) -> None:
    with pytest.raises(errors.BadRequest, match=description):
        await refused(bot, siti.chat.chat_id)
    assert siti.texts == []


async def test_limits_are_reached_and_not_passed(bot: Bot, siti: Citizen) -> None:
    await bot.send_message(siti.chat.chat_id, "<b>" + "x" * 4096 + "</b>", "HTML")
    await bot.send_message(siti.chat.chat_id, "x", reply_markup=buttons(*[8] * 12, 4, data="y" * 64))
    await bot.send_photo(siti.chat.chat_id, b"content", "y" * 1024)
    assert len(siti.buttons) == 100
    assert siti.chat.messages[-1].photo == b"content"


async def test_location_is_asked_for_in_private_chats_only(
    server: TelegramServer, bot: Bot, siti: Citizen
) -> None:
    ask = ReplyKeyboardMarkup([[KeyboardButton("Lokasi", request_location=True)]])
    await bot.send_message(siti.chat.chat_id, "x", reply_markup=ask)
    assert siti.chat.keyboard[0][0]["request_location"] is True
    group = server.group(siti)
    group.add_bot()
    with pytest.raises(errors.BadRequest, match="private chats only"):
        await bot.send_message(group.chat.chat_id, "x", reply_markup=ask)


async def test_nobody_is_written_to_against_their_will(
    server: TelegramServer, bot: Bot, siti: Citizen
) -> None:
    stranger = server.citizen("Budi")
    with pytest.raises(errors.Forbidden, match="can't initiate"):
        await bot.send_message(stranger.chat.chat_id, "x")
    siti.block()
    with pytest.raises(errors.Forbidden, match="blocked"):
        await bot.send_message(siti.chat.chat_id, "x")
    siti.unblock()
    await bot.send_message(siti.chat.chat_id, "x")
    updates = await bot.get_updates(allowed_updates=["my_chat_member"])
    states = [update.my_chat_member.new_chat_member.status for update in updates if update.my_chat_member]
    assert states == ["kicked", "member"]


async def test_buttons_are_retired_once(bot: Bot, siti: Citizen) -> None:
    sent = await bot.send_message(siti.chat.chat_id, "x", reply_markup=buttons(1))
    await bot.edit_message_reply_markup(siti.chat.chat_id, sent.message_id)
    assert siti.buttons == []
    with pytest.raises(errors.BadRequest, match="not modified"):
        await bot.edit_message_reply_markup(siti.chat.chat_id, sent.message_id)


async def test_a_tap_is_answered_once_and_in_time(server: TelegramServer, bot: Bot, siti: Citizen) -> None:
    await bot.send_message(siti.chat.chat_id, "x", reply_markup=buttons(1))
    tap = siti.tap("t")
    await bot.answer_callback_query(tap)
    assert not siti.is_waiting(tap)
    late = siti.tap("t")
    server.time.move(151)
    for query in (tap, late):
        with pytest.raises(errors.BadRequest, match="too old"):
            await bot.answer_callback_query(query)


async def test_a_file_is_fetched_within_its_limits(server: TelegramServer, bot: Bot, siti: Citizen) -> None:
    siti.send_photo(b"picture")
    siti.send_photo(b"", size=(20 << 20) + 1)
    photo, huge = [update.message.photo[1] for update in (await bot.get_updates())[1:] if update.message]
    file = await bot.get_file(photo.file_id)
    assert await file.download_as_bytearray() == b"picture"
    server.time.move(3601)
    with pytest.raises(errors.InvalidToken):
        await file.download_as_bytearray()
    with pytest.raises(errors.BadRequest, match="too big"):
        await bot.get_file(huge.file_id)


async def test_updates_come_again_until_they_are_confirmed(
    server: TelegramServer, bot: Bot, siti: Citizen
) -> None:
    siti.write("dua")
    first = await bot.get_updates()
    assert [update.update_id for update in await bot.get_updates()] == [u.update_id for u in first]
    rest = await bot.get_updates(offset=first[0].update_id + 1)
    assert [update.message.text for update in rest if update.message] == ["dua"]
    assert [u.update_id for u in await bot.get_updates(limit=1, offset=-1)] == [first[-1].update_id]
    assert await bot.get_updates(offset=first[-1].update_id + 1) == ()


async def test_a_poll_waits_for_what_comes(server: TelegramServer, bot: Bot) -> None:
    budi = server.citizen("Budi")
    polling = asyncio.create_task(bot.get_updates(timeout=10))
    await server.until(lambda: server.calls_of("getUpdates"))
    budi.write("halo")
    [update] = await polling
    assert update.message is not None and update.message.text == "halo"


async def test_the_later_of_two_pollers_wins(server: TelegramServer, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=10))
    await server.until(lambda: server.calls_of("getUpdates"))
    async with bot_of(server) as other:
        assert await other.get_updates() == ()
    with pytest.raises(errors.Conflict, match="other getUpdates"):
        await first


async def test_polling_and_webhook_exclude_each_other(server: TelegramServer, bot: Bot) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=10))
    await server.until(lambda: server.calls_of("getUpdates"))
    await bot.set_webhook("http://127.0.0.1:1/hook")
    with pytest.raises(errors.Conflict, match="setWebhook"):
        await waiting
    with pytest.raises(errors.Conflict, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_what_nobody_asked_for_does_not_come(server: TelegramServer, bot: Bot, siti: Citizen) -> None:
    server.push("message_reaction", {})
    await bot.get_updates(allowed_updates=["message"])
    siti.edit(siti.write("halo"), text="hai")
    kinds = [update.to_dict().keys() for update in await bot.get_updates()]
    assert all("message" in kind for kind in kinds) and len(kinds) == 2


async def test_updates_grow_old(server: TelegramServer, bot: Bot, siti: Citizen) -> None:
    siti.tap_data("x")
    server.time.move(151)
    assert [update.callback_query for update in await bot.get_updates()] == [None]
    server.time.move(24 * 3600)
    assert await bot.get_updates() == ()


async def test_a_real_server_takes_only_https_webhooks(server: TelegramServer, bot: Bot) -> None:
    server.methods.local = False
    for url in ("http://aduan.example", "https://aduan.example:8080"):
        with pytest.raises(errors.BadRequest, match="Bad webhook"):
            await bot.set_webhook(url)
    await bot.set_webhook("https://aduan.example:8443/hook")
    assert (await bot.get_webhook_info()).url == "https://aduan.example:8443/hook"


async def test_the_webhook_gets_each_update_with_the_secret(
    server: TelegramServer, bot: Bot, siti: Citizen
) -> None:
    async with hooked(server, bot) as hook:
        siti.write("dua")
        await server.until(lambda: len(server.webhooks.deliveries) == 2)
        assert [update["message"]["text"] for update in hook.got] == ["/start", "dua"]
        assert (await bot.get_webhook_info()).pending_update_count == 0


async def test_a_refused_update_holds_back_its_chat_and_no_other(
    server: TelegramServer, bot: Bot, siti: Citizen
) -> None:
    budi = server.citizen("Budi")
    async with hooked(server, bot) as hook:
        await server.until(lambda: not server.updates.waiting)
        hook.got.clear()
        hook.statuses = [500, 500]
        siti.write("satu")
        await server.until(lambda: server.webhooks.deliveries[-1].status == 500)
        budi.write("lain")
        siti.write("dua")
        await server.until(lambda: not server.updates.waiting)
        info = await bot.get_webhook_info()
    said = [update["message"]["text"] for update in hook.got]
    assert said.count("satu") == 3 and said.index("dua") > 2 and "lain" in said
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"


async def test_a_refused_update_is_given_up_after_a_day(
    server: TelegramServer, bot: Bot, siti: Citizen
) -> None:
    async with hooked(server, bot) as hook:
        await server.until(lambda: not server.updates.waiting)
        hook.statuses = [500] * 10_000
        siti.write("satu")
        await server.until(lambda: server.webhooks.deliveries[-1].status == 500)
        server.time.move(25 * 3600)
        siti.write("dua")
        await server.until(lambda: hook.got[-1]["message"]["text"] == "dua")
        hook.statuses.clear()
        await server.until(lambda: not server.updates.waiting)
    thanked = [try_.update.body["text"] for try_ in server.webhooks.deliveries if try_.status == 200]
    assert thanked == ["/start", "dua"]


async def test_a_lost_answer_makes_a_redelivery(server: TelegramServer, bot: Bot, siti: Citizen) -> None:
    server.webhooks.lose_answers = 1
    async with hooked(server, bot) as hook:
        await server.until(lambda: not server.updates.waiting)
        assert len(hook.ids) == 2 and len(set(hook.ids)) == 1
        assert await server.webhooks.redeliver(server.updates.sent[0]) == 200
        assert hook.ids[-1] == hook.ids[0]


async def test_a_tap_may_overtake_a_message(server: TelegramServer, bot: Bot, siti: Citizen) -> None:
    async with hooked(server, bot) as hook:
        await server.until(lambda: not server.updates.waiting)
        server.webhooks.pause()
        siti.write("dulu")
        siti.tap_data("x")
        await server.webhooks.resume(first="callback_query")
        await server.until(lambda: not server.updates.waiting)
        assert "callback_query" in hook.got[1] and hook.ids[1] > hook.ids[2]


async def test_an_update_can_get_lost(server: TelegramServer, bot: Bot, siti: Citizen) -> None:
    server.updates.drop_next = 1
    siti.write("hilang")
    siti.write("ada")
    said = [update.message.text for update in await bot.get_updates() if update.message]
    assert said == ["/start", "ada"]


async def test_a_wrong_token_is_refused(server: TelegramServer) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        assert (await http.post(f"{server.url}/bot1:wrong/getMe")).status_code == 401
        assert (await http.post(f"{server.url}/bot{server.token}/getNothing")).status_code == 404


@pytest.mark.parametrize(
    ("fault", "expected", "performed"),
    [
        (faults.flood(7), errors.RetryAfter, False),
        (faults.blocked(), errors.Forbidden, False),
        (faults.error(400, "Bad Request: chat not found"), errors.BadRequest, False),
        (faults.bad_gateway(), errors.NetworkError, False),
        (faults.cut(after=False), errors.NetworkError, False),
        (faults.cut(after=True), errors.NetworkError, True),
        (faults.garbage(), errors.TelegramError, True),
    ],
)
async def test_faults_meet_the_next_call_only(
    server: TelegramServer,
    bot: Bot,
    siti: Citizen,
    monkeypatch: pytest.MonkeyPatch,
    fault: Any,
    expected: type[Exception],
    performed: bool,
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    server.fail("sendMessage", fault)
    with pytest.raises(expected):
        await bot.send_message(siti.chat.chat_id, "satu")
    assert siti.texts == ["satu"] * performed
    await bot.send_message(siti.chat.chat_id, "dua")
    assert siti.texts[-1] == "dua"
    assert len(server.calls_of("sendMessage")) == 2


async def test_a_slow_call_takes_effect_before_it_is_answered(
    server: TelegramServer, bot: Bot, siti: Citizen
) -> None:
    server.fail("sendMessage", faults.slow())
    with pytest.raises(errors.TimedOut):
        await bot.send_message(siti.chat.chat_id, "satu", read_timeout=0.01)
    assert siti.texts == ["satu"]


async def test_a_stopped_server_is_not_reached(server: TelegramServer, bot: Bot, siti: Citizen) -> None:
    await server.stop()
    with pytest.raises(errors.NetworkError, match="ConnectError|ReadError|WriteError"):
        await bot.send_message(siti.chat.chat_id, "satu")
    await server.start()
    await bot.send_message(siti.chat.chat_id, "dua")
    assert siti.texts == ["dua"]


async def test_parameters_are_read_as_the_library_sends_them(
    server: TelegramServer, bot: Bot, siti: Citizen
) -> None:
    await bot.send_photo(siti.chat.chat_id, b"content", "x", reply_markup=buttons(1))
    given = server.calls_of("sendPhoto")[0].given
    assert given["photo"] == b"content"
    assert json.loads(buttons(1).to_json()) == given["reply_markup"]


async def test_places_are_sent_and_texts_edited(bot: Bot, siti: Citizen) -> None:
    place = await bot.send_location(siti.chat.chat_id, -6.2, 106.8)
    assert place.location is not None and place.location.latitude == -6.2
    sent = await bot.send_message(siti.chat.chat_id, "satu")
    await bot.edit_message_text("<i>dua</i>", siti.chat.chat_id, sent.message_id, parse_mode="HTML")
    assert siti.texts[-1] == "dua"
    with pytest.raises(errors.BadRequest, match="not modified"):
        await bot.edit_message_text("dua", siti.chat.chat_id, sent.message_id)


async def test_the_menu_is_kept(bot: Bot) -> None:
    await bot.set_my_commands([("lapor", "Buat laporan")])
    assert [command.command for command in await bot.get_my_commands()] == ["lapor"]


async def test_a_retry_after_of_the_webhook_is_obeyed(
    server: TelegramServer, bot: Bot, siti: Citizen
) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    server.time.sleep = sleep  # type: ignore[method-assign]
    async with hooked(server, bot) as hook:
        hook.statuses = [503, 503, 503, 503, 503]
        hook.headers = {"Retry-After": "99999"}
        siti.write("satu")
        await server.until(lambda: not server.updates.waiting)
    assert waited[0] == 3600


async def test_retries_wait_ever_longer(server: TelegramServer, bot: Bot, siti: Citizen) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    server.time.sleep = sleep  # type: ignore[method-assign]
    async with hooked(server, bot) as hook:
        hook.statuses = [500] * 9
        await server.until(lambda: not server.updates.waiting)
    assert waited[:6] == [0, 2, 4, 8, 16, 32] and all(60 <= seconds <= 120 for seconds in waited[6:])
