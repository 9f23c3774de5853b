"""What a complaint is about: the likeliest categories, and whether a problem is named at all.

Learns from ``metadata: {category: …}`` of the ``file_complaint`` blocks in ``data/nlu/``. What names no
problem (a request without content, "mau lapor", a place and nothing else) is a class of its own,
``NO_PROBLEM``.
"""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.model_component import ModelComponent
from bot.nlu.place_recogniser import text_to_classify

CATEGORIES = "categories"
PROBLEM = "problem_probability"
NO_PROBLEM = "-"
RANKED = 3
_NAMES_NO_PROBLEM = ("file_complaint", "give_location")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CategoryClassifier(ModelComponent):
    """Linear model over the category codes and ``NO_PROBLEM``."""

    def examples(self, training_data: TrainingData) -> tuple[list[str], list[str]]:
        """Take complaints with their category, and complaints and places that name no problem."""
        labelled = [(text_to_classify(e), _label(e)) for e in training_data.intent_examples]
        return [text for text, label in labelled if label], [label for _, label in labelled if label]

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the three best categories (they share 1 with the rest) and how likely a problem is named."""
        for message in messages:
            text = text_to_classify(message)
            ranking = self.model.ranking(text)
            without = dict(ranking).get(NO_PROBLEM, 0.0) if text else 1.0
            share = max(1.0 - without, 1e-6)
            best = [(code, score / share) for code, score in ranking if code != NO_PROBLEM][:RANKED]
            message.set(CATEGORIES, [{"code": code, "score": round(score, 4)} for code, score in best])
            message.set(PROBLEM, 1.0 - without)
        return messages


def _label(example: Message) -> str | None:
    """Give the category of an example, ``NO_PROBLEM``, or None for what is no matter of categories."""
    of_intent = (example.get(METADATA) or {}).get(METADATA_INTENT) or {}
    if category := of_intent.get("category"):
        return str(category)
    return NO_PROBLEM if example.get(INTENT) in _NAMES_NO_PROBLEM else None
