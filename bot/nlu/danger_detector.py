"""Is somebody in danger right now? ``sure``, ``maybe`` or nothing; recall comes before everything.

Two witnesses: ``danger_classifier`` gives a probability, and the words found by the rules of
``data/reference/danger.yml`` multiply its odds. So plain words make a doubt certain, and words of danger in
another sense ("tagihan bikin serangan jantung") do nothing when the classifier sees no danger at all. Deep
water, a live wire on the ground, a tree on a house may be an ordinary complaint or danger: always "maybe".

When danger is sure the intent becomes ``report_danger`` whatever the intent classifier preferred (its ranking
stays), also after a fallback. On "maybe" the intent stays, and the actions mention 112 and go on.
"""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.danger_classifier import DANGER_PROBABILITY, REPORT_DANGER
from bot.nlu.danger_rules import ASK, MAYBE, SURE, DangerRules
from bot.nlu.place_recogniser import text_to_classify
from bot.nlu.reference import vocabulary

DANGER = "danger"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class DangerDetector(GraphComponent):
    """Joins the rules and the classifier's opinion.

    ``sure_from`` and ``maybe_from`` are probabilities after the rules; ``odds_of_sure_words`` and
    ``odds_of_maybe_words`` are what the odds are multiplied by when a rule of that level holds.
    """

    def __init__(self, config: dict[str, Any]) -> None:
        self._sure_from = float(config["sure_from"])
        self._maybe_from = float(config["maybe_from"])
        self._factors = {
            SURE: float(config["odds_of_sure_words"]),
            MAYBE: float(config["odds_of_maybe_words"]),
        }
        self._rules = DangerRules(vocabulary("danger"))

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Measured by ``benchmarks/danger.py``."""
        return {"sure_from": 0.6, "maybe_from": 0.25, "odds_of_sure_words": 20, "odds_of_maybe_words": 3}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "DangerDetector":
        """Build the component; it stores nothing."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the level of danger, and the intent when it is sure."""
        for message in messages:
            likely = self.likelihood(text_to_classify(message), message.get(DANGER_PROBABILITY, 0.0))
            level = SURE if likely >= self._sure_from else MAYBE if likely >= self._maybe_from else None
            message.set(DANGER, level)
            if level == SURE:
                message.set(
                    INTENT, {"name": REPORT_DANGER, "confidence": max(likely, 0.99)}, add_to_output=True
                )
        return messages

    def likelihood(self, text: str, probability: float) -> float:
        """Give the probability of danger after what the rules say."""
        level = self._rules.level(text)
        factor = self._factors.get(level or "", 1.0)
        likely = factor * probability / (factor * probability + 1 - probability)
        return max(likely, self._maybe_from) if level == ASK else likely
