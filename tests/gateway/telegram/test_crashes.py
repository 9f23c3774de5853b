"""A gateway that is killed, and a Telegram of which nobody knows what it got: nothing is lost, little said twice."""

import asyncio
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gateway.app import Gateway
from gateway.messages import InboundMessage
from gateway.settings import Settings
from tests.gateway.conftest import NEWS_STATUSES, Clock, CrmNews
from tests.gateway.rasa_stand_in import StandIn
from tests.gateway.telegram.conftest import connected
from tests.servers import telegram_faults as faults
from tests.servers.telegram_citizen import Citizen
from tests.servers.telegram_server import TelegramServer

PROCESS = Path(__file__).with_name("process.py")
PATIENCE_SECONDS = 60


class Process:
    """A gateway process that can be killed and started again on the same port and database."""

    def __init__(self, settings: Settings, server: TelegramServer) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        about = [str(port), str(settings.var), settings.rasa_url, str(settings.domain)]
        self._command = [sys.executable, str(PROCESS), *about, server.token, server.url]

    def start(self) -> None:
        self._running = subprocess.Popen(self._command)

    def kill(self) -> None:
        self._running.send_signal(signal.SIGKILL)
        self._running.wait()


async def test_messages_survive_kill_9(
    settings: Settings, rasa: StandIn, server: TelegramServer, siti: Citizen
) -> None:
    process = Process(settings, server)
    said = [f"pesan {number}" for number in range(12)]
    process.start()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            for number, words in enumerate(said):
                siti.write(words)
                if number in (3, 7):
                    while len(siti.texts) < number - 1:
                        await server.changes.next.wait()
                    process.kill()
                    process.start()
            while not any(said[-1] in text for text in siti.texts):
                await server.changes.next.wait()
    finally:
        process.kill()
    assert rasa.texts == said
    heard = [text.removeprefix("mungkin dua kali\n") for text in siti.texts]
    assert list(dict.fromkeys(heard)) == [f"echo: {words}" for words in said]
    assert len(heard) <= len(said) + 2


@pytest.fixture
async def still(
    settings: Settings, crm: CrmNews, clock: Clock, server: TelegramServer
) -> AsyncIterator[Gateway]:
    """A gateway that does nothing by itself."""
    gateway = Gateway(connected(settings, server), crm, NEWS_STATUSES, clock)
    await gateway.open()
    yield gateway
    await gateway.close()


async def keep(gateway: Gateway, citizen: Citizen, words: str) -> None:
    citizen.chat.started = True
    platform_id = str(citizen.chat.chat_id).encode()
    conversation_id = await gateway.addresses.conversation("telegram", [platform_id])
    await gateway.keep(InboundMessage("telegram", conversation_id, words, words))


@pytest.mark.parametrize("arrived", [True, False])
async def test_what_may_have_arrived_is_said_again_and_says_so(
    still: Gateway, server: TelegramServer, siti: Citizen, clock: Clock, arrived: bool
) -> None:
    server.fail("sendMessage", faults.cut(after=arrived))
    await keep(still, siti, "satu")
    await keep(still, siti, "dua")
    await still.settle()
    assert siti.texts == ["echo: satu"] * arrived
    clock.move(seconds=31)
    await still.settle()
    assert siti.texts[-2:] == ["mungkin dua kali\necho: satu", "echo: dua"]


async def test_a_refused_token_stops_the_channel_and_keeps_everything(
    still: Gateway, server: TelegramServer, siti: Citizen, clock: Clock
) -> None:
    server.fail("sendMessage", faults.error(401, "Unauthorized", times=2))
    await keep(still, siti, "satu")
    await keep(still, server.citizen("Budi"), "dua")
    await still.settle()
    assert still.channel_health() == {"telegram": False}
    assert len(server.calls_of("sendMessage")) <= 2
    for _ in range(3):
        clock.move(minutes=11)
        await still.settle()
    assert siti.texts == ["echo: satu"] and still.channel_health() == {"telegram": True}
