"""How well a message is understood: one table, on our own examples and on a file of real texts.

``.venv/bot/bin/python -m benchmarks.understanding [--model MODEL] [--texts FILE.jsonl] [--errors N]``

Our own examples (``data/nlu/``) are judged by cross-validation: each by classifiers that did not see it.
Texts of the file are judged by the trained model through Rasa's own graph. Each line of the file is an
object with ``text`` and, as far as known, ``topic`` and ``topic_alt`` (what it is about), ``loc_in_text``
(the words that name a place), ``needs_clarification``. The texts are measured, never learnt from.
"""

import argparse
import json
import re
import resource
import statistics
import time
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.nlu.__main__ import Reader, newest_model
from bot.nlu.category_classifier import CategoryClassifier
from bot.nlu.intent_classifier import IntentClassifier
from bot.nlu.linear_model import LinearModel, Training
from bot.nlu.model_component import ModelComponent
from bot.nlu.normaliser import Normaliser
from bot.nlu.place_recogniser import PlaceRecogniser
from bot.nlu.reference import ROOT

PARTS = 4
SURE_ENOUGH = (0.6, 0.75, 0.9)
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
Row = tuple[str, str]


@dataclass(frozen=True)
class Parsed:
    """A text of the file, what is known of it, what the model said, and the milliseconds it took."""

    known: dict[str, Any]
    intent: str
    understanding: dict[str, Any]
    milliseconds: float

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


def _codes(topics: Iterable[str]) -> list[str]:
    return [code for topic in topics for code in CODES_OF_TOPIC.get(topic, [topic])]


def cross_validated(component: type[ModelComponent], training_data: Any, training: Training) -> list[Row]:
    """Give truth and guess for every example, each guessed by a model that did not see it."""
    texts, labels = component.examples(component, training_data)  # type: ignore[arg-type]
    part_of = np.random.default_rng(training.seed).permutation(len(texts)) % PARTS
    rows: list[Row] = []
    for part in range(PARTS):
        seen = [i for i in range(len(texts)) if part_of[i] != part]
        model = LinearModel.fit([texts[i] for i in seen], [labels[i] for i in seen], training)
        unseen = [i for i in range(len(texts)) if part_of[i] == part]
        rows += [(labels[i], model.ranking(texts[i])[0][0]) for i in unseen]
    return rows


def scores_by_label(rows: Sequence[Row]) -> dict[str, tuple[float, float, int]]:
    """Give precision, recall and count of each label."""
    right = Counter(truth for truth, guess in rows if truth == guess)
    truths, guesses = Counter(truth for truth, _ in rows), Counter(guess for _, guess in rows)
    return {
        label: (right[label] / max(guesses[label], 1), right[label] / count, count)
        for label, count in sorted(truths.items())
    }


def show_cross_validation() -> None:
    """Print accuracy, macro F1 and the scores of each intent and category."""
    from rasa.shared.nlu.training_data.loading import load_data

    data = load_data(str(ROOT / "data" / "nlu"))
    data = PlaceRecogniser().process_training_data(Normaliser().process_training_data(data))
    for component in (IntentClassifier, CategoryClassifier):
        rows = cross_validated(component, data, Training())
        by_label = scores_by_label(rows)
        f1 = [2 * p * r / (p + r) if p + r else 0.0 for p, r, _ in by_label.values()]
        print(f"\n{component.__name__}, cross-validation in {PARTS} parts on {len(rows)} examples")
        accuracy = _share(truth == guess for truth, guess in rows)
        print(f"  accuracy {accuracy}, macro F1 {statistics.mean(f1):.3f}")
        for label, (precision, recall, count) in by_label.items():
            print(f"  {label:26} precision {precision:.3f}  recall {recall:.3f}  n {count}")


def parse_file(reader: Reader, file: Path) -> list[Parsed]:
    """Parse every text of the file, after one that warms up."""
    reader.read("halo")
    parsed = []
    for line in file.read_text(encoding="utf-8").splitlines():
        known = json.loads(line)
        started = time.perf_counter()
        answer = reader.read(known["text"])
        milliseconds = 1000 * (time.perf_counter() - started)
        parsed.append(Parsed(known, answer["intent"]["name"], answer["understanding"], milliseconds))
    return parsed


def show_texts(parsed: Sequence[Parsed], errors: int) -> None:
    """Print how the real texts were understood."""
    clear = [p for p in parsed if p.known.get("topic") and not p.known.get("needs_clarification")]
    print(f"\nReal texts: {len(parsed)}, of these {len(clear)} with a clear topic")
    print(f"  category strict {_share(p.guesses[0] in p.strict for p in clear)}")
    print(f"  category lenient {_share(p.guesses[0] in p.lenient for p in clear)}")
    print(f"  category within three {_share(any(g in p.lenient for g in p.guesses) for p in clear)}")
    for sure in SURE_ENOUGH:
        kept = [p for p in clear if p.understanding["categories"][0]["score"] >= sure]
        print(f"  sure from {sure}: {_share(p in kept for p in clear)} not asked, of these right", end=" ")
        print(_share(p.guesses[0] in p.lenient for p in kept))
    print(f"  problem seen {_share(p.understanding['has_problem'] for p in clear)}")
    print(f"  intents {dict(Counter(p.intent for p in parsed).most_common())}")
    print(f"  danger {dict(Counter(p.understanding['danger'] for p in parsed))}")
    _show_places(parsed)
    for p in [p for p in clear if p.guesses[0] not in p.lenient][:errors]:
        print(f"  {p.guesses[:2]} for {p.lenient}: {p.known['text'][:110]!r}")


def _show_places(parsed: Sequence[Parsed]) -> None:
    found = [p for p in parsed if p.understanding["location"]]
    named = [p for p in parsed if p.known.get("loc_in_text")]
    hits = [
        p for p in found if _tokens(p.understanding["location"]["text"]) & _tokens(p.known.get("loc_in_text"))
    ]
    print(f"  place found: precision {len(hits) / len(found):.3f}, recall {len(hits) / len(named):.3f}")
    settled = [p for p in found if p.understanding["location"]["kelurahan_code"]]
    print(f"  kelurahan settled in {len(settled)} texts")


def _tokens(text: str | None) -> set[str]:
    return set(re.findall(r"\w+", (text or "").lower()))


def _share(claims: Iterable[bool]) -> str:
    values = list(claims)
    return f"{statistics.mean(values):.3f}" if values else "-"


def main() -> None:
    """Run the measurements asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.understanding")
    parser.add_argument("--model", type=Path, help="a model archive (default: the newest in models/)")
    parser.add_argument("--texts", type=Path, help="real texts, one JSON object a line")
    parser.add_argument("--errors", type=int, default=0, help="so many errors on the real texts are printed")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    model = arguments.model or newest_model(ROOT / "models")
    reader = Reader(model)
    if arguments.texts:
        parsed = parse_file(reader, arguments.texts)
        show_texts(parsed, arguments.errors)
        times = sorted(p.milliseconds for p in parsed)
        late = times[len(times) * 95 // 100]
        print(f"  a message takes {statistics.median(times):.1f} ms, 95 % under {late:.1f} ms")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  memory {memory:.0f} MiB, model {model.stat().st_size / 1e6:.1f} MB")
    show_cross_validation()


if __name__ == "__main__":
    main()
