"""The real Rasa server of the dialogue tests: the current model, started as ``ops.run`` starts it.

Made once a session by ``conftest``. ``ADUAN_TEST_MODEL`` names a model file to use instead of the one for the
current inputs, which is trained when there is none.
"""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
from rich.console import Console

from ops.run import programs
from ops.settings import ROOT, Settings, load
from ops.supervisor import Program
from ops.train import ensure_model

START_SECONDS = 120


@contextmanager
def running_rasa(var: Path, actions_url: str) -> Iterator[Settings]:
    """Run Rasa with its tracker store under ``var`` until the block ends."""
    given = os.environ.get("ADUAN_TEST_MODEL")
    model = Path(given) if given else ensure_model(Console(stderr=True))
    settings = load(
        environment={
            **os.environ,
            "ADUAN_VAR": str(var),
            "ADUAN_RASA_PORT": str(free_port()),
            "ADUAN_ACTIONS_URL": actions_url,
            "TRACKER_DATABASE_URL": f"sqlite:///{var}/tracker.db",
        }
    )
    rasa = next(program for program in programs(settings, model) if program.name == "rasa")
    log = var / "rasa.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            rasa.command, env=dict(rasa.environment), cwd=ROOT, stdout=output, stderr=output
        )
    try:
        _wait_until_healthy(rasa, process, log)
        yield settings
    finally:
        process.terminate()
        process.wait(timeout=20)


def free_port() -> int:
    """Give a port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_healthy(rasa: Program, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if requests.get(rasa.health_url, headers=dict(rasa.health_headers), timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise AssertionError(f"Rasa did not become healthy:\n{log.read_text()}")
