"""Keep a set of programs running: start, prefix and rotate their output, wait for health, restart, stop.

Called by ops.run and benchmarks. A program that dies before it was ever healthy ends everything at once (its
last lines say why); one that dies later is started again a few times, with a growing pause. Each program has
a process group of its own, which is killed as a whole, so that nothing is left behind.
"""

from __future__ import annotations

import asyncio
import ctypes
import logging
import os
import re
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from logging.handlers import RotatingFileHandler
from pathlib import Path

import httpx
from rich.console import Console
from rich.text import Text

SECONDS_TO_START = 180.0
SECONDS_TO_STOP = 10.0
# One restart after 1 s, then 2, 4 and 8; a program that ran for a minute is forgiven its past.
RESTARTS = 4
STABLE_SECONDS = 60.0
LOG_BYTES, LOG_FILES = 5_000_000, 3
ALARMING = re.compile(r"\b(WARNING|ERROR|CRITICAL)\b|Traceback")
PR_SET_PDEATHSIG = 1


class ProgramFailedError(Exception):
    """A program could not be kept running; the message names it, its exit code and its log."""


@dataclass(frozen=True)
class Program:
    """What to run, and the address that answers 200 once it truly works."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    health_url: str
    health_headers: Mapping[str, str] = field(default_factory=dict)


class Supervisor:
    """Runs ``programs`` until it is cancelled or one of them cannot be kept running."""

    def __init__(self, programs: Sequence[Program], logs: Path, console: Console, verbose: bool = False):
        self.programs = programs
        self.logs = logs
        self.console = console
        self.verbose = verbose
        self.pids: dict[str, int] = {}
        self.last_lines: dict[str, deque[str]] = {}
        self.was_healthy: set[str] = set()

    async def run(self, on_ready: Callable[[], None]) -> None:
        """Start everything, call ``on_ready`` once all are healthy, and watch; returns only by an exception.

        Raises:
            ProgramFailedError: one program did not start, or died too often. All others are stopped by then.
            asyncio.CancelledError: the caller wants to stop. All programs are stopped by then.
        """
        try:
            async with asyncio.TaskGroup() as group:
                keepers = [group.create_task(self.keep_running(program)) for program in self.programs]
                healthy = [group.create_task(self.wait_until_healthy(program)) for program in self.programs]
                await asyncio.gather(*healthy)
                on_ready()
                await asyncio.gather(*keepers)
        except* ProgramFailedError as failures:
            raise failures.exceptions[0] from None

    async def keep_running(self, program: Program) -> None:
        """Run ``program`` again and again, until it has died too often."""
        deaths = 0
        while True:
            started = time.monotonic()
            code = await self.run_once(program)
            deaths = 1 if time.monotonic() - started > STABLE_SECONDS else deaths + 1
            self.show_last_lines(program)
            log = self.logs / f"{program.name}.log"
            if program.name not in self.was_healthy or deaths > RESTARTS:
                raise ProgramFailedError(f"{program.name} stopped with code {code}. Its log is {log}.")
            pause = 2 ** (deaths - 1)
            self.console.print(f"[red]{program.name} died (code {code})[/], starting it again in {pause} s")
            await asyncio.sleep(pause)

    async def run_once(self, program: Program) -> int:
        """Run ``program`` to its end and give its exit code; when cancelled, stop it first."""
        output, child_end = await open_pipe()
        try:
            process = await asyncio.create_subprocess_exec(
                *program.command,
                env=dict(program.environment),
                stdout=child_end,
                stderr=child_end,
                stdin=asyncio.subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )
        finally:
            os.close(child_end)
        self.pids[program.name] = process.pid
        relaying = asyncio.create_task(self.relay(program, output))
        try:
            return await process.wait()
        finally:
            await stop(process)
            await asyncio.wait([relaying], timeout=1)
            relaying.cancel()

    async def relay(self, program: Program, output: asyncio.StreamReader) -> None:
        """Copy all output to the log, and what is alarming (or everything, when verbose) to the console."""
        recent = self.last_lines.setdefault(program.name, deque(maxlen=15))
        log = open_log(self.logs / f"{program.name}.log", program.name)
        rest = b""
        try:
            while chunk := await output.read(65536):
                *lines, rest = (rest + chunk).split(b"\n")
                for line in (raw.decode("utf-8", "replace") for raw in lines):
                    log.info(line)
                    recent.append(line)
                    if self.verbose or ALARMING.search(line):
                        self.show(program, line)
        finally:
            close_log(log)

    async def wait_until_healthy(self, program: Program) -> None:
        """Return once the health address of ``program`` answers 200."""
        deadline = time.monotonic() + SECONDS_TO_START
        async with httpx.AsyncClient(timeout=5, trust_env=False) as client:
            while time.monotonic() < deadline:
                try:
                    answer = await client.get(program.health_url, headers=dict(program.health_headers))
                    if answer.status_code == httpx.codes.OK:
                        self.was_healthy.add(program.name)
                        return
                except httpx.TransportError:
                    pass  # not listening yet
                await asyncio.sleep(0.2)
        self.show_last_lines(program)
        raise ProgramFailedError(
            f"{program.name} was not healthy within {SECONDS_TO_START:.0f} s ({program.health_url}). "
            f"Its log is {self.logs / program.name}.log."
        )

    def show(self, program: Program, line: str) -> None:
        """One line of a program's output, prefixed by its name."""
        self.console.print(Text(f"{program.name:>8} │ ", style="cyan") + Text.from_ansi(line), soft_wrap=True)

    def show_last_lines(self, program: Program) -> None:
        """The last lines that ``program`` wrote, which mostly say why it died."""
        for line in self.last_lines.get(program.name, ()):
            self.show(program, line)


def open_log(file: Path, name: str) -> logging.Logger:
    """A logger that writes bare lines to ``file`` and keeps a few full ones beside it."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = RotatingFileHandler(file, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8")
    logger = logging.getLogger(f"ops.output.{name}")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(handler)
    return logger


def close_log(logger: logging.Logger) -> None:
    """Close the file of a logger made by ``open_log``."""
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()


async def open_pipe() -> tuple[asyncio.StreamReader, int]:
    """A pipe for a child's output: our end to read from, and the child's end.

    Asyncio's own pipes delay the news of a child's death, in some versions of Python, until everybody who
    inherited the pipe is gone too.
    """
    ours, theirs = os.pipe()
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, os.fdopen(ours, "rb", buffering=0))
    return reader, theirs


async def stop(process: asyncio.subprocess.Process) -> None:
    """End ``process`` kindly, then whatever is left of its group for certain."""
    try:
        if process.returncode is None:
            process.terminate()
            await asyncio.wait_for(process.wait(), SECONDS_TO_STOP)
    except TimeoutError:
        pass  # it had its time; the group is killed below
    finally:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # the whole group ended by itself
    await process.wait()


def end_with_parent() -> None:
    """Have Linux end this child when the supervisor is killed without a chance to stop it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
