"""Aduan as it really runs: ``python -m ops.run`` with its three processes, on ports and data of its own.

Made by ``conftest``. Linux only: the supervisor's children are looked up in /proc.
"""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import requests

from crm.bootstrap import Crm, open_crm
from crm.settings import Settings as CrmSettings
from gateway.identity import Identity, browser_id
from gateway.settings import read_settings
from ops.settings import CITY_PYTHON, ROOT, load

T = TypeVar("T")

START_SECONDS = 240  # with one training, where nobody has trained the present inputs yet
HEALTHY_SECONDS = 90
STOP_SECONDS = 40
COMMANDS = {"rasa": "rasa run", "actions": "ops.action_server", "web": "-m gateway"}


def until(condition: Callable[[], T], seconds: float, what: str) -> T:
    """Wait until the condition holds and give its value; fail with ``what`` after so many seconds."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.05)
    return value


def free_ports(number: int) -> list[int]:
    """Give ports that nobody listens on, all different."""
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [listener.getsockname()[1] for listener in listeners]
    for listener in listeners:
        listener.close()
    return ports


class System:
    """One running Aduan; data under ``var``, which outlives it."""

    def __init__(self, var: Path, **given: str) -> None:
        self.var = var
        web, rasa, actions = map(str, free_ports(3))
        environment = {
            **os.environ,
            "ADUAN_VAR": str(var),
            "ADUAN_WEB_PORT": web,
            "ADUAN_RASA_PORT": rasa,
            "ADUAN_ACTIONS_PORT": actions,
            **{f"{name}DATABASE_URL": f"sqlite:///{var}/{file}.db" for name, file in DATABASES.items()},
            **given,
        }
        self.settings = load(environment=environment)
        self.url = self.settings.web_url
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def console(self) -> str:
        """All that the supervisor said since it was started last."""
        return (self.var / "console").read_text(encoding="utf-8")

    def launch(self) -> "subprocess.Popen[bytes]":
        """Start the supervisor without waiting for anything."""
        with (self.var / "console").open("wb") as output:
            self.process = subprocess.Popen(
                [CITY_PYTHON, "-m", "ops.run"],
                cwd=ROOT,
                env=dict(self.settings.environment),
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        return self.process

    def start(self) -> None:
        """Start everything and wait until the supervisor says that it is ready; what does not start is stopped."""
        process = self.launch()
        try:
            until(
                lambda: "Aduan is ready" in self.console or process.poll() is not None,
                START_SECONDS,
                "a start",
            )
            assert process.poll() is None, self.console
        except BaseException:
            self.stop()
            raise

    def stop(self) -> int:
        """Press Ctrl-C and give the exit code; kill what does not end (which then fails the caller)."""
        assert self.process
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(STOP_SECONDS)
        finally:
            self.process.kill()
            self.process.wait()

    def part(self, name: str) -> int | None:
        """Give the process id of ``rasa``, ``actions`` or ``web``, None while it does not run."""
        return next((pid for pid in self.descendants() if COMMANDS[name] in command_of(pid)), None)

    def descendants(self) -> list[int]:
        """Give the ids of all processes below the supervisor."""
        assert self.process
        found, unseen = [], [self.process.pid]
        while unseen:
            children = children_of(unseen.pop())
            found += children
            unseen += children
        return found

    def kill(self, name: str) -> None:
        """Kill one part, as a machine out of memory does."""
        pid = until(lambda: self.part(name), HEALTHY_SECONDS, f"{name} runs")
        assert pid
        os.kill(pid, signal.SIGKILL)
        until(lambda: command_of(pid) == "", 10, f"{name} is dead")

    def is_healthy(self) -> bool:
        """Ask the web process whether it, Rasa and the store answer, and the action server too."""
        try:
            addresses = (f"{self.url}/healthz", f"{self.settings.actions_url}/health")
            return all(requests.get(address, timeout=10).ok for address in addresses)
        except requests.RequestException:
            return False

    def recover(self) -> None:
        """Wait until all parts run again."""
        until(self.is_healthy, HEALTHY_SECONDS, f"healthy again; the supervisor said:\n{self.console}")

    def officer(self, *arguments: str) -> str:
        """Run ``python -m crm`` and give what it prints."""
        command = [str(CITY_PYTHON), "-m", "crm", *arguments]
        environment = dict(self.settings.environment)
        run = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
        )
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout

    def crm(self) -> Crm:
        """Open the CRM beside the running processes; the caller closes it."""
        return open_crm(CrmSettings.from_environment(self.settings.environment))

    def conversation_of(self, cookie: str) -> str:
        """Give the pseudonym under which everything knows a browser."""
        key = read_settings(self.settings.environment).identity_key
        return Identity(key).conversation_id("web", browser_id(cookie))


DATABASES = {"": "crm", "GATEWAY_": "gateway", "TRACKER_": "tracker"}


def children_of(pid: int) -> list[int]:
    """Give the children of a process that is perhaps gone."""
    try:
        return [
            int(child)
            for thread in Path(f"/proc/{pid}/task").iterdir()
            for child in (thread / "children").read_text().split()
        ]
    except (FileNotFoundError, ProcessLookupError):
        return []


def command_of(pid: int) -> str:
    """Give the command line of a process; empty for one that is gone or dead."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except (FileNotFoundError, ProcessLookupError):
        return ""
