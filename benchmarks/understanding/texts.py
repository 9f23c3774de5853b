"""The texts that are measured, what is known of each, and what the trained model said.

Called by the other modules here. Real texts are read from a file outside the repository and only measured;
``benchmarks/texts`` holds our own, written by somebody who had not seen the training examples.
"""

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.nlu.__main__ import Reader
from bot.nlu.reference import ROOT

OWN = ROOT / "benchmarks" / "texts"
REAL = ROOT.parent / "shared" / "eval" / "jaki2023.jsonl"
# Topics of the published texts that are finer or other than our category codes.
CODES_OF_TOPIC = {
    "jembatan_halte": ["trotoar"],
    "saluran_air": ["banjir_saluran"],
    "banjir": ["banjir_saluran"],
    "listrik_telekomunikasi": ["utilitas"],
    "kebisingan_gangguan": ["kebisingan", "ketertiban"],
    "reklame_spanduk": ["reklame"],
    "bangunan_liar": ["bangunan"],
    "merokok": ["ketertiban"],
    "kebersihan_rumput": ["taman"],
    "asusila_pmks": ["ketertiban"],
    "adminduk": ["layanan_publik"],
    "pelayanan_publik": ["layanan_publik"],
    "pungli": ["layanan_publik"],
    "polusi": ["pencemaran"],
    "kebakaran": ["kebakaran_penyelamatan"],
}


@dataclass(frozen=True)
class Parsed:
    """A text, what is known of it, what the model said, and the milliseconds it took."""

    known: dict[str, Any]
    intent: str
    understanding: dict[str, Any] = field(repr=False)
    milliseconds: float

    @property
    def text(self) -> str:
        """The text as it was written."""
        return str(self.known["text"])

    @property
    def strict(self) -> list[str]:
        """The codes of the topic."""
        return _codes([self.known["topic"]])

    @property
    def lenient(self) -> list[str]:
        """The codes of the topic and of its alternatives."""
        return self.strict + _codes(self.known.get("topic_alt") or ())

    @property
    def guesses(self) -> list[str]:
        """The category codes the model named, best first."""
        return [guess["code"] for guess in self.understanding["categories"]]

    @property
    def sureness(self) -> float:
        """The probability of the best category."""
        return float(self.understanding["categories"][0]["score"])


def _codes(topics: Iterable[str]) -> list[str]:
    return [code for topic in topics for code in CODES_OF_TOPIC.get(topic, [topic])]


def parse_file(reader: Reader, file: Path) -> list[Parsed]:
    """Parse every text of a JSON Lines file, after one that warms up."""
    reader.read("halo")
    return [_parse(reader, json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]


def _parse(reader: Reader, known: dict[str, Any]) -> Parsed:
    started = time.perf_counter()
    answer = reader.read(known["text"])
    milliseconds = 1000 * (time.perf_counter() - started)
    return Parsed(known, answer["intent"]["name"], answer["understanding"], milliseconds)


def with_clear_topic(parsed: Sequence[Parsed]) -> list[Parsed]:
    """Leave out texts that alone do not say what the problem is."""
    return [p for p in parsed if p.known.get("topic") and not p.known.get("needs_clarification")]
