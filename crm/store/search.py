"""Finds reports by words: FTS5 on SQLite, ``tsvector`` with GIN on PostgreSQL; the same words on both.

Used by ``crm.store.complaints`` when a report is kept and by ``crm.store.worklist``. The table
``complaint_search`` is made by migration 0002. What is searched never changes after filing, so that a row is
written once, in the transaction that files the report.
"""

import re
from collections.abc import Iterable

from sqlalchemy import ColumnClause, Integer, TableClause, TextClause, column, table, text
from sqlalchemy.orm import Session

_WORD = re.compile(r"[^\W_]+")
# Longer ones are no words, and PostgreSQL would refuse them.
_LONGEST = 60
_KEEP = {
    "sqlite": text("INSERT INTO complaint_search (rowid, words) VALUES (:id, :words)"),
    "postgresql": text(
        "INSERT INTO complaint_search (complaint_id, words)"
        " VALUES (:id, array_to_tsvector(string_to_array(:words, ' ')))"
    ),
}
_MATCH = {
    "sqlite": "complaint_search MATCH :searched",
    "postgresql": "complaint_search.words @@ CAST(:searched AS tsquery)",
}
_KEY = {"sqlite": "rowid", "postgresql": "complaint_id"}


def words_of(texts: Iterable[str | None]) -> list[str]:
    """Return the different words of some texts in small letters."""
    found = (word[:_LONGEST] for one in texts for word in _WORD.findall((one or "").lower()))
    return list(dict.fromkeys(found))


def keep_words(session: Session, complaint_id: int, texts: Iterable[str | None]) -> None:
    """Make a report findable by these texts."""
    values = {"id": complaint_id, "words": " ".join(words_of(texts))}
    session.execute(_KEEP[session.get_bind().dialect.name], values)


def searched(dialect: str) -> tuple[TableClause, ColumnClause[int]]:
    """Return the table of words, and its column that holds the report's id."""
    words = table("complaint_search", column(_KEY[dialect], Integer))
    return words, words.c[_KEY[dialect]]


def matches(dialect: str, words: list[str]) -> TextClause:
    """Return the condition that all these words stand in the report, whole or begun."""
    if dialect == "sqlite":
        query = " ".join(f'"{word}"*' for word in words)
    else:
        query = " & ".join(f"'{word}':*" for word in words)
    return text(_MATCH[dialect]).bindparams(searched=query)
