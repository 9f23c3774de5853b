"""A million reports in a store within minutes: written past the services, straight into the tables.

Called by ``benchmarks.console``. Nothing but benchmarks may do so: no rule is checked and nobody is told. Rows look as
the services would have left them, so that lists, searches and figures have the same to do.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from typing import Any

from sqlalchemy import Connection, insert, text

from crm.domain.reference import Reference
from crm.domain.status import Status
from crm.store.engine import open_engine, writing
from crm.store.orm import ComplaintRow, HoldingRow, StatusChangeRow
from crm.store.search import words_of
from demos.month.scenario import Scenario

AT_ONCE = 5_000
YEARS = 5
# Of a hundred reports, how many are still open, and in which status.
OPEN = {Status.MENUNGGU: 1, Status.KOORDINASI: 1, Status.DISPOSISI: 1, Status.PROSES: 1}


class Rows:
    """Makes the rows of reports, the earliest first."""

    def __init__(self, reference: Reference, seed: int = 1) -> None:
        self._scenario = Scenario(reference, seed)
        self._reference = reference
        self._dice = random.Random(seed)

    def complaints(self, number: int, until: datetime) -> Iterator[dict[str, Any]]:
        """Yield rows of ``complaint`` over some years."""
        span = timedelta(days=365 * YEARS) / number
        sequence: dict[str, Iterator[int]] = {}
        for at, draft in zip(range(number), self._scenario.drafts(number), strict=True):
            filed_at = until - span * (number - at)
            day = f"{filed_at + timedelta(hours=7):%y%m%d}"
            done = self._dice.random() < 0.96
            status = Status.SELESAI if done else self._dice.choice(list(OPEN))
            finished_at = filed_at + timedelta(hours=self._dice.lognormvariate(4, 0.8)) if done else None
            anonymous = draft.reporter is None
            category = self._reference.categories[draft.category_code]
            yield {
                "id": at + 1,
                "report_number": f"JK{day}{next(sequence.setdefault(day, count(1))):04d}",
                "description": draft.description,
                "category_code": draft.category_code,
                "predicted_category": draft.predicted_category,
                "unit": category.unit,
                "place": draft.location.text,
                "kelurahan_code": draft.location.kelurahan_code,
                "lat": draft.location.lat,
                "lon": draft.location.lon,
                "channel": draft.channel,
                "visibility": draft.privacy.visibility,
                "anonymous": anonymous,
                "reporter": draft.reporter,
                "secret_hash": "-" if anonymous else None,
                "status": status,
                "version": 3 if done else 2,
                "filed_at": filed_at,
                "respond_by": filed_at + timedelta(hours=category.respond_hours),
                "finish_by": filed_at + timedelta(days=category.finish_days),
                "responded_at": None if status is Status.MENUNGGU else filed_at + timedelta(hours=2),
                "finished_at": finished_at,
                "closed_at": finished_at,
                "due_at": None if done else filed_at + timedelta(days=category.finish_days),
                "reopened": 0,
                "news_wanted": "semua",
            }


def fill(database_url: str, reference: Reference, number: int, told: Callable[[int], None]) -> None:
    """Write reports, their histories, who held them and their words; the tables exist and are empty."""
    engine = open_engine(database_url)
    rows = Rows(reference)
    names = {area.code: f"{area.name} {area.kecamatan} {area.kota}" for area in reference.areas}
    keys = count(1)
    with writing(engine).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL statement_timeout = 0"))
        complaints = rows.complaints(number, datetime.now(UTC))
        while some := list(islice(complaints, AT_ONCE)):
            connection.execute(insert(ComplaintRow), some)
            _write_around(connection, some, keys, names)
            told(len(some))
        if connection.dialect.name == "postgresql":
            connection.execute(_GO_ON_FROM["complaint"])
            connection.execute(_GO_ON_FROM["status_change"])
        connection.execute(text("ANALYZE"))
    engine.dispose()


def _write_around(
    connection: Connection, rows: list[dict[str, Any]], keys: Iterator[int], names: dict[str, str]
) -> None:
    changes = [change for row in rows for change in _history(row, keys)]
    connection.execute(insert(StatusChangeRow), changes)
    connection.execute(insert(HoldingRow), [{"unit": row["unit"], "complaint_id": row["id"]} for row in rows])
    words = [
        {
            "id": row["id"],
            "words": " ".join(
                words_of(
                    [row["report_number"], row["description"], row["place"], names.get(row["kelurahan_code"])]
                )
            ),
        }
        for row in rows
    ]
    connection.execute(_KEEP_WORDS[connection.dialect.name], words)


# PostgreSQL does not notice keys that were given.
_GO_ON_FROM = {
    table: text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")  # noqa: S608
    for table in ("complaint", "status_change")
}
_KEEP_WORDS = {
    "sqlite": text("INSERT INTO complaint_search (rowid, words) VALUES (:id, :words)"),
    "postgresql": text(
        "INSERT INTO complaint_search (complaint_id, words)"
        " VALUES (:id, array_to_tsvector(string_to_array(:words, ' ')))"
    ),
}


def _history(row: dict[str, Any], keys: Iterator[int]) -> Iterator[dict[str, Any]]:
    steps = [(Status.MENUNGGU, row["filed_at"], "pelapor")]
    if row["responded_at"]:
        steps.append((Status.PROSES, row["responded_at"], "kelurahan"))
    if row["finished_at"]:
        steps.append((Status.SELESAI, row["finished_at"], "biro pemerintahan"))
    for status, at, role in steps:
        yield {
            "id": next(keys),
            "complaint_id": row["id"],
            "status": status,
            "at": at,
            "role": role,
            "unit": row["unit"],
            "note": "",
            "no_photo_reason": "",
            "officer_id": None,
        }
