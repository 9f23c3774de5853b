"""The gateway's process is killed in the middle of everything: WhatsApp delivers again, nothing is lost."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from functools import partial
from pathlib import Path

import httpx
import pytest

from gateway.settings import Settings
from tests.gateway.browser import until
from tests.gateway.rasa_stand_in import StandIn
from tests.gateway.whatsapp.bodies import NUMBER
from tests.servers.whatsapp_citizen import Citizen
from tests.servers.whatsapp_server import WhatsAppServer

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PROCESS = Path(__file__).with_name("process.py")
PATIENCE_SECONDS = 120


class Process:
    """A gateway process that can be killed and started again on the same port and database."""

    def __init__(self, settings: Settings, meta: WhatsAppServer) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self._arguments = [str(port), str(settings.var), settings.rasa_url, str(settings.domain)]
        self._environment = {
            **os.environ,
            "WHATSAPP_TOKEN": meta.platform.token,
            "WHATSAPP_PHONE_NUMBER_ID": NUMBER,
            "WHATSAPP_APP_SECRET": meta.platform.app_secret,
            "WHATSAPP_VERIFY_TOKEN": "verify-me",
            "WHATSAPP_API_URL": meta.url,
        }

    async def start(self) -> None:
        command = [sys.executable, str(PROCESS), *self._arguments]
        self._running = subprocess.Popen(command, env=self._environment)
        async with httpx.AsyncClient(trust_env=False) as http:
            while True:
                assert self._running.poll() is None, "the gateway did not start"
                try:
                    await http.get(f"{self.url}/healthz")
                    return
                except httpx.TransportError:
                    await asyncio.sleep(0.05)

    def kill(self) -> None:
        self._running.send_signal(signal.SIGKILL)
        self._running.wait()


def has_executed(rasa: StandIn, count: int) -> bool:
    return len(rasa.executed) >= count


def distinct(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def has_heard_all(citizen: Citizen, count: int) -> bool:
    return len(distinct(citizen.texts)) == count


async def test_messages_survive_kill_9_in_the_middle_of_everything(
    settings: Settings, rasa: StandIn, meta: WhatsAppServer, siti: Citizen
) -> None:
    process = Process(settings, meta)
    meta.webhooks.url = f"{process.url}/whatsapp/webhook"
    meta.webhooks.start()
    budi = meta.citizen(user_id="ID.BUDI1", hides_phone=True)
    said = [f"pesan {number}" for number in range(18)]
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await process.start()
            for killed_after, begin, end in ((5, 0, 4), (13, 4, 9), (25, 9, 14)):
                write_all((siti, budi), said[begin:end])
                await until(partial(has_executed, rasa, killed_after))
                process.kill()
                await process.start()
            write_all((siti, budi), said[14:])
            for citizen in (siti, budi):
                await until(partial(has_heard_all, citizen, len(said)))
    finally:
        process.kill()
    orders = [[turn.request["text"] for turn in turns] for turns in rasa.turns.values()]
    assert [sorted(order) for order in orders] == [sorted(said)] * 2
    heard = [[text.removeprefix("echo: ") for text in distinct(citizen.texts)] for citizen in (siti, budi)]
    assert sorted(heard) == sorted(orders)


def write_all(citizens: tuple[Citizen, ...], said: list[str]) -> None:
    for words in said:
        for citizen in citizens:
            citizen.write(words)
