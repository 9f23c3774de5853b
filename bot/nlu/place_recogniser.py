"""The place of the problem: the citizen's words for it, and the kelurahan when the text settles it.

Joins ``gazetteer`` (names), ``place_context`` (what they name here), ``place_phrases`` (the span) and
``place_resolution`` (the kelurahan); ``place_tagger`` after it betters the span. It also takes the names of
areas out of what the classifiers read: "Jembatan Besi" and "Taman Sari" are no bridge and no park.
"""

from dataclasses import asdict
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.gazetteer import Gazetteer, Mention
from bot.nlu.normaliser import words_of
from bot.nlu.place_context import PlaceContext
from bot.nlu.place_phrases import PlacePhrases
from bot.nlu.place_resolution import Resolver
from bot.nlu.place_signs import LOCATION as LOCATION
from bot.nlu.place_signs import PLACE_SIGNS, PlaceSigns
from bot.nlu.reference import area_rows, fingerprint_of_inputs, vocabulary
from bot.nlu.words import Words

TEXT_TO_CLASSIFY = "text_to_classify"
# What stands for any area and any address in the texts that are learnt from and classified.
AREA, ADDRESS = "namawilayah", "namaalamat"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=False)
class PlaceRecogniser(GraphComponent):
    """Reads the place out of a message."""

    def __init__(self) -> None:
        places = vocabulary("places")
        self._gazetteer = Gazetteer.read(area_rows(), places)
        self._phrases = PlacePhrases(places)
        self._context = PlaceContext(self._gazetteer, places)
        self._resolver = Resolver(self._gazetteer)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "PlaceRecogniser":
        """Build the component; it has no settings and stores nothing."""
        return cls()

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Tell Rasa's cache about the files this component reads."""
        return fingerprint_of_inputs()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Set location and text to classify on every training example."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the location (or None), what it was found by, and the text to classify."""
        for message in messages:
            words = words_of(message)
            typed = [word.typed for word in words]
            mentions = self._gazetteer.find(typed)
            signs = self._signs(words, typed, mentions)
            message.set(PLACE_SIGNS, signs)
            message.set(LOCATION, signs.location(words, signs.runs))
            message.set(TEXT_TO_CLASSIFY, self._without_names(words, mentions))
        return messages

    def _signs(self, words: Words, typed: list[str], mentions: list[Mention]) -> PlaceSigns:
        """Collect what in the text speaks of a place, and the facts about the areas named."""
        named = [n for m in mentions if (n := self._context.look_around(typed, m, mentions))]
        areas = [n.mention.span for n in named]
        runs = self._phrases.runs(words, areas, [mention.span for mention in mentions])
        return PlaceSigns(tuple(areas), tuple(runs), asdict(self._resolver.resolve(named)))

    def _without_names(self, words: Words, mentions: list[Mention]) -> str:
        """Give the standard words, one word standing for each address and one for each area outside them."""
        areas = [mention.span for mention in mentions]
        stand_ins = {span: ADDRESS for span in self._phrases.addresses(words, areas)}
        return words.standard_with({**dict.fromkeys(areas, AREA), **stand_ins})


def text_to_classify(message: Message) -> str:
    """Give the standard words of a message without names of areas: what the classifiers read."""
    text = message.get(TEXT_TO_CLASSIFY)
    if not isinstance(text, str):
        raise ValueError(
            "config.yml must list bot.nlu.place_recogniser.PlaceRecogniser before the classifiers"
        )
    return text
