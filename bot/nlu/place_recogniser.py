"""The place of the problem: the citizen's words for it, and the kelurahan when the text settles it.

Joins ``gazetteer`` (names), ``place_phrases`` (the span) and ``place_resolution`` (the kelurahan).
"""

from dataclasses import asdict
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.gazetteer import Gazetteer
from bot.nlu.normaliser import words_of
from bot.nlu.place_phrases import PlacePhrases
from bot.nlu.place_resolution import Resolver
from bot.nlu.reference import area_rows, vocabulary
from bot.nlu.words import Words

LOCATION = "location"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class PlaceRecogniser(GraphComponent):
    """Reads the place out of a message."""

    def __init__(self) -> None:
        places = vocabulary("places")
        self._gazetteer = Gazetteer.read(area_rows(), places)
        self._phrases = PlacePhrases(places)
        self._resolver = Resolver(self._gazetteer, places)

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

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the location, or None."""
        for message in messages:
            message.set(LOCATION, self.location(words_of(message)))
        return messages

    def location(self, words: Words) -> dict[str, Any] | None:
        """Give the place in the form of ``understanding``; None when the text names none."""
        typed = [word.typed for word in words]
        mentions = self._gazetteer.find(typed)
        resolved = self._resolver.resolve(typed, mentions)
        named = [m for m in mentions if self._resolver.names_an_area(typed, m, mentions)]
        piece = self._phrases.find(words, named)
        if piece is None:
            return None
        facts = asdict(resolved)
        return {"text": words.span(*piece), **facts, "candidates": list(resolved.candidates)}
