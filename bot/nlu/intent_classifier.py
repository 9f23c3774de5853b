"""What the citizen wants: intent and the three likeliest intents (``intent_ranking``).

Reads the standard words without names of areas; Rasa's ``FallbackClassifier`` after it says
``nlu_fallback`` when nothing is likely.
"""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.nlu.constants import INTENT
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
        return [text_to_classify(e) for e in examples], [e.get(INTENT) for e in examples]

    def process(self, messages: list[Message]) -> list[Message]:
        """Set ``intent`` and ``intent_ranking``; all confidences stay on the message for later components."""
        for message in messages:
            ranking = self.model.ranking(text_to_classify(message))
            best = [{"name": name, "confidence": confidence} for name, confidence in ranking[:RANKED]]
            message.set(INTENT, best[0], add_to_output=True)
            message.set(RANKING, best, add_to_output=True)
            message.set(CONFIDENCES, dict(ranking))
        return messages
