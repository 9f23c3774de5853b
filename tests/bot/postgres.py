"""A PostgreSQL cluster of the tests' own, from the machine's binaries; never somebody's running server.

PostgreSQL refuses to run as root, so as root it runs as the account ``postgres``.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from pathlib import Path
from typing import Any

ACCOUNT = "postgres"


def binaries() -> Path | None:
    """Find ``initdb`` and ``pg_ctl``: on the path, or where Debian keeps them; the newest version."""
    on_path = shutil.which("pg_ctl")
    folders = [os.path.dirname(os.path.realpath(on_path))] if on_path else []
    folders += sorted(glob("/usr/lib/postgresql/*/bin"), key=lambda folder: -float(Path(folder).parent.name))
    usable = [folder for folder in folders if os.access(f"{folder}/initdb", os.X_OK) and _account_exists()]
    return Path(usable[0]) if usable else None


@contextmanager
def cluster(programs: Path, port: int) -> Iterator["Cluster"]:
    with tempfile.TemporaryDirectory(prefix="aduan-pg-") as folder:
        if os.geteuid() == 0:
            shutil.chown(folder, ACCOUNT)
        running = Cluster(programs, Path(folder), port)
        running.run("initdb", "--auth=trust", "--username=aduan", "--encoding=UTF8", "--no-sync")
        running.start()
        try:
            yield running
        finally:
            running.stop()


class Cluster:
    """One running cluster; ``url`` is its default database."""

    def __init__(self, programs: Path, folder: Path, port: int) -> None:
        self._programs = programs
        self._folder = folder
        self._port = port
        self.url = f"postgresql://aduan@127.0.0.1:{port}/postgres"

    def start(self) -> None:
        options = f"-p {self._port} -h 127.0.0.1 -k {self._folder} -F"
        self.run("pg_ctl", "start", "--wait", "-o", options, "-l", str(self._folder / "log"))

    def stop(self) -> None:
        self.run("pg_ctl", "stop", "--mode=immediate")

    def run(self, program: str, *arguments: str) -> None:
        account: dict[str, Any] = {"user": ACCOUNT, "group": ACCOUNT} if os.geteuid() == 0 else {}
        command = [str(self._programs / program), "-D", str(self._folder / "data"), *arguments]
        subprocess.run(command, check=True, cwd=self._folder, stdout=subprocess.DEVNULL, **account)


def _account_exists() -> bool:
    if os.geteuid() != 0:
        return True
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        return False
    return True
