"""The supervisor against real processes: start, death, restart, stop without leftovers."""

import asyncio
import os
import socket
import sys
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from ops.supervisor import Program, ProgramFailedError, Supervisor

SERVER = """
import http.server, os, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
with open(sys.argv[2], "a") as pids:
    print(os.getpid(), child.pid, file=pids)
print("WARNING listening", flush=True)
handler = http.server.SimpleHTTPRequestHandler
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), handler).serve_forever()
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def server(tmp_path: Path, name: str) -> Program:
    port = free_port()
    command = [sys.executable, "-c", SERVER, str(port), str(tmp_path / f"{name}.pids")]
    return Program(name, command, dict(os.environ), f"http://127.0.0.1:{port}/")


def supervisor_of(tmp_path: Path, *programs: Program) -> Supervisor:
    return Supervisor(programs, tmp_path / "log", Console(file=StringIO(), width=200))


def said(supervisor: Supervisor) -> str:
    assert isinstance(supervisor.console.file, StringIO)
    return supervisor.console.file.getvalue()


def pids(tmp_path: Path, name: str) -> list[int]:
    return [int(pid) for pid in (tmp_path / f"{name}.pids").read_text().split()]


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


async def all_end(processes: list[int]) -> None:
    """Return once none of ``processes`` runs; a killed one needs a moment to be gone."""
    async with asyncio.timeout(10):
        while any(is_running(pid) for pid in processes):
            await asyncio.sleep(0.01)


async def started(supervisor: Supervisor) -> "asyncio.Task[None]":
    """Give the running supervisor once everything is healthy; its own failure is raised here."""
    ready = asyncio.Event()
    task = asyncio.create_task(supervisor.run(ready.set))
    waiting = asyncio.create_task(ready.wait())
    await asyncio.wait([task, waiting], return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        waiting.cancel()
        await task
    return task


async def test_stopping_leaves_no_process_behind_children_of_children_included(tmp_path: Path) -> None:
    supervisor = supervisor_of(tmp_path, server(tmp_path, "one"), server(tmp_path, "two"))
    task = await started(supervisor)
    everything = pids(tmp_path, "one") + pids(tmp_path, "two")
    assert len(everything) == 4
    assert all(is_running(pid) for pid in everything)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await all_end(everything)


async def test_output_goes_to_a_log_of_its_own_and_warnings_to_the_console(tmp_path: Path) -> None:
    supervisor = supervisor_of(tmp_path, server(tmp_path, "one"))
    task = await started(supervisor)
    task.cancel()
    await asyncio.wait([task])
    assert "WARNING listening" in (tmp_path / "log" / "one.log").read_text()
    assert "one │ WARNING listening" in said(supervisor)


async def test_a_program_that_cannot_start_ends_all_and_shows_why(tmp_path: Path) -> None:
    broken = Program(
        "broken",
        [sys.executable, "-c", "raise SystemExit('no key')"],
        dict(os.environ),
        "http://127.0.0.1:9/",
    )
    supervisor = supervisor_of(tmp_path, server(tmp_path, "one"), broken)
    with pytest.raises(ProgramFailedError, match="broken stopped with code 1"):
        await started(supervisor)
    assert "no key" in said(supervisor)
    if (tmp_path / "one.pids").exists():
        await all_end(pids(tmp_path, "one"))


async def test_a_program_that_dies_later_is_started_again(tmp_path: Path) -> None:
    supervisor = supervisor_of(tmp_path, server(tmp_path, "one"))
    task = await started(supervisor)
    first = pids(tmp_path, "one")
    os.kill(first[0], 9)
    async with asyncio.timeout(60):
        while len(pids(tmp_path, "one")) < 4:
            await asyncio.sleep(0.05)
    await all_end(first)
    assert "one died (code -9)" in said(supervisor)
    task.cancel()
    await asyncio.wait([task])
    await all_end(pids(tmp_path, "one"))
