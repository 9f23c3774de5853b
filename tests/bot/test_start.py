"""What a start refuses, and what it takes: ``rasa run`` with the repository's own files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.bot.conftest import Conversation, RasaServer, wait_for_the_port

MEGABYTE = 1024 * 1024
MEMORY_LIMIT = 650


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"ADUAN_GATEWAY_SECRET": ""}, "ADUAN_GATEWAY_SECRET"),
        ({"RASA_TELEMETRY_ENABLED": "true"}, "RASA_TELEMETRY_ENABLED"),
        ({"SANIC_WORKERS": "2"}, "SANIC_WORKERS"),
    ],
)
def test_a_start_without_what_it_needs_says_so_and_ends(
    start_rasa: Callable[..., Any], settings: dict[str, str], reason: str
) -> None:
    with start_rasa(wait=False, **settings) as server:
        assert server.process.wait(timeout=90) != 0
        assert reason in server.log.read_text()


def test_a_server_without_a_loadable_model_is_not_healthy(
    start_rasa: Callable[..., Any], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(b"no archive")
    with start_rasa(wait=False, model=broken) as server:
        wait_for_the_port(server)
        assert server.call("GET", "/health").status_code == 503
        assert Conversation(server).send("halo").status_code == 503


def test_only_the_channel_answers(rasa_server: RasaServer) -> None:
    for path in ("/../rest/webhook", "/../../model/parse", "/../../conversations/x/tracker"):
        assert rasa_server.call("POST", path, json={"sender": "x", "message": "halo"}).status_code == 404


def test_the_server_needs_little_memory(rasa_server: RasaServer) -> None:
    status = Path(f"/proc/{rasa_server.process.pid}/status")
    if not status.exists():
        pytest.skip("no /proc on this system")
    resident = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    assert int(resident.split()[1]) * 1024 / MEGABYTE < MEMORY_LIMIT
