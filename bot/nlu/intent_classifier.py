"""What the citizen wants: intent and the three likeliest intents (``intent_ranking``).

Reads the standard words without names of areas, and whether it is a question; Rasa's ``FallbackClassifier``
after it says ``nlu_fallback`` when nothing is likely.
"""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.model_component import ModelComponent
from bot.nlu.place_recogniser import text_to_classify

RANKING = "intent_ranking"
CONFIDENCES = "intent_confidences"
RANKED = 3


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(ModelComponent, RasaIntentClassifier):
    """Linear model over all intents of ``data/nlu/``."""

    def examples(self, training_data: TrainingData) -> tuple[list[str], list[str]]:
        """Take every example that has an intent."""
        examples = training_data.intent_examples
        return [_with_question_mark(e) for e in examples], [e.get(INTENT) for e in examples]

    def process(self, messages: list[Message]) -> list[Message]:
        """Set ``intent`` and ``intent_ranking``; all confidences stay on the message for later components."""
        for message in messages:
            text = _with_question_mark(message)
            # Without a word (only emoji, dots) every intent is a guess: nothing is likely.
            ranking = [(name, confidence if text else 0.0) for name, confidence in self.model.ranking(text)]
            best = [{"name": name, "confidence": confidence} for name, confidence in ranking[:RANKED]]
            message.set(INTENT, best[0], add_to_output=True)
            message.set(RANKING, best, add_to_output=True)
            message.set(CONFIDENCES, dict(ranking))
        return messages


def _with_question_mark(message: Message) -> str:
    """Give the text to classify, with a question mark as its last word where the citizen set one."""
    text = text_to_classify(message)
    return f"{text} ?" if text and "?" in message.get(TEXT) else text
