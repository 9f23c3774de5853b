"""First component: reads the words of a message (``words.Speller``) and puts them where the others find them.

Called by Rasa in training and in parsing. It sets ``WORDS`` on the message and nothing else: the stored
text, and what is shown to officers, stays the citizen's own.
"""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.reference import fingerprint_of_inputs, vocabulary
from bot.nlu.spelling import Spelling
from bot.nlu.words import Speller, Words

WORDS = "words"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=False)
class Normaliser(GraphComponent):
    """Looks behind abbreviations, reduplication, stretched letters and HTML entities."""

    def __init__(self) -> None:
        self._speller = Speller(vocabulary("slang"), Spelling(vocabulary("words")))

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Normaliser":
        """Build the component; it has no settings and stores nothing."""
        return cls()

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Tell Rasa's cache about the files this component reads."""
        return fingerprint_of_inputs()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Set the words of every training example."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the words of every message that has a text."""
        for message in messages:
            message.set(WORDS, self._speller.read(message.get(TEXT) or ""))
        return messages


def words_of(message: Message) -> Words:
    """Give the words the normaliser set; a missing normaliser in front is a mistake in ``config.yml``."""
    words = message.get(WORDS)
    if not isinstance(words, Words):
        raise ValueError("config.yml must list bot.nlu.normaliser.Normaliser before every other component")
    return words
