"""``python -m gateway`` as the supervisor starts it: refusals at the start, health, a clean stop."""

import base64
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.gateway.rasa_stand_in import SECRET, StandIn

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 30


def environment(var: Path, rasa: StandIn, port: int) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "ADUAN_VAR": str(var),
        "DATABASE_URL": f"sqlite:///{var}/crm.db",
        "ADUAN_WEB_PORT": str(port),
        "ADUAN_RASA_URL": rasa.url,
        "ADUAN_IDENTITY_KEY": base64.b64encode(bytes(64)).decode(),
        "ADUAN_GATEWAY_SECRET": SECRET,
    }


def start(variables: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "gateway"], cwd=ROOT, env=variables, stderr=subprocess.PIPE, text=True
    )


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("missing", ["ADUAN_IDENTITY_KEY", "ADUAN_GATEWAY_SECRET"])
def test_without_a_secret_the_process_ends_and_says_why(
    tmp_path: Path, rasa: StandIn, port: int, missing: str
) -> None:
    variables = environment(tmp_path, rasa, port)
    del variables[missing]
    process = start(variables)
    _, complaint = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 1
    assert complaint.splitlines()[-1].startswith(f"gateway: {missing} is not set")


def test_the_process_serves_with_the_real_domain_and_crm_and_stops_though_a_browser_listens(
    tmp_path: Path, rasa: StandIn, port: int
) -> None:
    process = start(environment(tmp_path, rasa, port))
    transport = httpx.HTTPTransport(retries=12)
    with httpx.Client(
        base_url=f"http://127.0.0.1:{port}", transport=transport, timeout=PATIENCE_SECONDS
    ) as http:
        health = http.get("/healthz")
        assert health.json() == {"web": True, "rasa": True, "store": True}
        assert http.get("/").status_code == 200
        assert http.post("/chat/session").status_code == 201
        with http.stream("GET", "/chat/events") as events:
            assert next(events.iter_lines()).startswith("retry")
            process.send_signal(signal.SIGTERM)
            _, log = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0
    assert "Traceback" not in log and "127.0.0.1" not in log
