"""Who may see the report, as far as the citizen says it: ``publik``, ``privat``, ``anonim`` or nothing.

Vocabulary: ``data/reference/privacy.yml``. "ga usah rahasia" wishes publik; "jangan dipublikasikan"
wishes privat.
"""

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.normaliser import words_of
from bot.nlu.phrases import Phrases
from bot.nlu.reference import vocabulary

PRIVACY = "privacy"
SHORT = 6
_OPPOSITE = {"privat": "publik", "anonim": "publik", "publik": "privat"}
_NOT_A_WISH = frozenset({"ask_privacy_difference", "ask_service_info", "check_status"})


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class PrivacyRecogniser(GraphComponent):
    """Reads the wish out of the words; a question about privacy is no wish."""

    def __init__(self) -> None:
        facts = vocabulary("privacy")
        kinds, short = tuple(_OPPOSITE), facts["short_answers"]
        self._wishes = {wish: Phrases(facts[wish]) for wish in kinds}
        self._short_answers = {wish: Phrases([*facts[wish], *short[wish]]) for wish in kinds}
        self._no_wish = Phrases([*facts["not_about_the_report"], *facts["consent"]])
        negations, between = "|".join(facts["negations"]), "|".join(facts["between"])
        self._negated = re.compile(rf"\b(?:{negations})(?: (?:{between}))* $")

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
            intent = (message.get(INTENT) or {}).get("name")
            text = words_of(message).standard
            message.set(PRIVACY, None if intent in _NOT_A_WISH else self.wish(text))
        return messages

    def wish(self, text: str) -> str | None:
        """Give the last wish in a text of standard words: who corrects himself means the later one."""
        text = self._no_wish.remove_from(text)
        known = self._short_answers if len(text.split()) <= SHORT else self._wishes
        found = [(match.start(), wish) for wish, phrases in known.items() for match in phrases.find(text)]
        if not found:
            return None
        start, wish = max(found)
        return _OPPOSITE[wish] if self._negated.search(text[:start]) else wish
