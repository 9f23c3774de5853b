"""The webhook over HTTP: only Telegram comes in, and it is thanked for what is on disk and for nothing else."""

import logging
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from gateway.app import Gateway
from gateway.settings import Settings
from tests.gateway.conftest import CrmNews
from tests.gateway.rasa_stand_in import StandIn
from tests.gateway.telegram.conftest import WEBHOOK_SECRET, connected, serve
from tests.gateway.telegram.updates import message
from tests.servers import telegram_faults as faults
from tests.servers.telegram_server import TelegramServer

HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
async def running(settings: Settings, crm: CrmNews, server: TelegramServer) -> AsyncIterator[Gateway]:
    async with serve(connected(settings, server), crm) as gateway:
        yield gateway


@pytest.fixture
async def http(running: Gateway) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=running.settings.public_url, trust_env=False) as http:
        yield http


async def post(http: httpx.AsyncClient, content: Any, secret: str | bytes | None = WEBHOOK_SECRET) -> int:
    headers = {} if secret is None else {HEADER: secret}
    body = {"content": content} if isinstance(content, bytes) else {"json": content}
    return (await http.post("/telegram/webhook", headers=headers, **body)).status_code


@pytest.mark.parametrize(
    ("secret", "status"),
    [(None, 401), ("", 403), ("wrong", 403), (WEBHOOK_SECRET.upper(), 403), ("kr\u00e4he".encode(), 403)],
)
async def test_only_telegram_comes_in(
    http: httpx.AsyncClient, rasa: StandIn, secret: str | bytes | None, status: int
) -> None:
    assert await post(http, message(text="halo"), secret) == status
    assert await post(http, b"{", secret) == status
    assert await post(http, message(message_id=42, text="sah")) == 200
    assert (await http.get("/telegram/webhook")).status_code == 405


async def test_whatever_is_malformed_is_thanked_for_and_noted_without_its_content(
    http: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    bodies = [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"7", b"null", {}, [message(text="rahasia")]]
    with caplog.at_level(logging.DEBUG, logger="gateway"):
        for body in bodies:
            assert await post(http, body) == 200
        assert await post(http, message(location={"latitude": "rahasia"})) == 200
    assert caplog.text.count("malformed") + caplog.text.count("no JSON") == 9
    assert "rahasia" not in caplog.text


async def test_the_answer_of_the_webhook_calls_no_method(http: httpx.AsyncClient) -> None:
    response = await http.post(
        "/telegram/webhook", headers={HEADER: WEBHOOK_SECRET}, json=message(text="halo")
    )
    assert (response.status_code, response.content) == (200, b"")


async def test_a_store_that_fails_makes_telegram_bring_it_again(
    running: Gateway, server: TelegramServer, rasa: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    siti = server.citizen("Siti")
    await server.until(lambda: server.webhooks.url)
    write = running.store.write
    failing = [True] * 3

    async def fail(work: Any, *args: Any, **kwargs: Any) -> Any:
        if failing:
            failing.pop()
            raise OSError("disk full")
        return await write(work, *args, **kwargs)

    monkeypatch.setattr(running.store, "write", fail)
    siti.write("halo")
    await server.until(lambda: siti.texts)
    assert siti.texts == ["echo: halo"] and rasa.texts == ["halo"]
    assert 500 in [delivery.status for delivery in server.webhooks.deliveries]


async def test_the_webhook_and_the_menu_are_set_up_however_long_it_takes(
    settings: Settings, crm: CrmNews, server: TelegramServer
) -> None:
    server.fail("setWebhook", faults.bad_gateway())
    async with serve(connected(settings, server), crm) as gateway:
        await server.until(lambda: server.webhooks.url)
        assert server.webhooks.url == gateway.settings.public_url + "/telegram/webhook"
        assert server.webhooks.secret == WEBHOOK_SECRET
        assert server.updates.allowed == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert len(server.calls_of("setWebhook")) == 2


async def test_without_a_secret_there_is_no_route(
    settings: Settings, crm: CrmNews, server: TelegramServer
) -> None:
    async with serve(connected(settings, server, polling=True), crm) as gateway:
        async with httpx.AsyncClient(base_url=gateway.settings.public_url, trust_env=False) as http:
            assert await post(http, message(text="halo")) == 404
