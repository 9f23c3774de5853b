"""Tables in Markdown, and shares as people read them. Called by all modules here."""

import statistics
from collections.abc import Iterable, Sequence

Rows = list[list[str]]


def share(claims: Iterable[bool]) -> str:
    """Give the share of claims that hold, with three decimals; a dash for none at all."""
    values = list(claims)
    return f"{statistics.mean(values):.3f}" if values else "-"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a Markdown table, numbers to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
