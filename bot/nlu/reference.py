"""The vocabulary of the NLU components: reads ``data/reference/``, once per process.

Called by the components when Rasa creates them. Also gives the components a fingerprint of what they were
built from: Rasa itself looks only at a component's class body, so that without it a new word in a
vocabulary file or a change in a helper module would not retrain anything.
"""

import csv
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "data" / "reference"
PLACE_EXAMPLES = ROOT / "data" / "places"


@cache
def vocabulary(name: str) -> dict[str, Any]:
    """Read ``data/reference/<name>.yml``, a mapping."""
    with (REFERENCE / f"{name}.yml").open(encoding="utf-8") as file:
        content = yaml.safe_load(file)
    if not isinstance(content, dict):
        raise ValueError(f"data/reference/{name}.yml must be a mapping of names to lists or words")
    return content


@cache
def area_rows() -> tuple[dict[str, str], ...]:
    """Read ``data/reference/areas.csv``: one row for each of Jakarta's 267 kelurahan."""
    with (REFERENCE / "areas.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def fingerprint_of_inputs() -> str:
    """Hash the modules of ``bot.nlu``, the vocabulary and the examples of places: what training depends on."""
    digest = hashlib.sha256()
    sources = [*Path(__file__).parent.glob("*.py"), *REFERENCE.glob("*.yml"), REFERENCE / "areas.csv"]
    sources += PLACE_EXAMPLES.glob("*.yml")
    for path in sorted(sources):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
