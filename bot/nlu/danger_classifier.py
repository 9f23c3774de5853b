"""How likely it is that somebody is in danger: a linear model that knows only "danger" and "no danger".

One of the two witnesses of ``danger_detector``. Among all intents danger is one matter of many; a model with
this one question, whose rare examples weigh more, misses far fewer people for the same number of false alarms
(``benchmarks/danger.py``).
"""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.model_component import ModelComponent
from bot.nlu.place_recogniser import text_to_classify

DANGER_PROBABILITY = "danger_probability"
REPORT_DANGER = "report_danger"
SOMEBODY, NOBODY = "somebody", "nobody"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DangerClassifier(ModelComponent):
    """Linear model over the examples of ``report_danger`` and all others."""

    def examples(self, training_data: TrainingData) -> tuple[list[str], list[str]]:
        """Take every example that has an intent."""
        examples = training_data.intent_examples
        labels = [SOMEBODY if e.get(INTENT) == REPORT_DANGER else NOBODY for e in examples]
        return [text_to_classify(e) for e in examples], labels

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the probability that somebody is in danger; a message without a word says nothing."""
        for message in messages:
            text = text_to_classify(message)
            message.set(DANGER_PROBABILITY, dict(self.model.ranking(text))[SOMEBODY] if text else 0.0)
        return messages
