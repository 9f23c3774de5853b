"""Places and danger in the report. Called by ``__main__``; calls ``benchmarks.places`` and ``benchmarks.danger``."""

import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message

from benchmarks import danger, places
from benchmarks.understanding import cross_validation
from benchmarks.understanding.tables import Rows, table
from benchmarks.understanding.texts import OWN, Parsed, parse_file
from bot.nlu.__main__ import Reader
from bot.nlu.place_examples import PlaceExample, written_examples
from bot.nlu.place_signs import LOCATION
from bot.nlu.place_tagger import PlaceTagger

SEED = 20261125


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


def places_curve(data: Any, real: Sequence[Parsed]) -> Rows:
    """Give the overlap on real texts of place taggers that saw only a share of the sentences."""
    written = written_examples()
    random.Random(SEED).shuffle(written)  # noqa: S311 - a fixed order, no secret
    rows: Rows = []
    for part in cross_validation.SHARES:
        seen = written[: int(part * len(written))]
        messages = _tagged(data, seen, cross_validation.read_messages(real))
        found = [
            (p.known.get("loc_in_text"), (m.get(LOCATION) or {}).get("text"))
            for p, m in zip(real, messages, strict=True)
        ]
        scores = places.span_f1(found)
        rows.append([str(len(seen)), f"{scores.mean:.3f}", f"{scores.pooled:.3f}"])
    return rows


def _tagged(data: Any, seen: list[PlaceExample], messages: list[Message]) -> list[Message]:
    with tempfile.TemporaryDirectory() as folder:
        storage = LocalModelStorage(Path(folder))
        tagger = PlaceTagger(PlaceTagger.get_default_config(), storage, Resource("places"))
        tagger.learn(data, seen)
        return tagger.process(messages)


def danger_section(reader: Reader, real: Path) -> str:
    """Tell how many people in danger are recognised, and how often danger is seen where there is none."""
    outcomes = danger.measure(danger.judge_of(reader), [real] if real.is_file() else [])
    rows = [
        [name, str(len(o.texts)), f"{o.seen:.3f}", f"{o.share('sure'):.3f}"] for name, o in outcomes.items()
    ]
    head = ("", "texts", "danger seen", "of these sure")
    words = "In the rows of people in danger everybody is, in all others nobody (some real reports excepted)."
    return "\n\n".join(["## Danger", table(head, rows), words])
