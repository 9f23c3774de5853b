"""Places and danger in the report. Called by ``__main__``; calls ``benchmarks.places`` and ``benchmarks.danger``."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks import danger, places
from benchmarks.understanding.tables import Rows, table
from benchmarks.understanding.texts import OWN, Parsed, parse_file
from bot.nlu.__main__ import Reader


def places_section(reader: Reader, real: Sequence[Parsed]) -> str:
    """Tell how well the words of a place are found and the area they name is settled."""
    own = parse_file(reader, OWN / "places.jsonl")
    rows: Rows = []
    for name, texts in (("own", own), ("real", list(real))):
        found = [(p.known.get("loc_in_text"), (p.understanding["location"] or {}).get("text")) for p in texts]
        scores = places.span_f1(found)
        rows.append([name, str(scores.texts), f"{scores.mean:.3f}", f"{scores.pooled:.3f}"])
    parts = ["## Places", table(("", "texts", "F1 by words, mean", "F1, all words"), rows)]
    return "\n\n".join([*parts, "Areas named, in our own texts:", _areas(own)])


def _areas(own: Sequence[Parsed]) -> str:
    rows: Rows = []
    for level in ("kelurahan", "kecamatan"):
        pairs = [(p.known[level], places.named(p.understanding["location"], level)) for p in own]
        scores = places.kelurahan_scores(pairs)
        rows.append([level, str(scores.known), f"{scores.precision:.3f}", f"{scores.recall:.3f}"])
    return table(("", "named", "precision", "recall"), rows)


def danger_section(reader: Reader, real: Path) -> str:
    """Tell how many people in danger are recognised, and how often danger is seen where there is none."""
    outcomes = danger.measure(danger.judge_of(reader), [real] if real.is_file() else [])
    rows = [
        [name, str(len(o.texts)), f"{o.seen:.3f}", f"{o.share('sure'):.3f}"] for name, o in outcomes.items()
    ]
    head = ("", "texts", "danger seen", "of these sure")
    words = "In the rows of people in danger everybody is, in all others nobody (some real reports excepted)."
    return "\n\n".join(["## Danger", table(head, rows), words])
