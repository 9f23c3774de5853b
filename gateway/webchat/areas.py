"""The areas of Jakarta for the page's picker, from ``data/reference/areas.csv``.

Called by ``gateway.webchat.routes`` and ``gateway.webchat.parse``. Calls nothing.
"""

import csv
from pathlib import Path


class Areas:
    """Kota, kecamatan and kelurahan by name and official code."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        self._names = {row["code"]: f"{row['name']}, {row['kecamatan']}, {row['kota']}" for row in rows}
        self.tree = _tree(rows)

    @classmethod
    def load(cls, reference: Path) -> "Areas":
        """Read the reference data."""
        with (reference / "areas.csv").open(encoding="utf-8", newline="") as file:
            return cls(list(csv.DictReader(file)))

    def full_name(self, code: str) -> str | None:
        """Return "kelurahan, kecamatan, kota" of a code; None if there is no such kelurahan."""
        return self._names.get(code)


def _tree(rows: list[dict[str, str]]) -> list[dict[str, object]]:
    kota: dict[str, dict[str, list[dict[str, str]]]] = {}
    for row in sorted(rows, key=lambda row: (row["kota"], row["kecamatan"], row["name"])):
        kelurahan = {"code": row["code"], "name": row["name"]}
        kota.setdefault(row["kota"], {}).setdefault(row["kecamatan"], []).append(kelurahan)
    return [
        {
            "name": name,
            "kecamatan": [{"name": kecamatan, "kelurahan": list_} for kecamatan, list_ in parts.items()],
        }
        for name, parts in kota.items()
    ]
