"""The words of the place, as learnt from our own sentences; joins what ``place_recogniser`` found by patterns.

A ``SequenceModel`` tags each word; its features are words, neighbours, shapes, and the runs and areas of the
patterns (``place_features``). It replaces only the words of the location: what kelurahan they settle stays
with ``place_resolution``. Learns from ``data/places/`` (``place_examples``) and, to know what ordinary
words of a message are, from the examples of ``data/nlu/``.
"""

import json
import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.normaliser import Normaliser, words_of
from bot.nlu.place_examples import PlaceExample, varied, written_examples
from bot.nlu.place_features import PlaceFeatures
from bot.nlu.place_phrases import PlacePhrases
from bot.nlu.place_recogniser import PlaceRecogniser, text_to_classify
from bot.nlu.place_signs import LOCATION, PLACE_SIGNS, Piece, PlaceSigns
from bot.nlu.reference import fingerprint_of_inputs, vocabulary
from bot.nlu.sequence_model import BEGIN, INSIDE, OUT, SequenceModel
from bot.nlu.words import Words

COUNTS = "counts.json"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=True)
class PlaceTagger(GraphComponent):
    """Finds the words of the place; trained by ``rasa train``, kept without pickle."""

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        features: PlaceFeatures | None = None,
        model: SequenceModel | None = None,
    ) -> None:
        """Take the settings, and what was learnt, if anything."""
        self._config = config
        self._storage = storage
        self._resource = resource
        self._features = features
        self._model = model
        self._phrases = PlacePhrases(vocabulary("places"))
        self._locators = frozenset(vocabulary("places")["locators"])

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Rounds over the examples, rarest feature kept, variations of each, texts without a place, seed."""
        return {"rounds": 5, "min_count": 2, "variations": 2, "without_place": 1500, "seed": 20261124}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "PlaceTagger":
        """Build the component before training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "PlaceTagger":
        """Build the component with what it learnt.

        Raises:
            ValueError, OSError: the model is not whole; the server must not start with it.
        """
        with model_storage.read_from(resource) as folder:
            counts = json.loads((folder / COUNTS).read_text(encoding="utf-8"))
            features = PlaceFeatures(vocabulary("places"), counts)
            return cls(config, model_storage, resource, features, SequenceModel.load(folder))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Tell Rasa's cache about modules, vocabulary and examples the model depends on."""
        return fingerprint_of_inputs()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the written examples, and keep the model."""
        counts, model = self.learn(training_data, written_examples())
        with self._storage.write_to(self._resource) as folder:
            model.save(folder)
            (folder / COUNTS).write_text(json.dumps(counts, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def learn(
        self, training_data: TrainingData, written: list[PlaceExample]
    ) -> tuple[Counter[str], SequenceModel]:
        """Learn from these sentences and from ordinary texts; return how common words are, and the model."""
        counts, others = self._ordinary_texts(training_data)
        self._features = PlaceFeatures(vocabulary("places"), counts)
        examples = [*varied(written, others, self._config["variations"], self._config["seed"]), *others]
        messages = _read([example.text for example in examples])
        self._model = SequenceModel.train(
            [self._features.of(words_of(m), m.get(PLACE_SIGNS)) for m in messages],
            [tags_of(words_of(m), e) for m, e in zip(messages, examples, strict=True)],
            self._config["rounds"],
            self._config["min_count"],
            self._config["seed"],
        )
        return counts, self._model

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the location of every message anew; where an area is named, the patterns have the last word."""
        for message in messages:
            words, signs = words_of(message), message.get(PLACE_SIGNS)
            runs = self.runs(words, signs) or (signs.runs if signs.areas else ())
            message.set(
                LOCATION, signs.location(words, [self._from_locator(words, run, signs) for run in runs])
            )
        return messages

    def _from_locator(self, words: Words, run: Piece, signs: PlaceSigns) -> Piece:
        """Begin a run at the "depan" or "samping" with which the patterns begin it: it helps officers."""
        begins = [
            first
            for first, last in signs.runs
            if first < run[0] < last and words.items[first].standard in self._locators
        ]
        return min(begins, default=run[0]), run[1]

    def runs(self, words: Words, signs: PlaceSigns) -> list[Piece]:
        """Give the runs of words that name a place."""
        if self._features is None or self._model is None:
            raise ValueError("PlaceTagger is asked before it was trained or loaded")
        tags = self._model.tag(self._features.of(words, signs))
        starts = [i for i, tag in enumerate(tags) if tag == BEGIN]
        ends = [next((k for k in range(i + 1, len(tags)) if tags[k] != INSIDE), len(tags)) for i in starts]
        return self._phrases.joined(words, list(zip(starts, ends, strict=True)))

    def _ordinary_texts(self, training_data: TrainingData) -> tuple[Counter[str], list[PlaceExample]]:
        """Count words in one half of the examples; of the other, take texts in which nothing names a place.

        Two halves, so that the words of the second are as rare or common as those of a new message.
        """
        messages = [m for m in training_data.training_examples if m.get(TEXT)]
        random.Random(self._config["seed"]).shuffle(messages)  # noqa: S311 - a fixed order, no secret
        counts = Counter(word for m in messages[1::2] for word in text_to_classify(m).split())
        silent = [m for m in messages[::2] if not m.get(PLACE_SIGNS).runs]
        return counts, [PlaceExample(m.get(TEXT), ()) for m in silent[: self._config["without_place"]]]


def tags_of(words: Words, example: PlaceExample) -> list[int]:
    """Give the right tag of every word of an example."""
    tags = [OUT] * len(words)
    for start, end in example.spans:
        inside = [i for i, word in enumerate(words) if word.start < end and word.end > start]
        for i in inside:
            tags[i] = BEGIN if i == inside[0] else INSIDE
    return tags


def _read(texts: Sequence[str]) -> list[Message]:
    """Read texts as the components before this one do."""
    return PlaceRecogniser().process(Normaliser().process([Message.build(text) for text in texts]))
