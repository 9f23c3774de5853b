"""Whatever step the gateway dies at: each message is handled once, in order; what shall be forgotten is."""

import asyncio
import itertools
import signal
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from crm.domain.status import Status
from gateway.app import Gateway
from gateway.messages import InboundMessage
from gateway.settings import Settings
from tests.gateway.browser import Browser, until
from tests.gateway.conftest import NEWS_STATUSES, Clock, CrmNews, news_of
from tests.gateway.rasa_stand_in import StandIn, says

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PROCESS = Path(__file__).with_name("process.py")


class Crash(Exception):
    """Stands for the end of the process."""


class CrashAt:
    """Lets the n-th step of a gateway be its last, before or after it took effect."""

    def __init__(self, gateway: Gateway, step: int, *, after: bool) -> None:
        self._countdown = itertools.count(step, -1)
        self._after = after
        self.crashed = False
        for part, name in (
            (gateway.store, "write"),
            (gateway.store, "read"),
            (gateway.rasa, "handle"),
            (gateway.rasa, "forget"),
        ):
            setattr(part, name, self._wrap(getattr(part, name)))

    def _wrap(self, call: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def wrapped(*args: Any, **kwargs: Any) -> Any:
            if self.crashed:
                raise Crash
            self.crashed = next(self._countdown) == 0
            if self.crashed and not self._after:
                raise Crash
            result = await call(*args, **kwargs)
            if self.crashed:
                raise Crash
            return result

        return wrapped


def answer(message: dict[str, Any]) -> dict[str, Any]:
    if message["text"] == "kirim":
        return says("nomor dan kode", custom={"forget": "conversation", "secret": True})
    return says(f"echo: {message['text']}", draft_open=True)


async def converse(gateway: Gateway, conversation: str) -> None:
    """What platform and time do; after a crash all of it is done again."""
    for words in ("jalan rusak", "kirim"):
        await gateway.keep(InboundMessage("web", conversation, words, words))
    await gateway.settle()


async def crash_and_recover(settings: Settings, rasa: StandIn, step: int, *, after: bool) -> bool:
    """Run the conversation with a crash at ``step`` and again without; return whether there was one."""
    crm = CrmNews()
    dying = Gateway(settings, crm, NEWS_STATUSES, Clock())
    await dying.open()
    conversation = dying.identity.conversation_id("web", b"siti")
    crm.news.append(news_of(1, conversation, Status.SELESAI))
    crash = CrashAt(dying, step, after=after)
    try:
        await converse(dying, conversation)
    except Crash:
        pass
    revived = Gateway(settings, crm, NEWS_STATUSES, Clock())
    await revived.open()
    await converse(revived, conversation)
    waiting = [row.text for row in await revived.outbox.waiting(conversation)]
    assert sorted(waiting) == ["JK2611240001 selesai.", "nomor dan kode"]
    assert rasa.texts == ["jalan rusak", "kirim"]
    assert rasa.turns[conversation] == []
    await revived.close()
    await dying.rasa.close()
    await dying.store.close()
    return crash.crashed


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_a_crash_at_any_step_ends_in_the_same_state(
    settings: Settings, rasa: StandIn, tmp_path: Path, after: bool
) -> None:
    rasa.answer = answer
    steps = 0
    crashed = True
    while crashed:
        rasa.executed.clear()
        fresh = replace(settings, database_url=f"sqlite:///{tmp_path / f'{steps}.db'}")
        crashed = await crash_and_recover(fresh, rasa, steps, after=after)
        steps += 1
    assert steps > 12, "the crash points were not reached"


class Process:
    """A gateway process that can be killed and started again on the same port and database."""

    def __init__(self, settings: Settings) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._arguments = [str(self.port), str(settings.var), settings.rasa_url, str(settings.domain)]

    async def start(self) -> None:
        self._running = subprocess.Popen([sys.executable, str(PROCESS), *self._arguments])
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


def executed_at_least(rasa: StandIn, count: int) -> bool:
    return len(rasa.executed) >= count


async def send_until_taken(browser: Browser, words: str, message_id: str) -> None:
    """Repeat a message with its id until the server has taken it, as the page does."""
    while True:
        try:
            response = await browser.say(words, message_id)
        except httpx.TransportError:
            await asyncio.sleep(0.02)
            continue
        assert response.status_code == 202
        return


async def test_messages_survive_kill_9_in_the_middle_of_everything(settings: Settings, rasa: StandIn) -> None:
    process = Process(settings)
    await process.start()
    said = [f"pesan {number}" for number in range(24)]
    try:
        async with asyncio.timeout(120), Browser(process.url) as browser:
            await browser.begin()

            async def send_all() -> None:
                for number, words in enumerate(said):
                    await send_until_taken(browser, words, f"00000000-0000-4000-8000-{number:012}")

            sending = asyncio.create_task(send_all())
            for killed_after in (3, 9, 17):
                await until(partial(executed_at_least, rasa, killed_after))
                process.kill()
                await process.start()
            await sending
            async with browser.listen() as events:
                heard: list[str] = []
                while f"echo: {said[-1]}" not in heard:
                    heard.append((await events.message())["text"])
    finally:
        process.kill()
    assert [text for text in rasa.texts if text in said] == said
    assert [text for text in heard if text.startswith("echo")] == [f"echo: {words}" for words in said]
