"""Start a system, measure it, stop it: the numbers of one column of the table.

Called by benchmarks.turn for Aduan itself and for stock Rasa.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from benchmarks.dialogue import WORDS, Spoken, at_once, one_after_another
from benchmarks.memory import proportional_megabytes
from ops.settings import BOT_PYTHON, ROOT
from ops.supervisor import Program, Supervisor
from ops.train import RASA_ENVIRONMENT, train

DIALOGUES_OF_ONE = 15
CITIZENS = 16


@dataclass(frozen=True)
class Column:
    """What was measured of one system; times in seconds, memory in MB."""

    turns: list[float]
    turns_a_second: float
    parses: list[float]
    memory: dict[str, float]
    ready: float
    training: float
    model_bytes: int
    answers: str


@dataclass(frozen=True)
class Served:
    """What was measured while the processes ran."""

    ready: float
    spoken: list[Spoken]
    turns_a_second: float
    memory: dict[str, float]


def measure_training(root: Path, model: Path, console: Console) -> float:
    """Train ``model`` from ``root`` without any cache and give the seconds it took."""
    started = time.perf_counter()
    train(model, console, root, model.with_suffix(".log"))
    return time.perf_counter() - started


def measure_parsing(model: Path) -> list[float]:
    """Seconds of each parse of the dialogue's texts in a process of the Rasa side."""
    environment = {**os.environ, **RASA_ENVIRONMENT, "PYTHONPATH": str(ROOT)}
    command = [str(BOT_PYTHON), "-m", "benchmarks.nlu", str(model), *WORDS]
    answer = subprocess.run(
        command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
    )
    seconds: list[float] = json.loads(answer.stdout.splitlines()[-1])
    return seconds


async def measure_serving(
    programs: Sequence[Program], logs: Path, console: Console, speak: Callable[[], Spoken]
) -> Served:
    """Run ``programs``, speak the dialogue alone and then with many, look at the memory, and stop them."""
    started = time.perf_counter()
    supervisor = Supervisor(programs, logs, console)
    ready = asyncio.Event()
    running = asyncio.create_task(supervisor.run(ready.set))
    waiting = asyncio.create_task(ready.wait())
    try:
        await asyncio.wait([running, waiting], return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            await running
        seconds = time.perf_counter() - started
        await asyncio.to_thread(one_after_another, speak, 2)
        spoken = await asyncio.to_thread(one_after_another, speak, DIALOGUES_OF_ONE)
        rate = await asyncio.to_thread(at_once, speak, CITIZENS)
        memory = {name: proportional_megabytes(pid) for name, pid in supervisor.pids.items()}
        return Served(seconds, spoken, rate, memory)
    finally:
        waiting.cancel()
        running.cancel()
        await asyncio.wait([running])


def column(served: Served, training: float, model: Path) -> Column:
    """Put together what was measured of one system, its parsing included."""
    return Column(
        turns=[seconds for one in served.spoken for seconds in one.seconds],
        turns_a_second=served.turns_a_second,
        parses=measure_parsing(model),
        memory=served.memory,
        ready=served.ready,
        training=training,
        model_bytes=model.stat().st_size,
        answers="\n".join(one.answers for one in served.spoken),
    )
