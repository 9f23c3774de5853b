"""Who may see the report, as far as the citizen says it: ``publik``, ``privat``, ``anonim`` or nothing.

Vocabulary: ``data/reference/privacy.yml``. "ga usah rahasia" wishes publik; "jangan dipublikasikan"
wishes privat.
"""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.normaliser import words_of
from bot.nlu.phrases import Phrases
from bot.nlu.reference import vocabulary

PRIVACY = "privacy"
_OPPOSITE = {"privat": "publik", "anonim": "publik", "publik": "privat"}


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class PrivacyRecogniser(GraphComponent):
    """Reads the wish out of the words."""

    def __init__(self) -> None:
        facts = vocabulary("privacy")
        self._wishes = {wish: Phrases(facts[wish]) for wish in ("anonim", "privat", "publik")}
        self._not_about_the_report = Phrases(facts["not_about_the_report"])
        self._negations = tuple(f" {negation} " for negation in facts["negations"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "PrivacyRecogniser":
        """Build the component; it has no settings and stores nothing."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the wish, or None."""
        for message in messages:
            message.set(PRIVACY, self.wish(words_of(message).standard))
        return messages

    def wish(self, text: str) -> str | None:
        """Give the last wish in a text of standard words: who corrects himself means the later one."""
        text = self._not_about_the_report.remove_from(text)
        found = [
            (match.start(), wish) for wish, phrases in self._wishes.items() for match in phrases.find(text)
        ]
        if not found:
            return None
        start, wish = max(found)
        if any(said in f" {text[:start]}"[-24:] for said in self._negations):
            return _OPPOSITE[wish]
        return wish
