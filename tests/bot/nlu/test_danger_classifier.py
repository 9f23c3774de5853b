"""Danger as the only question: what the model learns from, and what it says of a message."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.danger_classifier import DANGER_PROBABILITY, DangerClassifier
from bot.nlu.normaliser import Normaliser
from bot.nlu.place_recogniser import PlaceRecogniser

# Rasa's reader of training data checks it with an old pykwalify.
pytestmark = pytest.mark.filterwarnings("ignore:the load_module:DeprecationWarning")

Read = Callable[[str], Message]

EXAMPLES = """
nlu:
- intent: report_danger
  examples: |
    - anak tenggelam di kali
    - orang tenggelam tolong
    - bapak saya pingsan tolong
    - orang pingsan di kali
- intent: file_complaint
  examples: |
    - lampu jalan mati
    - lampu mati tolong perbaiki
    - sampah di kali
    - jalan rusak
- intent: greet
  examples: |
    - halo
    - halo bapak
"""


@pytest.fixture(scope="module")
def classifier(places: PlaceRecogniser, tmp_path_factory: pytest.TempPathFactory) -> DangerClassifier:
    folder: Path = tmp_path_factory.mktemp("model")
    storage, resource = LocalModelStorage(folder), Resource("danger")
    context = ExecutionContext(GraphSchema({}), node_name="danger")
    config = {"strength": 10.0, "min_count": 1, "held_out": 0.3}
    examples = Normaliser().process_training_data(RasaYAMLReader().reads(EXAMPLES))
    DangerClassifier.create(config, storage, resource, context).train(places.process_training_data(examples))
    return DangerClassifier.load(config, storage, resource, context)


def test_all_intents_but_one_are_no_danger(classifier: DangerClassifier) -> None:
    assert set(classifier.model.labels) == {"somebody", "nobody"}


def test_somebody_drowning_is_likelier_danger_than_a_lamp(read: Read, classifier: DangerClassifier) -> None:
    drowning, lamp = classifier.process([read("ada anak tenggelam"), read("lampu mati")])
    assert drowning.get(DANGER_PROBABILITY) > 0.5 > lamp.get(DANGER_PROBABILITY)


@pytest.mark.parametrize("text", ["", "🙈", "..."])
def test_a_message_without_a_word_is_no_danger(read: Read, classifier: DangerClassifier, text: str) -> None:
    assert classifier.process([read(text)])[0].get(DANGER_PROBABILITY) == 0.0
