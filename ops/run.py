"""``make run``: everything from a cloned tree to a chat in the browser, in one terminal.

Reads the settings, checks the machine, trains when the inputs changed, starts Rasa server, action server and
web process under ops.supervisor, and prints the addresses once all three are healthy.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import signal
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.panel import Panel

from ops.checks import NotReadyError, check_machine
from ops.settings import BOT_PYTHON, CITY_PYTHON, ROOT, Settings, SettingsError, load
from ops.supervisor import Program, ProgramFailedError, Supervisor
from ops.train import RASA_ENVIRONMENT, TrainingError, ensure_model

# A message has at most 4,096 characters; an action is sent the whole conversation and the domain.
RASA_BODY_BYTES = "100000"
ACTION_BODY_BYTES = "20000000"


def programs(settings: Settings, model: Path) -> list[Program]:
    """The three processes of docs/architecture.md; all but the web process on loopback only."""
    common = {**settings.environment, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    secret = {"Authorization": f"Bearer {settings.gateway_secret}"}
    return [
        Program(
            "rasa",
            [
                *(str(BOT_PYTHON), "-m", "rasa", "run", "--model", str(model)),
                *("--interface", "127.0.0.1", "--port", str(settings.rasa_port)),
                *("--credentials", "credentials.yml", "--endpoints", "endpoints.yml"),
            ],
            {**common, **RASA_ENVIRONMENT, "SANIC_REQUEST_MAX_SIZE": RASA_BODY_BYTES},
            f"{settings.rasa_url}/webhooks/gateway/health",
            secret,
        ),
        Program(
            "actions",
            [str(CITY_PYTHON), "-m", "ops.action_server", str(settings.actions_port)],
            {**common, "SANIC_REQUEST_MAX_SIZE": ACTION_BODY_BYTES},
            f"{settings.actions_url}/health",
        ),
        Program(
            "web",
            [str(CITY_PYTHON), "-m", "gateway"],
            common,
            f"{settings.web_url}/healthz",
        ),
    ]


async def supervise(supervisor: Supervisor, settings: Settings, started: float) -> None:
    """Run until SIGINT, SIGTERM or SIGHUP, or until a program cannot be kept running."""

    def announce() -> None:
        seconds = time.monotonic() - started
        supervisor.console.print(
            Panel.fit(
                f"Chat      [bold link={settings.public_url}]{settings.public_url}[/]\n"
                f"Officers  {settings.public_url}/petugas (docs/console.md)\n"
                f"Public    {settings.public_url}/statistik, {settings.public_url}/lacak\n"
                f"Terminal  make chat\nLogs      {settings.var / 'log'}",
                title=f"Aduan is ready ({seconds:.0f} s); Ctrl-C stops it",
                border_style="green",
            )
        )

    main_task = asyncio.ensure_future(supervisor.run(announce))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, main_task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await main_task
    supervisor.console.print("Stopped.")


def start(console: Console, verbose: bool) -> None:
    """Everything ``make run`` does, until it is stopped."""
    started = time.monotonic()
    # Databases, photos, logs and secrets are nobody else's on a shared machine.
    os.umask(0o077)
    settings = load()
    check_machine(settings)
    logs = settings.var / "log"
    model = ensure_model(console, log=logs / "train.log")
    console.print("Starting Rasa server, action server and web process ...")
    supervisor = Supervisor(programs(settings, model), logs, console, verbose)
    asyncio.run(supervise(supervisor, settings, started))


def main() -> int:
    """Command line: ``python -m ops.run [--verbose]``."""
    parser = argparse.ArgumentParser(description="Start Aduan and watch over it.")
    parser.add_argument("--verbose", action="store_true", help="show all output of all processes")
    console = Console()
    try:
        start(console, parser.parse_args().verbose)
    except (SettingsError, NotReadyError, TrainingError, ProgramFailedError) as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
