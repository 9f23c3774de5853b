"""Make the two Python environments, from nothing but Python 3.11 with venv.

Called by the Makefile before everything else, with whatever Python the machine has: standard library only,
and a syntax that an older Python can still read far enough to be told that it is too old. Puts uv into
``.tools``, finds or fetches Python 3.10 for the Rasa side, and installs ``requirements/*.txt`` by hash into
``.venv/bot`` and ``.venv/city``. A stamp in each environment holds the hash of what was installed, so that
the next start skips it all.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)
BOT_PYTHON = "3.10"
# The Rasa side takes 3.0 GB and the other 0.6 GB; the rest is what the installer needs while it unpacks.
FREE_BYTES_NEEDED = 6 * 1024**3
FULL_DISK_BYTES = 64 * 1024**2
STAMP = "aduan-requirements.sha256"


class BootstrapError(Exception):
    """The environments cannot be made; the message says what to do about it."""


def requirements_digest(files: list[Path]) -> str:
    """SHA-256 over the contents of ``files`` in order: what a stamp holds."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes() + b"\0")
    return digest.hexdigest()


def is_installed(environment: Path, files: list[Path]) -> bool:
    """Whether ``environment`` carries the stamp of exactly these requirement files."""
    stamp = environment / STAMP
    return stamp.is_file() and stamp.read_text(encoding="ascii").strip() == requirements_digest(files)


def requirement_file(root: Path, side: str, dev: bool) -> Path:
    """The pinned requirements of one side (``bot`` or ``city``); with ``dev`` the tools are in it as well."""
    return root / "requirements" / (f"{side}-dev.txt" if dev else f"{side}.txt")


def prepare(root: Path, dev: bool) -> None:
    """Bring both environments under ``root`` to what the requirement files say.

    An environment that already has the development tools serves ``make run`` too and is left as it is.

    Raises:
        BootstrapError: with what is missing and what to do.
    """
    # pip trusts the machine's own certificates (a company's proxy has one); uv does so only when told.
    os.environ.setdefault("UV_SYSTEM_CERTS", "true")
    todo = []
    for side in ("bot", "city"):
        environment = root / ".venv" / side
        wanted = requirement_file(root, side, dev)
        fuller = requirement_file(root, side, True)
        if not (is_installed(environment, [wanted]) or is_installed(environment, [fuller])):
            todo.append((side, environment, wanted))
    if not todo:
        return
    check_disk(root)
    uv = ensure_uv(root)
    for side, environment, wanted in todo:
        python = bot_python(uv) if side == "bot" else sys.executable
        install(uv, environment, python, wanted)


def check_disk(root: Path) -> None:
    """Refuse to begin an installation that cannot fit."""
    free = shutil.disk_usage(root).free
    if free < FREE_BYTES_NEEDED:
        raise BootstrapError(
            f"The disk has {free / 1024**3:.1f} GB free at {root}; installing needs about "
            f"{FREE_BYTES_NEEDED // 1024**3} GB. Free some space and try again."
        )


def ensure_uv(root: Path) -> Path:
    """The pinned uv in ``.tools``, installed there by pip (checked by hash) when it is not yet."""
    tools = root / ".tools"
    scripts = tools / ("Scripts" if os.name == "nt" else "bin")
    pinned = root / "requirements" / "tools.txt"
    if not is_installed(tools, [pinned]):
        say("Getting uv, the installer ...")
        make_tools_environment(tools)
        pip = [str(scripts / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(pinned)], "pip could not get uv")
        stamp(tools, pinned)
    return scripts / "uv"


def make_tools_environment(tools: Path) -> None:
    """An empty virtual environment with pip at ``tools``."""
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(tools)], capture_output=True, text=True
    )
    if made.returncode:
        raise BootstrapError(
            f"{sys.executable} cannot make virtual environments (its venv or ensurepip module is missing).\n"
            f"   On Debian or Ubuntu: apt install python3-venv. Then try again.\n{made.stdout}{made.stderr}"
        )


def bot_python(uv: Path) -> str:
    """A Python 3.10 for the Rasa side: one of the machine's (pyenv, PATH), or fetched by uv."""
    found = find_python(uv)
    if found:
        return found
    say(f"No Python {BOT_PYTHON} on this machine: fetching one ...")
    subprocess.run([str(uv), "python", "install", BOT_PYTHON])
    found = find_python(uv)
    if not found:
        raise BootstrapError(
            f"Rasa needs Python {BOT_PYTHON}, neither newer nor older; there is none here and none could "
            "be fetched.\n"
            f"   Install one, for example with: pyenv install {BOT_PYTHON}. Then try again."
        )
    return found


def find_python(uv: Path) -> str | None:
    """Path of a Python 3.10 on this machine: one that uv finds (PATH, its own), or one of pyenv's."""
    find = [str(uv), "python", "find", "--no-python-downloads", "--no-project", BOT_PYTHON]
    found = subprocess.run(find, capture_output=True, text=True)
    if found.returncode == 0:
        return found.stdout.strip()
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    return next((str(python) for python in pyenv.glob(f"versions/{BOT_PYTHON}.*/bin/python")), None)


def install(uv: Path, environment: Path, python: str, requirements: Path) -> None:
    """Make ``environment`` hold exactly the pinned packages, with bytecode (Rasa starts 7 s sooner)."""
    say(f"Installing {requirements.name} into {environment} ...")
    (environment / STAMP).unlink(missing_ok=True)
    if not (environment / "pyvenv.cfg").is_file():
        run(
            [str(uv), "venv", "--quiet", "--no-project", "--python", python, str(environment)],
            "uv venv failed",
        )
    sync = [str(uv), "pip", "sync", "--require-hashes", "--compile-bytecode", "--python", str(environment)]
    run([*sync, str(requirements)], "The packages could not be installed")
    stamp(environment, requirements)


def stamp(environment: Path, requirements: Path) -> None:
    """Note in ``environment`` which requirement file it now holds."""
    (environment / STAMP).write_text(requirements_digest([requirements]) + "\n", encoding="ascii")


def run(command: list[str], failure: str) -> None:
    """Run ``command`` with its progress on the terminal; a BootstrapError with ``failure`` when it fails."""
    # Where a machine forbids writing bytecode, compiling it at installation is what makes starts quick.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    if subprocess.run(command, env=environment).returncode:
        raise BootstrapError(f"{failure}. {likely_cause(ROOT)}")


def likely_cause(root: Path) -> str:
    """What a failed installation most likely means for the person in front of it."""
    if shutil.disk_usage(root).free < FULL_DISK_BYTES:
        return "The disk is full. Free some space and try again; what is already installed is kept."
    return (
        "The lines above say why; most often the package index could not be reached (network, proxy).\n"
        "   Try again after mending it; what is already installed is kept."
    )


def say(line: str) -> None:
    """One line of progress."""
    print("-- " + line, file=sys.stderr, flush=True)


def main() -> int:
    """Command line: ``python ops/bootstrap.py [--dev]``."""
    if sys.version_info < OLDEST_PYTHON:
        say(f"Aduan needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        say("If you have a newer one under another name: make run PYTHON=python3.12")
        return 1
    parser = argparse.ArgumentParser(description="Make the Python environments of Aduan.")
    parser.add_argument("--dev", action="store_true", help="with the tools for tests and checks")
    try:
        prepare(ROOT, parser.parse_args().dev)
    except BootstrapError as error:
        say(str(error))
        return 1
    except OSError as error:
        say(f"{error}. {likely_cause(ROOT)}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
