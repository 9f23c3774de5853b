"""Is somebody in danger right now? ``sure``, ``maybe`` or nothing; recall comes before everything.

Two witnesses: the rules of ``data/reference/danger.yml``, and the intent classifier's probability of
``report_danger``. When danger is sure the intent becomes ``report_danger`` whatever the classifier
preferred (its ranking stays), also after a fallback. On "maybe" the intent stays, and the actions mention
112 and go on.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.intent_classifier import CONFIDENCES
from bot.nlu.normaliser import words_of
from bot.nlu.phrases import Phrases
from bot.nlu.reference import vocabulary

DANGER = "danger"
REPORT_DANGER = "report_danger"


@dataclass(frozen=True)
class Rule:
    """Phrases that must stand near each other for a level of danger."""

    level: str
    groups: tuple[Phrases, ...]
    unless: Phrases
    within: int

    @classmethod
    def read(cls, facts: dict[str, Any]) -> "Rule":
        """Read one entry of ``danger.yml``."""
        groups = tuple(Phrases(map(str, group)) for group in facts["all"])
        return cls(facts["level"], groups, Phrases(facts.get("unless", ())), facts.get("within", 12))

    def holds(self, text: str) -> bool:
        """Tell whether all groups occur in ``text``, near enough to each other."""
        text = self.unless.remove_from(text)
        places = [[len(text[: m.start()].split()) for m in group.find(text)] for group in self.groups]
        return any(max(near) - min(near) <= self.within for near in product(*places))


class DangerRules:
    """The rules of ``danger.yml`` over a text in standard words."""

    def __init__(self, rules: Iterable[dict[str, Any]], harmless: Iterable[str]) -> None:
        """Take rules and the phrases that sound like danger and are none."""
        self._rules = [Rule.read(facts) for facts in rules]
        self._harmless = Phrases(harmless)

    def level(self, text: str) -> str | None:
        """Give the highest level of danger any rule finds."""
        text = self._harmless.remove_from(re.sub(r"\s+", " ", text))
        levels = {rule.level for rule in self._rules if rule.holds(text)}
        return "sure" if "sure" in levels else "maybe" if levels else None


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class DangerDetector(GraphComponent):
    """Joins the rules and the classifier's opinion; ``sure_from`` and ``maybe_from`` are probabilities."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._sure_from = float(config["sure_from"])
        self._maybe_from = float(config["maybe_from"])
        facts = vocabulary("danger")
        self._rules = DangerRules(facts["rules"], facts["harmless"])

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Thresholds measured by ``benchmarks/understanding.py`` (docs/adr/0007)."""
        return {"sure_from": 0.6, "maybe_from": 0.2}

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
            level = self._level(words_of(message).standard, likely)
            message.set(DANGER, level)
            if level == "sure":
                message.set(
                    INTENT, {"name": REPORT_DANGER, "confidence": max(likely, 0.99)}, add_to_output=True
                )
        return messages

    def _level(self, text: str, likely: float) -> str | None:
        by_rule = self._rules.level(text)
        if by_rule == "sure" or likely >= self._sure_from:
            return "sure"
        return "maybe" if by_rule or likely >= self._maybe_from else None
