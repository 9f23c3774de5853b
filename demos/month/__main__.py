"""``python -m demos.month`` (``make demo``): fill a store of its own with a month of reports; say how to see it."""

import argparse
import heapq
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from sqlalchemy import Engine, event

from crm.bootstrap import Crm, open_crm
from crm.domain.errors import ComplaintNotFound, TransitionRefused
from crm.settings import Settings
from demos.month.cast import Signed, make_officers, make_photos
from demos.month.lives import Life, Lives
from demos.month.scenario import Scenario

DAYS = 30
# Some 25 a second on an idle core: each goes through five services or more.
SIZE = 10_000
SEED = 20261125
# How often the clock's own services run, as in the web process.
ROUND = timedelta(hours=6)
NEWS_AT_ONCE = 500


@dataclass
class Stage:
    """The clock of the demo, which only goes forward."""

    now: datetime

    def __call__(self) -> datetime:
        """Return the present moment of the play."""
        return self.now


@dataclass
class Play:
    """A CRM on the stage's clock, and the lives that go on in it."""

    crm: Crm
    stage: Stage
    lives: Lives

    def run(self, size: int, until: datetime, filed: Callable[[], None]) -> None:
        """File all reports and let their lives go on, in the order of time, until the present."""
        scenario, order = self.lives.scenario, count()
        drafts = scenario.drafts(size)
        waiting: list[tuple[datetime, int, Life | None]] = [
            (at, next(order), None) for at in scenario.filing_times(size, until, DAYS)
        ]
        next_round = until - timedelta(days=DAYS)
        while waiting and waiting[0][0] <= until:
            at, _, life = heapq.heappop(waiting)
            self.stage.now = at.astimezone(UTC)
            if at >= next_round:
                next_round = at + ROUND
                _run_round(self.crm)
            if life is None:
                life = self.lives.file(next(drafts))
                filed()
            if (pause := _go_on(life)) is not None:
                heapq.heappush(waiting, (at + pause, next(order), life))
        self.stage.now = until
        _run_round(self.crm)


def _go_on(life: Life) -> timedelta | None:
    """Take a report's next step; None when its life is over."""
    try:
        return next(life, None)
    except (TransitionRefused, ComplaintNotFound):
        # It was merged, or taken up again with the one it was merged into: another life goes on.
        return None


def _run_round(crm: Crm) -> None:
    """Do what the clock does by itself; nobody is there to be told."""
    crm.escalate()
    crm.close_silent()
    while news := crm.pending_news(NEWS_AT_ONCE):
        crm.news_relayed([one.news_id for one in news])


@event.listens_for(Engine, "connect")
def _spare_the_disk(connection: object, _: object) -> None:
    """Let SQLite wait for no disk: nobody misses a demo that a power cut spoils."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")


def fill(var: Path, database_url: str, size: int, console: Console) -> dict[str, Signed]:
    """Fill a store; return who can sign in."""
    until = datetime.now(UTC)
    stage = Stage(until - timedelta(days=DAYS))
    crm = open_crm(Settings(database_url=database_url, var=var), clock=stage)
    signed = make_officers(crm)
    lives = Lives(crm, Scenario(crm.reference, SEED), make_photos(var / "media"), signed["biro"].officer)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("Reports", total=size)
        Play(crm, stage, lives).run(size, until, lambda: progress.advance(task))
    crm.refresh_figures()
    crm.close()
    return signed


def main() -> int:
    """Command line; 1 when the store is not empty."""
    parser = argparse.ArgumentParser(
        prog="make demo", description="Fill a store with a plausible month of reports."
    )
    parser.add_argument("--size", type=int, default=SIZE, help=f"how many reports (default {SIZE})")
    parser.add_argument(
        "--var", type=Path, default=Path("var/demo"), help="folder of the data (default var/demo)"
    )
    parser.add_argument("--database", help="DATABASE_URL of another store, which must be empty")
    parser.add_argument("--again", action="store_true", help="delete the demo of before")
    wanted = parser.parse_args()
    console = Console()
    if wanted.again and wanted.var.name == "demo":
        shutil.rmtree(wanted.var, ignore_errors=True)
    database = wanted.var / "crm.db"
    if database.exists() and wanted.database is None:
        console.print(
            f"There is a demo in {wanted.var} already. Add ARGS=--again to make it anew.", style="red"
        )
        return 1
    wanted.var.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    signed = fill(wanted.var, wanted.database or f"sqlite:///{database}", wanted.size, console)
    seconds = time.monotonic() - started
    console.print(f"{wanted.size} reports in {seconds:.0f} s ({wanted.size / seconds:.0f} a second).")
    accounts = Table("user", "password", "role", "area", title="Officers (/petugas)", title_justify="left")
    for one in signed.values():
        accounts.add_row(one.officer.username, one.password, one.officer.role, one.officer.area or "")
    console.print(accounts, f"Start: ADUAN_VAR={wanted.var} make run", sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
