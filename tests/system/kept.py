"""What the running system keeps in any byte of any file: databases, write-ahead logs, photos, logs."""

from pathlib import Path

from tests.system.running import System, until

WIPED_SECONDS = 30


def files_holding(system: System, *words: str) -> list[str]:
    """Give the files that hold any of these words."""
    files = [file for file in system.var.rglob("*") if file.is_file()]
    assert {"crm.db", "gateway.db", "tracker.db", "web.log"} <= {file.name for file in files}
    return [str(file) for file in files if any(word.encode() in file.read_bytes() for word in words)]


def is_forgotten(system: System, words: str) -> None:
    """Wait until nothing but the CRM's own database holds these words."""

    def elsewhere() -> list[str]:
        return [place for place in files_holding(system, words) if not Path(place).name.startswith("crm.db")]

    until(lambda: not elsewhere(), WIPED_SECONDS, f"{words} is forgotten; it is in {elsewhere()}")
