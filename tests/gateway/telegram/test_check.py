"""``python -m gateway.telegram.check`` in every state a bot can be in."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from gateway.app import Gateway
from gateway.commands import MENU
from gateway.settings import Settings, TelegramSettings
from gateway.telegram import check
from gateway.telegram.check import Subject, look
from gateway.telegram.check_webhook import unreachable_reason
from gateway.telegram.setup import menu
from gateway.texts import Response, Texts
from tests.gateway.conftest import CrmNews
from tests.gateway.telegram.conftest import WEBHOOK_SECRET, connected, serve
from tests.servers import telegram_faults as faults
from tests.servers.telegram_citizen import Citizen
from tests.servers.telegram_server import TelegramServer

ROOT = Path(__file__).parents[3]


@pytest.fixture
async def running(settings: Settings, crm: CrmNews, server: TelegramServer) -> AsyncIterator[Gateway]:
    async with serve(connected(settings, server), crm) as gateway:
        await server.until(lambda: server.webhooks.url)
        yield gateway


@pytest.fixture(autouse=True)
def complete_menu(server: TelegramServer) -> None:
    server.world.commands = [{"command": command.name, "description": "x y z"} for command in MENU]


@pytest.fixture
def webhook(running: Gateway, server: TelegramServer) -> Subject:
    return Subject(TelegramSettings(server.token, WEBHOOK_SECRET, server.url), running.settings.public_url)


@pytest.fixture
def polling(server: TelegramServer) -> Subject:
    return Subject(TelegramSettings(server.token, None, server.url), "http://127.0.0.1:8000")


async def wrong(subject: Subject, **options: bool) -> str:
    """Return all that is found to be wrong."""
    return "\n".join([finding.says async for finding in look(subject, **options) if not finding.ok])


async def test_a_webhook_that_works(webhook: Subject) -> None:
    said = [(finding.ok, finding.says) async for finding in look(webhook)]
    assert all(ok for ok, _ in said)
    assert [says for _, says in said][0] == "The token is that of @AduanTestBot."
    assert "The webhook answers, and only with the secret." in [says for _, says in said]


async def test_polling_that_works(polling: Subject) -> None:
    assert await wrong(polling) == ""


async def test_a_wrong_token(polling: Subject) -> None:
    settings = replace(polling.settings, token="1:wrong")
    assert await wrong(replace(polling, settings=settings)) == (
        "Telegram does not accept TELEGRAM_TOKEN. @BotFather shows the right one (/mybots)."
    )


async def test_a_telegram_that_is_not_reached(polling: Subject, server: TelegramServer) -> None:
    await server.stop()
    assert "Telegram cannot be asked (ConnectError)" in await wrong(polling)


async def test_a_telegram_that_is_ill(polling: Subject, server: TelegramServer) -> None:
    server.fail("getWebhookInfo", faults.bad_gateway())
    assert "Telegram cannot be asked (HTTP 502)" in await wrong(polling)


async def test_polling_beside_a_webhook_of_somebody(polling: Subject, server: TelegramServer) -> None:
    server.webhooks.set("https://other.example/hook", None)
    complaint = await wrong(polling)
    assert "a webhook is set, to other.example" in complaint and "--remove-webhook" in complaint
    assert await wrong(polling, remove=True) == ""
    assert server.webhooks.url == ""


async def test_many_updates_waiting(polling: Subject, siti: Citizen) -> None:
    for number in range(101):
        siti.write(f"{number}")
    assert "101 updates wait" in await wrong(polling)


async def test_a_menu_that_lacks_something(polling: Subject, server: TelegramServer) -> None:
    server.world.commands = server.world.commands[1:]
    assert await wrong(polling) == "The menu lacks /lapor. It is set when the gateway starts."


async def test_a_webhook_that_is_not_set(webhook: Subject, server: TelegramServer) -> None:
    server.webhooks.set("", None)
    assert await wrong(webhook) == "No webhook is set. It is set when the gateway starts: is it running?"


async def test_a_webhook_elsewhere(webhook: Subject, server: TelegramServer) -> None:
    server.webhooks.set("https://other.example/hook", None)
    assert (await wrong(webhook)).startswith("Telegram calls other.example: ")


async def test_a_webhook_that_is_told_other_things(webhook: Subject, server: TelegramServer) -> None:
    server.updates.allowed = ["message"]
    assert "other kinds of updates" in await wrong(webhook)


async def test_a_gateway_with_another_secret(webhook: Subject) -> None:
    settings = replace(webhook.settings, webhook_secret="another-secret-of-somebody")
    assert "runs with another TELEGRAM_WEBHOOK_SECRET (HTTP 403)" in await wrong(
        replace(webhook, settings=settings)
    )


async def test_a_gateway_that_does_not_run(webhook: Subject) -> None:
    assert "Is the gateway running?" in await wrong(replace(webhook, public_url="http://127.0.0.1:9"))


@pytest.mark.parametrize(
    ("trouble", "advice"),
    [
        ("Wrong response from the webhook: 403 Forbidden", "The secret it uses is another"),
        ("Wrong response from the webhook: 500 Internal Server Error", "could not keep messages"),
        ("SSL error {error:0A000086}", "certificate must be valid"),
        ("Connection timed out", "DNS, firewall"),
        ("Wrong response from the webhook: 502 Bad Gateway", "reverse proxy"),
    ],
)
async def test_the_last_trouble_is_explained_while_it_lasts(
    webhook: Subject, server: TelegramServer, siti: Citizen, trouble: str, advice: str
) -> None:
    server.webhooks.last_error, server.webhooks.last_error_date = trouble, 1795600000
    assert await wrong(webhook) == ""
    server.webhooks.pause()
    siti.write("halo")
    complaint = await wrong(webhook)
    assert f"2026-11-25 09:46 UTC: {trouble}. " in complaint and advice in complaint


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://aduan.example.go.id/telegram/webhook", ""),
        ("https://aduan.example.go.id:8443/telegram/webhook", ""),
        ("http://aduan.example.go.id/", "https"),
        ("https://aduan.example.go.id:8000/", "port"),
        ("https://127.0.0.1/", "this machine"),
        ("https://192.168.1.7:443/", "this machine"),
        ("https://localhost/", "this machine"),
    ],
)
def test_addresses_that_telegram_calls(url: str, reason: str) -> None:
    found = unreachable_reason(url)
    assert (found == "") == (reason == "") and reason in found


async def test_telegram_itself_calls_no_address_of_this_machine(webhook: Subject) -> None:
    assert not check._is_telegrams(webhook)
    settings = replace(webhook.settings, api_url="https://api.telegram.org")
    assert check._is_telegrams(replace(webhook, settings=settings))


def run(**environment: str) -> subprocess.CompletedProcess[str]:
    variables = {"PATH": os.environ["PATH"], **environment}
    command = [sys.executable, "-m", "gateway.telegram.check"]
    return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=60)


def test_without_a_token_it_says_where_to_get_one() -> None:
    done = run()
    assert done.returncode == 1 and "TELEGRAM_TOKEN is not set" in done.stdout


def test_a_secret_that_telegram_does_not_take() -> None:
    done = run(TELEGRAM_TOKEN="1:x", TELEGRAM_WEBHOOK_SECRET="not a secret")
    assert done.returncode == 1 and "TELEGRAM_WEBHOOK_SECRET" in done.stdout


async def test_run_as_a_command_it_tells_all_and_no_secret(server: TelegramServer) -> None:
    done = await asyncio.to_thread(run, TELEGRAM_TOKEN=server.token, TELEGRAM_API_URL=server.url)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ok     The token is that of @AduanTestBot." in done.stdout
    assert server.token not in done.stdout + done.stderr


def test_texts_are_needed_for_the_menu_only() -> None:
    described = Texts({command.description: Response(f"{command.name}!") for command in MENU})
    assert [(entry.command, entry.description) for entry in menu(described)][0] == ("lapor", "lapor!")
    with pytest.raises(KeyError):
        menu(Texts({}))
