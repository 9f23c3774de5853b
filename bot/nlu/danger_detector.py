"""Is somebody in danger right now? ``sure``, ``maybe`` or nothing; recall comes before everything.

Two witnesses: the rules of ``data/reference/danger.yml``, and the intent classifier's probability of
``report_danger``. When danger is sure the intent becomes ``report_danger`` whatever the classifier
preferred (its ranking stays), also after a fallback. On "maybe" the intent stays, and the actions mention
112 and go on.
"""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.danger_rules import MAYBE, SURE, DangerRules
from bot.nlu.intent_classifier import CONFIDENCES
from bot.nlu.place_recogniser import text_to_classify
from bot.nlu.reference import vocabulary

DANGER = "danger"
REPORT_DANGER = "report_danger"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class DangerDetector(GraphComponent):
    """Joins the rules and the classifier's opinion; ``sure_from`` and ``maybe_from`` are probabilities."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._sure_from = float(config["sure_from"])
        self._sure_with_rule_from = float(config["sure_with_rule_from"])
        self._maybe_from = float(config["maybe_from"])
        self._rules = DangerRules(vocabulary("danger"))

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Thresholds measured by ``benchmarks/understanding.py`` (docs/adr/0007)."""
        return {"sure_from": 0.5, "sure_with_rule_from": 0.05, "maybe_from": 0.08}

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
            likely = float((message.get(CONFIDENCES) or {}).get(REPORT_DANGER, 0.0))
            level = self._level(text_to_classify(message), likely)
            message.set(DANGER, level)
            if level == SURE:
                message.set(
                    INTENT, {"name": REPORT_DANGER, "confidence": max(likely, 0.99)}, add_to_output=True
                )
        return messages

    def _level(self, text: str, likely: float) -> str | None:
        by_rule = self._rules.level(text)
        if likely >= self._sure_from or (by_rule == SURE and likely >= self._sure_with_rule_from):
            return SURE
        return MAYBE if by_rule or likely >= self._maybe_from else None
