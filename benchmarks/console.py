"""``python -m benchmarks.console``: how long the city's pages take with a million reports in the store.

Fills a store past the services (``benchmarks.bulk``), counts the figures, serves the pages as the web process does, and
asks for each page by HTTP, one after the other. Prints the median and the slowest of each, and what counting costs.
Beyond 200 ms (median) a page is named and the exit code is 1. ``--database`` measures PostgreSQL: an empty database.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import httpx
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from sanic import Sanic
from sanic.config import Config

from benchmarks.bulk import fill
from crm.bootstrap import Crm, open_crm
from crm.domain.complaint import ComplaintFilter, ComplaintSummary
from crm.domain.officers import NewOfficer
from crm.domain.privacy import Privacy
from crm.domain.status import Role, Status
from crm.settings import Settings
from crm.web.mount import city_pages
from crm.web.shared.photos import Photos

REPORTS = 1_000_000
TIMES = 20
LIMIT = 0.2
PASSWORD = "kata sandi ukuran"  # noqa: S105 (of a store that lives as long as the benchmark)
OFFICERS = (
    NewOfficer("lurah", "Lurah", Role.KELURAHAN, area="31.74.01.1001"),
    NewOfficer("dinas", "Dinas", Role.DINAS, unit="bina_marga"),
    NewOfficer("supervisor", "Supervisor", Role.SUPERVISOR),
)
PUBLIC = (
    "/statistik",
    "/statistik?periode={year}",
    "/statistik?wilayah=31.74.01",
    "/statistik.json",
    "/statistik.csv",
    "/lacak/{number}",
)
WORK = (
    "/petugas/laporan",
    "/petugas/laporan?urut=mendesak",
    "/petugas/laporan?cari=lubang pasar",
    "/petugas/laporan/{number}",
)


@dataclass(frozen=True)
class Measured:
    """How long a page took, in seconds; ``who`` asked for it."""

    who: str
    page: str
    seconds: list[float]

    @property
    def median(self) -> float:
        """The median."""
        return statistics.median(self.seconds)


async def no_photo(_: object) -> None:
    """Have no photos: they are the gateway's."""


async def serve(crm: Crm, use: Callable[[str], Awaitable[list[Measured]]]) -> list[Measured]:
    """Serve the pages while they are measured."""
    config = Config(env_prefix="")
    config.TOUCHUP = False
    app = Sanic("benchmark", configure_logging=False, config=config)
    app.blueprint(city_pages(crm, Photos(no_photo, no_photo), secure=False))  # type: ignore[arg-type]
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        server = await app.create_server(sock=listener, return_asyncio_server=True)
        if server is None:
            raise RuntimeError("the pages cannot be served")
        await server.startup()  # type: ignore[no-untyped-call]
        await server.before_start()  # type: ignore[no-untyped-call]
        await server.start_serving()  # type: ignore[no-untyped-call]
        try:
            return await use(url)
        finally:
            await server.before_stop()  # type: ignore[no-untyped-call]
            await server.close()  # type: ignore[no-untyped-call]
            await server.after_stop()  # type: ignore[no-untyped-call]


async def measure(url: str, number: str, year: int) -> list[Measured]:
    """Ask for every page, as everybody and as officers."""
    measured = []
    async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as http:
        for page in PUBLIC:
            measured.append(await _time(http, "anybody", page.format(number=number, year=year)))
    for officer in OFFICERS:
        async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as http:
            await _sign_in(http, officer.username)
            for page in WORK:
                if officer.role is Role.SUPERVISOR or "{number}" not in page:
                    measured.append(await _time(http, officer.username, page.format(number=number)))
    return measured


async def _sign_in(http: httpx.AsyncClient, username: str) -> None:
    page = await http.get("/petugas/masuk")
    token = re.search(r'name="token" value="([^"]+)"', page.text)
    form = {"username": username, "password": PASSWORD, "token": token[1] if token else ""}
    answer = await http.post("/petugas/masuk", data=form)
    if answer.status_code != httpx.codes.SEE_OTHER:
        raise RuntimeError(f"{username} could not sign in: {answer.status_code}")


async def _time(http: httpx.AsyncClient, who: str, page: str) -> Measured:
    seconds = []
    for _ in range(TIMES):
        started = time.perf_counter()
        answer = await http.get(page)
        seconds.append(time.perf_counter() - started)
        if answer.status_code != httpx.codes.OK:
            raise RuntimeError(f"{page}: {answer.status_code}")
    return Measured(who, page, seconds)


def prepare(crm: Crm, database_url: str, reports: int, console: Console) -> None:
    """Fill the store and count the figures; print how long that took."""
    for account in OFFICERS:
        crm.create_officer(account, PASSWORD, by=None)
    started = time.perf_counter()
    with Progress(console=console) as progress:
        task = progress.add_task("Reports", total=reports)
        fill(database_url, crm.reference, reports, lambda some: progress.advance(task, some))
    console.print(f"{reports} reports written in {time.perf_counter() - started:.0f} s")
    for what in ("all months", "again", "nothing changed"):
        started = time.perf_counter()
        months = crm.refresh_figures()
        console.print(f"figures, {what}: {months} months in {time.perf_counter() - started:.2f} s")


def count_one_more(crm: Crm, number: str, console: Console) -> None:
    """Measure what a single change costs the next refresh."""
    crm.change_status(number, Status.PROSES, role=Role.KELURAHAN)
    started = time.perf_counter()
    months = crm.refresh_figures()
    console.print(f"figures, one report changed: {months} months in {time.perf_counter() - started:.2f} s")


def _waiting_for_anybody_to_see(crm: Crm) -> ComplaintSummary:
    """Return the newest public report that waits for its first response."""
    pages = (crm.search_complaints(ComplaintFilter(status=Status.MENUNGGU), page=page) for page in count(1))
    return next(item for page in pages for item in page.items if item.privacy is Privacy.PUBLIK)


def table(measured: list[Measured], reports: int) -> Table:
    """Lay out what was measured."""
    result = Table(title=f"The city's pages with {reports} reports, ms", title_justify="left")
    for name in ("who", "page"):
        result.add_column(name)
    for name in ("median", "slowest"):
        result.add_column(name, justify="right")
    for one in measured:
        style = "red" if one.median > LIMIT else ""
        slowest = f"{max(one.seconds) * 1000:.0f}"
        result.add_row(one.who, one.page, f"{one.median * 1000:.0f}", slowest, style=style)
    return result


def run(database_url: str, var: Path, reports: int, console: Console) -> bool:
    """Measure and print; tell whether every page keeps the limit."""
    crm = open_crm(Settings(database_url=database_url, var=var))
    prepare(crm, database_url, reports, console)
    item = _waiting_for_anybody_to_see(crm)
    number = str(item.report_number)
    measured = asyncio.run(serve(crm, lambda url: measure(url, number, item.filed_at.year)))
    console.print(table(measured, reports))
    count_one_more(crm, number, console)
    crm.close()
    return all(one.median <= LIMIT for one in measured)


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.console")
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument(
        "--database", help="DATABASE_URL of an empty store (default: SQLite in a folder of its own)"
    )
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder)
        is_fast = run(wanted.database or f"sqlite:///{var / 'crm.db'}", var, wanted.reports, Console())
    return 0 if is_fast else 1


if __name__ == "__main__":
    sys.exit(main())
