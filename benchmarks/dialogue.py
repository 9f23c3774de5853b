"""One dialogue, spoken by any number of citizens at once, each turn timed.

Called by benchmarks.turn. Speaks to the running system through ops.webchat_client as a browser does, and to
stock Rasa through its REST channel.
"""

from __future__ import annotations

import queue
import random
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import requests

from ops.webchat_client import WebChatClient

# A complaint with everything but a photo in its first sentence; it ends with a report number and its status.
WORDS = (
    "halo",
    "jalan berlubang depan sekolah di Kelurahan Tebet Barat, tolong rahasiakan ya",
    "lewati",
    "ya, kirim",
    "status laporan saya",
    "terima kasih",
)
ANSWER_SECONDS = 60
# The messages of one answer arrive together; a citizen reads them before writing again.
READING_SECONDS = 0.05


class DialogueError(Exception):
    """The system did not answer, or filed nothing: its times would mean nothing."""


@dataclass(frozen=True)
class Spoken:
    """Seconds of every turn, and everything that was answered."""

    seconds: list[float]
    answers: str


def web_dialogue(url: str) -> Spoken:
    """Speak the dialogue in a new conversation of the web chat; a turn lasts until the first bubble."""
    # Each citizen has an address, as behind a proxy, so that the limits for one address do not apply.
    address = ".".join(["10", *(str(random.randrange(256)) for _ in range(3))])
    client = WebChatClient(url, {"X-Forwarded-For": address})
    client.begin()
    inbox: queue.Queue[str] = queue.Queue()
    threading.Thread(target=listen, args=(client, inbox), daemon=True).start()
    answers = [inbox.get(timeout=ANSWER_SECONDS)]
    seconds = []
    for words in WORDS:
        answers += drain(inbox)
        started = time.perf_counter()
        client.say(words)
        answers.append(wait_for_answer(inbox, words))
        seconds.append(time.perf_counter() - started)
    return Spoken(seconds, "\n".join(answers + drain(inbox)))


def listen(client: WebChatClient, inbox: queue.Queue[str]) -> None:
    """Put the text of every message into ``inbox`` for as long as the server lasts."""
    try:
        for event in client.events():
            if event.name == "message":
                inbox.put(str(event.data["text"]))
    except requests.RequestException:
        return  # the measurement is over and the server stopped


def wait_for_answer(inbox: queue.Queue[str], words: str) -> str:
    """The first bubble of an answer."""
    try:
        return inbox.get(timeout=ANSWER_SECONDS)
    except queue.Empty:
        raise DialogueError(f"No answer to {words!r} within {ANSWER_SECONDS} s.") from None


def drain(inbox: queue.Queue[str]) -> list[str]:
    """All bubbles there are, once none has come for as long as one reads."""
    bubbles = []
    try:
        while True:
            bubbles.append(inbox.get(timeout=READING_SECONDS))
    except queue.Empty:
        return bubbles


def rest_dialogue(url: str) -> Spoken:
    """Speak the dialogue to Rasa's REST channel; a turn lasts as long as the call."""
    sender, answers, seconds = str(uuid.uuid4()), [], []
    with requests.Session() as calls:
        for words in WORDS:
            started = time.perf_counter()
            answer = calls.post(
                f"{url}/webhooks/rest/webhook",
                json={"sender": sender, "message": words},
                timeout=ANSWER_SECONDS,
            )
            seconds.append(time.perf_counter() - started)
            answer.raise_for_status()
            answers += [str(message.get("text", "")) for message in answer.json()]
            time.sleep(READING_SECONDS)
    return Spoken(seconds, "\n".join(answers))


def one_after_another(speak: Callable[[], Spoken], times: int) -> list[Spoken]:
    """One citizen speaks the dialogue ``times`` times."""
    return [speak() for _ in range(times)]


def at_once(speak: Callable[[], Spoken], citizens: int) -> float:
    """Turns a second while ``citizens`` speak the dialogue twice each."""
    with ThreadPoolExecutor(citizens) as pool:
        started = time.perf_counter()
        spoken = [future.result() for future in [pool.submit(speak) for _ in range(2 * citizens)]]
        return sum(len(one.seconds) for one in spoken) / (time.perf_counter() - started)
