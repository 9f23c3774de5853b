"""Last component: joins what the others found into ``understanding``, the one key the actions read.

The form of the key is fixed in ``docs/architecture.md``, section 2.
"""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.category_classifier import CATEGORIES, PROBLEM
from bot.nlu.danger_detector import DANGER
from bot.nlu.language import LanguageGuesser
from bot.nlu.normaliser import words_of
from bot.nlu.place_recogniser import LOCATION
from bot.nlu.privacy_recogniser import PRIVACY
from bot.nlu.reference import vocabulary
from bot.nlu.report_number_reader import REPORT_NUMBER, SECRET_CODE

UNDERSTANDING = "understanding"
# Who means one of these describes no problem, whatever single words may look like.
_ANSWERS_AND_QUESTIONS = frozenset(
    ["affirm", "ask_help", "ask_human", "ask_privacy_difference", "ask_why", "bot_challenge", "cancel"]
    + [
        "choose_privacy",
        "deny",
        "goodbye",
        "greet",
        "insult",
        "restart_intake",
        "skip",
        "small_talk",
        "thank",
    ]
)


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class Understanding(GraphComponent):
    """Assembles the answer; ``problem_from`` is the probability from which a problem counts as named."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._problem_from = float(config["problem_from"])
        languages = vocabulary("languages")
        self._guesser = LanguageGuesser(languages["indonesian"], languages["english"])

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Measured by ``benchmarks/understanding.py`` (docs/adr/0007)."""
        return {"problem_from": 0.5}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Understanding":
        """Build the component; it stores nothing."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set ``understanding`` in the parse output of every message."""
        for message in messages:
            message.set(UNDERSTANDING, self._assembled(message), add_to_output=True)
        return messages

    def _assembled(self, message: Message) -> dict[str, Any]:
        return {
            "categories": message.get(CATEGORIES, []),
            "location": message.get(LOCATION),
            "privacy": message.get(PRIVACY),
            "danger": message.get(DANGER),
            "report_number": message.get(REPORT_NUMBER),
            "secret_code": message.get(SECRET_CODE),
            "has_problem": self._has_problem(message),
            "language": self._guesser.language(word.typed for word in words_of(message)),
        }

    def _has_problem(self, message: Message) -> bool:
        intent = (message.get(INTENT) or {}).get("name")
        return intent not in _ANSWERS_AND_QUESTIONS and message.get(PROBLEM, 0.0) >= self._problem_from
