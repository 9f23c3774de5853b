"""Memory of a process and all it started, as Linux counts it. Called by benchmarks.turn."""

from __future__ import annotations

import re
from pathlib import Path


def proportional_megabytes(group: int) -> float:
    """Proportional set size (PSS) of all processes in the process group, in MB (10^6 bytes)."""
    return sum(pss(pid) for pid in processes_of(group)) * 1024 / 1e6


def processes_of(group: int) -> list[int]:
    """The processes of a process group that live now."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # ended while we looked
        if int(fields[2]) == group:
            found.append(int(folder.name))
    return found


def pss(pid: int) -> int:
    """PSS of one process in KiB."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    match = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    return int(match[1]) if match else 0
