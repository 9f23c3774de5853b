"""``make bench``: what a turn costs in the running system, beside stock Rasa in the same run.

Starts the real processes on free ports with data of their own, speaks one dialogue through the web chat, and
then the same words to stock Rasa (pipeline and policies of `rasa init`, no patches, its own stores) with the
same rules, some of the same examples and the same action server. The stock column is spared the gateway: its
turns are measured at Rasa's own REST channel.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import statistics
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from benchmarks.dialogue import DialogueError, rest_dialogue, web_dialogue
from benchmarks.measure import CITIZENS, Column, column, measure_serving, measure_training
from ops.run import programs
from ops.settings import BOT_PYTHON, ROOT, Settings, load
from ops.supervisor import ProgramFailedError
from ops.train import RASA_ENVIRONMENT, TrainingError

STOCK = ROOT / "benchmarks" / "stock"
# Of each block of our examples; some 500 in all.
STOCK_EXAMPLES = 4


def free_ports(count: int) -> list[str]:
    """Ports that nobody listens on now."""
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [str(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def own_settings(var: Path) -> Settings:
    """Settings with data and ports of their own; behind one proxy, so that each citizen has an address."""
    web, rasa, actions = free_ports(3)
    own = {"ADUAN_WEB_PORT": web, "ADUAN_RASA_PORT": rasa, "ADUAN_ACTIONS_PORT": actions}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ADUAN_")}
    kept = {name: value for name, value in kept.items() if not name.endswith("DATABASE_URL")}
    return load(var, {**kept, **own, "ADUAN_VAR": str(var), "ADUAN_PROXIES": "1"})


async def measure_aduan(work: Path, console: Console) -> Column:
    """Measure the system as ``make run`` starts it."""
    model = work / "aduan.tar.gz"
    training = measure_training(ROOT, model, console)
    settings = own_settings(work / "var")
    started = programs(settings, model)
    served = await measure_serving(started, work / "log", console, lambda: web_dialogue(settings.web_url))
    measured = column(served, training, model)
    if not re.search(r"\bJK\d{10}\b", measured.answers):
        raise DialogueError("The dialogue filed no report: what was measured is not the main job.")
    return measured


async def measure_stock(work: Path, console: Console) -> Column:
    """Measure stock Rasa with our examples, rules, domain and actions."""
    root = stock_project(work / "stock")
    model = work / "stock.tar.gz"
    training = measure_training(root, model, console)
    settings = own_settings(work / "stock-var")
    rasa, actions, _web = programs(settings, model)
    command = [
        *(str(BOT_PYTHON), "-m", "rasa", "run", "--model", str(model), "--interface", "127.0.0.1"),
        *("--port", str(settings.rasa_port), "--credentials", str(root / "credentials.yml")),
        *("--endpoints", str(root / "endpoints.yml")),
    ]
    environment = {**rasa.environment, "STOCK_TRACKER_FILE": str(work / "stock-tracker.db")}
    # As `rasa run` comes: no limits on threads or memory.
    for name in RASA_ENVIRONMENT.keys() - {"RASA_TELEMETRY_ENABLED", "TF_CPP_MIN_LOG_LEVEL"}:
        environment.pop(name, None)
    health = f"{settings.rasa_url}/webhooks/rest/"
    stock = replace(rasa, command=command, environment=environment, health_url=health, health_headers={})
    served = await measure_serving(
        [stock, actions], work / "stock-log", console, lambda: rest_dialogue(settings.rasa_url)
    )
    return column(served, training, model)


def stock_project(root: Path) -> Path:
    """Our data with the configuration of ``rasa init``, in a folder of its own.

    Of each block of examples it gets the first few: on all 18,000 of them, DIET trains for hours. That flatters it in
    the row of training and changes little else.
    """
    shutil.copytree(STOCK, root)
    shutil.copy(ROOT / "domain.yml", root)
    shutil.copytree(ROOT / "data" / "rules", root / "data" / "rules")
    for file in (ROOT / "data" / "nlu").rglob("*.yml"):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        for block in content["nlu"]:
            block["examples"] = "".join(block["examples"].splitlines(keepends=True)[:STOCK_EXAMPLES])
        (root / "data" / "nlu").mkdir(parents=True, exist_ok=True)
        (root / "data" / "nlu" / file.name).write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    (root / "data" / "stories").mkdir()
    shutil.move(root / "stories.yml", root / "data" / "stories")
    return root


def milliseconds(seconds: list[float]) -> tuple[float, float]:
    """Median and 95th percentile in ms."""
    return statistics.median(seconds) * 1000, statistics.quantiles(seconds, n=20)[-1] * 1000


def rows(measured: Column) -> dict[str, float]:
    """The numbers of one column by their names; more is better only for turns a second."""
    turn, turn95 = milliseconds(measured.turns)
    parse, parse95 = milliseconds(measured.parses)
    return {
        "turn, one citizen: median ms": turn,
        "turn, one citizen: p95 ms": turn95,
        f"turns a second, {CITIZENS} citizens": measured.turns_a_second,
        "NLU alone: median ms": parse,
        "NLU alone: p95 ms": parse95,
        **{f"memory of {name}: MB (PSS)": size for name, size in measured.memory.items()},
        "memory of all: MB (PSS)": sum(measured.memory.values()),
        "start to ready: s": measured.ready,
        "training: s": measured.training,
        "model: MB": measured.model_bytes / 1e6,
    }


def table(aduan: Column, stock: Column) -> Table:
    """Both columns and the ratio of stock to Aduan."""
    ours, theirs = rows(aduan), rows(stock)
    result = Table(title="One turn of Aduan, beside stock Rasa 3.6.21 (DIET + TED)")
    for name in ("", "Aduan", "stock Rasa", "stock / Aduan"):
        result.add_column(name, justify="left" if not name else "right")
    for name, value in ours.items():
        other = theirs.get(name)
        shown = ("–", "–") if other is None else (f"{other:.2f}", f"{other / value:.2f}")
        result.add_row(name, f"{value:.2f}", *shown)
    return result


async def benchmark(console: Console) -> None:
    """Measure both systems, one after the other, and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        aduan = await measure_aduan(Path(folder), console)
        stock = await measure_stock(Path(folder), console)
    console.print(table(aduan, stock))


def main() -> int:
    """Command line: ``python -m benchmarks.turn``."""
    console = Console()
    try:
        asyncio.run(benchmark(console))
    except (DialogueError, ProgramFailedError, TrainingError) as error:
        console.print(str(error), style="red", markup=False)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
