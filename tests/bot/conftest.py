"""A tiny assistant, a real Rasa server with our channel, and a real action server, each talked to over HTTP.

``rasa_server`` (one for the session) and ``gateway`` (a conversation of its own per test) are what most tests
use; ``start_rasa`` starts further servers with other settings. Nothing of Rasa runs inside the test process
but training.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import requests

from tests.bot.action_server import ActionServer

ROOT = Path(__file__).parents[2]
ASSISTANT = Path(__file__).parent / "assistant"
SECRET = "a-secret-of-the-tests"
START_SECONDS = 90


class RasaServer:
    """A running ``rasa run`` with the repository's own credentials and endpoints files."""

    def __init__(self, port: int, process: subprocess.Popen[bytes], log: Path, database_url: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.process = process
        self.log = log
        self.database_url = database_url

    def call(self, method: str, path: str, *, bearer: str = SECRET, **arguments: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {bearer}"}
        url = f"{self.url}/webhooks/gateway{path}"
        return requests.request(method, url, headers=headers, timeout=60, **arguments)


class Conversation:
    """The gateway's side of one conversation."""

    def __init__(self, server: RasaServer) -> None:
        self.server = server
        self.id = f"percakapan-{uuid4()}"

    def send(self, text: str = "", *, message_id: str | None = None, **fields: Any) -> requests.Response:
        body = {
            "conversation_id": self.id,
            "message_id": message_id or str(uuid4()),
            "channel": "web",
            "text": text,
        }
        return self.server.call("POST", "/messages", json={**body, **fields})

    def says(self, text: str, **fields: Any) -> list[str]:
        response = self.send(text, **fields)
        assert response.status_code == 200, response.text
        return [message["text"] for message in response.json()["messages"]]

    def forget(self, scope: str, **fields: Any) -> requests.Response:
        body = {"conversation_id": self.id, "scope": scope, **fields}
        return self.server.call("POST", "/forget", json=body)


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Train the tiny assistant of ``assistant/`` once."""
    out = tmp_path_factory.mktemp("models")
    command = [sys.executable, "-m", "rasa", "train", "--out", str(out), "--fixed-model-name", "tiny"]
    for option, file in (("--config", "config"), ("--domain", "domain")):
        command += [option, str(ASSISTANT / f"{file}.yml")]
    command += ["--data", str(ASSISTANT / "nlu.yml"), str(ASSISTANT / "rules.yml")]
    run = subprocess.run(
        command,
        env=environment(RASA_MAX_CACHE_SIZE="0"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return out / "tiny.tar.gz"


@pytest.fixture(scope="session")
def action_server() -> Iterator[ActionServer]:
    with ActionServer() as server:
        yield server


@pytest.fixture(scope="session")
def start_rasa(
    model: Path, action_server: ActionServer, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Any]:
    """Give a context manager that runs a Rasa server; keywords are settings that differ."""

    @contextmanager
    def start(wait: bool = True, model: Path = model, **settings: str) -> Iterator[RasaServer]:
        folder = tmp_path_factory.mktemp("rasa")
        port = free_port()
        env = environment(
            ADUAN_GATEWAY_SECRET=SECRET,
            ADUAN_ACTIONS_URL=action_server.url,
            TRACKER_DATABASE_URL=f"sqlite:///{folder}/tracker.db",
        )
        env.update(settings)
        command = [sys.executable, "-m", "rasa", "run", "-i", "127.0.0.1", "-p", str(port), "-m", str(model)]
        command += ["--credentials", "credentials.yml", "--endpoints", "endpoints.yml"]
        log = folder / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=output, stderr=output)
        server = RasaServer(port, process, log, env["TRACKER_DATABASE_URL"])
        try:
            if wait:
                wait_until_healthy(server)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=20)

    return start


@pytest.fixture(scope="session")
def rasa_server(start_rasa: Callable[..., Any]) -> Iterator[RasaServer]:
    with start_rasa() as server:
        yield server


@pytest.fixture
def gateway(rasa_server: RasaServer, action_server: ActionServer) -> Conversation:
    action_server.reset()
    return Conversation(rasa_server)


def environment(**settings: str) -> dict[str, str]:
    """Give a child's environment: ours with bytecode kept and Rasa's telemetry off."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**inherited, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", **settings}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until_healthy(server: RasaServer) -> None:
    wait_for_the_port(server)
    health = server.call("GET", "/health")
    assert health.status_code == 200, f"{health.text}\n{server.log.read_text()}"


def wait_for_the_port(server: RasaServer) -> None:
    """Wait until the server answers anything: Rasa opens its port after loading."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            requests.get(server.url, timeout=5)
            return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise AssertionError(f"Rasa did not start:\n{server.log.read_text()}")
