"""Polling: what is kept is confirmed, what is not comes again, and nothing stops it for good."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from gateway.telegram.api import Api
from gateway.telegram.intake import NotKept
from gateway.telegram.poll import Poller
from gateway.telegram.waiting import LONG_SECONDS, LONGEST_SECONDS, Pause
from tests.gateway.telegram.updates import message
from tests.servers import telegram_faults as faults
from tests.servers.telegram_citizen import Citizen
from tests.servers.telegram_server import TelegramServer


class Kept:
    """Stands for the intake: notes what it gets, and does not keep what it is told not to."""

    def __init__(self, server: TelegramServer) -> None:
        self._server = server
        self.updates: list[Any] = []
        self.refused: set[int] = set()

    async def take(self, update: Any) -> None:
        if isinstance(update, dict) and update.get("update_id") in self.refused:
            raise NotKept
        self.updates.append(update)
        self._server.changes.happened()

    @property
    def words(self) -> list[str]:
        return [update["message"]["text"] for update in self.updates]


class Waits:
    """Waits in no time, up to ``most`` times."""

    def __init__(self, server: TelegramServer) -> None:
        self._server = server
        self.seconds: list[float] = []
        self.most = 1000

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        self._server.changes.happened()
        if len(self.seconds) >= self.most:
            await asyncio.Event().wait()
        await asyncio.sleep(0)


@pytest.fixture
def kept(server: TelegramServer) -> Kept:
    return Kept(server)


@pytest.fixture
def waits(server: TelegramServer) -> Waits:
    return Waits(server)


@pytest.fixture
def poller(api: Api, kept: Kept, waits: Waits) -> Poller:
    return Poller(api, kept, Pause(waits))  # type: ignore[arg-type]


@asynccontextmanager
async def polling(poller: Poller) -> AsyncIterator[None]:
    task = asyncio.create_task(poller.run())
    try:
        yield
    finally:
        assert not task.done(), task
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_what_is_kept_is_confirmed_and_only_that(
    poller: Poller, kept: Kept, server: TelegramServer, siti: Citizen
) -> None:
    for words in ("satu", "dua", "tiga"):
        siti.write(words)
    first, second, third = [update.update_id for update in server.updates.sent]
    kept.refused = {second}
    with pytest.raises(NotKept):
        await poller.fetch()
    assert kept.words == ["satu", "tiga"]
    kept.refused = set()
    await poller.fetch()
    assert kept.words == ["satu", "tiga", "dua", "tiga"]
    assert [call.given.get("offset") for call in server.calls_of("getUpdates")] == [None, str(second)]
    siti.write("empat")
    await poller.fetch()
    assert server.calls_of("getUpdates")[-1].given["offset"] == str(third + 1)


async def test_messages_are_fetched_as_they_come(
    poller: Poller, kept: Kept, server: TelegramServer, siti: Citizen
) -> None:
    async with polling(poller):
        for number in range(3):
            siti.write(f"pesan {number}")
            await server.until(lambda number=number: len(kept.updates) > number)
    assert kept.words == ["pesan 0", "pesan 1", "pesan 2"]


async def test_after_a_restart_what_was_not_confirmed_comes_again(
    api: Api, kept: Kept, waits: Waits, server: TelegramServer, siti: Citizen
) -> None:
    siti.write("satu")
    for _ in range(2):
        await Poller(api, kept, Pause(waits)).fetch()  # type: ignore[arg-type]
    assert kept.words == ["satu", "satu"]


async def test_updates_of_any_form_do_not_stop_it(
    poller: Poller, kept: Kept, server: TelegramServer, siti: Citizen
) -> None:
    for number, wrong in enumerate([{"message": {}}, {"message": 7}, {"poll": {}}, {}], start=800_000_000):
        server.push_raw({"update_id": number, **wrong})
    server.push_raw(message(text="tanpa is_bot", **{"from": {"id": 1}}))
    async with polling(poller):
        await server.until(lambda: len(kept.updates) == 5)
        siti.write("sesudahnya")
        await server.until(lambda: len(kept.updates) == 6)


async def test_updates_without_a_number_make_it_wait_and_not_spin(
    poller: Poller, api: Api, waits: Waits, server: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def odd(*_: Any) -> list[Any]:
        return [{"message": {}}, 7]

    monkeypatch.setattr(api, "updates", odd)
    waits.most = 3
    async with polling(poller):
        await server.until(lambda: len(waits.seconds) == 3)
    assert waits.seconds == [1, 2, 4]


async def test_it_goes_on_after_every_trouble_and_waits_as_asked(
    poller: Poller, kept: Kept, waits: Waits, server: TelegramServer, siti: Citizen
) -> None:
    server.fail(
        "getUpdates",
        faults.flood(45),
        faults.bad_gateway(),
        faults.cut(after=False),
        faults.garbage(),
        faults.error(400, "Bad Request: anything"),
        faults.bad_gateway(),
        faults.error(401, "Unauthorized"),
    )
    siti.write("sesudahnya")
    async with polling(poller):
        await server.until(lambda: kept.words)
        server.fail("getUpdates", faults.bad_gateway())
        siti.write("lagi")
        await server.until(lambda: len(waits.seconds) == 8)
    assert waits.seconds == [45, 2, 4, 8, 16, LONGEST_SECONDS, LONG_SECONDS, 1]


async def test_an_unreachable_telegram_is_waited_for(
    poller: Poller, kept: Kept, waits: Waits, server: TelegramServer, siti: Citizen
) -> None:
    siti.write("halo")
    await server.stop()
    async with polling(poller):
        await server.until(lambda: len(waits.seconds) >= 2)
        await server.start()
        await server.until(lambda: kept.words)


async def test_a_webhook_in_the_way_is_explained_once_and_left_alone(
    poller: Poller, waits: Waits, server: TelegramServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.webhooks.set("https://other.example/hook", None)
    async with polling(poller):
        await server.until(lambda: len(waits.seconds) == 3)
    assert caplog.text.count("A webhook is set for this bot") == 1
    assert "make check-telegram" in caplog.text
    assert server.webhooks.url and not server.calls_of("deleteWebhook")


async def test_a_second_poller_is_explained_and_lived_with(
    poller: Poller,
    api: Api,
    kept: Kept,
    waits: Waits,
    server: TelegramServer,
    siti: Citizen,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with polling(poller):
        await server.until(lambda: server.calls_of("getUpdates"))
        other = Api(server.token, server.url)
        assert await other.updates(None, ("message",), 0) == []
        await other.close()
        await server.until(lambda: waits.seconds)
        siti.write("halo")
        await server.until(lambda: kept.words)
    assert "its token is used twice" in caplog.text


async def test_nothing_of_a_poll_is_logged(
    poller: Poller, waits: Waits, server: TelegramServer, siti: Citizen, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="gateway"), caplog.at_level(logging.INFO):
        siti.write("rahasia saya")
        await poller.fetch()
        await server.stop()
        async with polling(poller):
            await server.until(lambda: waits.seconds)
    assert server.token not in caplog.text and "rahasia" not in caplog.text
