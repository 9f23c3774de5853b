"""The pipeline of ``config.yml`` as Rasa runs it: trained, stored, loaded again, and asked."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.category_classifier import CategoryClassifier
from bot.nlu.danger_detector import DangerDetector
from bot.nlu.intent_classifier import IntentClassifier
from bot.nlu.linear_model import LinearModel, Training, softmax
from bot.nlu.model_component import ModelComponent
from bot.nlu.normaliser import Normaliser, words_of
from bot.nlu.place_recogniser import PlaceRecogniser, text_to_classify
from bot.nlu.privacy_recogniser import PrivacyRecogniser
from bot.nlu.reference import ROOT
from bot.nlu.report_number_reader import ReportNumberReader
from bot.nlu.understanding import UNDERSTANDING, Understanding

# Rasa's reader of training data checks it with an old pykwalify.
pytestmark = pytest.mark.filterwarnings("ignore:the load_module:DeprecationWarning")

Read = Callable[[str], Message]

LIGHTS = """
nlu:
- intent: file_complaint
  metadata:
    category: pju
  examples: |
    - lampu jalan mati
    - lampu gang gelap
    - pju padam semua
    - lampu penerangan mati di kelurahan koja
    - lampu mati di kel. gambir
"""
REST = """
nlu:
- intent: file_complaint
  metadata:
    category: jalan
  examples: |
    - jalan berlubang
    - aspal rusak parah
    - jalan hancur berlubang
    - lubang besar di jalan
- intent: file_complaint
  examples: |
    - mau lapor
    - mohon ditindaklanjuti
    - tolong segera diproses
- intent: greet
  examples: |
    - halo
    - selamat pagi
    - hai min
- intent: give_location
  examples: |
    - di tebet barat
    - kelurahan menteng
    - rt 3 rw 4
"""


@pytest.fixture(scope="module")
def examples(places: PlaceRecogniser) -> TrainingData:
    data = RasaYAMLReader().reads(LIGHTS).merge(RasaYAMLReader().reads(REST))
    return places.process_training_data(Normaliser().process_training_data(data))


def trained(
    component: type[ModelComponent], examples: TrainingData, folder: Path
) -> tuple[ModelComponent, LocalModelStorage, Resource]:
    storage, resource = LocalModelStorage(folder), Resource(component.__name__)
    context = ExecutionContext(GraphSchema({}), node_name=component.__name__)
    config = {"strength": 10.0, "min_count": 1, "held_out": 0.3}
    component.create(config, storage, resource, context).train(examples)
    return component.load(config, storage, resource, context), storage, resource


@pytest.fixture(scope="module")
def classifiers(examples: TrainingData, tmp_path_factory: pytest.TempPathFactory) -> list[ModelComponent]:
    return [
        trained(component, examples, tmp_path_factory.mktemp("models"))[0]
        for component in (IntentClassifier, CategoryClassifier)
    ]


@pytest.fixture
def understand(read: Read, classifiers: list[ModelComponent]) -> Callable[[str], dict[str, Any]]:
    parts = [
        *classifiers,
        PrivacyRecogniser(),
        DangerDetector(DangerDetector.get_default_config()),
        ReportNumberReader(),
        Understanding(Understanding.get_default_config()),
    ]

    def parse(text: str) -> dict[str, Any]:
        messages = [read(text)]
        for part in parts:
            messages = part.process(messages)
        return dict(messages[0].as_dict(only_output_properties=True))

    return parse


def test_several_blocks_of_one_intent_keep_their_own_category(classifiers: list[ModelComponent]) -> None:
    assert {"pju", "jalan", "-"} == set(classifiers[1].model.labels)


def test_one_message_gives_intent_category_place_and_privacy(
    understand: Callable[[str], dict[str, Any]],
) -> None:
    parsed = understand("lampu jalan mati di kel. Menteng, rahasiain ya")
    assert parsed["intent"]["name"] == "file_complaint"
    assert len(parsed["intent_ranking"]) == 3
    understanding = parsed[UNDERSTANDING]
    assert understanding["categories"][0]["code"] == "pju"
    assert understanding["location"]["kelurahan_code"] == "31.71.06.1001"
    assert understanding["privacy"] == "privat"
    assert understanding["has_problem"] is True
    assert understanding["language"] == "id"


def test_the_keys_are_those_of_the_contract(understand: Callable[[str], dict[str, Any]]) -> None:
    contract = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    understanding = understand("halo")[UNDERSTANDING]
    assert len(understanding) == 8
    for key in [*understanding, "kelurahan_code", "kecamatan", "kota", "candidates", "outside"]:
        assert f'"{key}"' in contract
    json.dumps(understanding)


@pytest.mark.parametrize("text", ["mohon ditindaklanjuti", "di tebet barat", "mau lapor", "halo min"])
def test_a_request_a_place_or_a_greeting_alone_names_no_problem(
    understand: Callable[[str], dict[str, Any]], text: str
) -> None:
    assert understand(text)[UNDERSTANDING]["has_problem"] is False


@pytest.mark.parametrize("text", ["", " ", "🙏", "?", "9999", "x" * 4096, "lampu mati " * 370])
def test_any_text_is_understood_somehow(understand: Callable[[str], dict[str, Any]], text: str) -> None:
    parsed = understand(text)
    assert parsed["intent"]["name"]
    assert 0 <= parsed["intent"]["confidence"] <= 1


def test_english_is_noticed(understand: Callable[[str], dict[str, Any]]) -> None:
    assert understand("there is a big hole in the road near my house")[UNDERSTANDING]["language"] == "en"


def test_the_stored_text_is_never_changed(understand: Callable[[str], dict[str, Any]]) -> None:
    text = "Lmpu  jln matiii &amp; gelap2"
    assert understand(text)["text"] == text


def test_a_model_is_stored_without_pickle(examples: TrainingData, tmp_path: Path) -> None:
    _, storage, resource = trained(IntentClassifier, examples, tmp_path)
    with storage.read_from(resource) as folder:
        assert {path.name for path in folder.iterdir()} == {"model.json", "weights.npz"}
        with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
            assert arrays["weights"].dtype == np.float16


def test_a_damaged_model_does_not_load(examples: TrainingData, tmp_path: Path) -> None:
    _, storage, resource = trained(IntentClassifier, examples, tmp_path)
    with storage.read_from(resource) as folder:
        (folder / "weights.npz").write_bytes(b"PK")
        with pytest.raises((OSError, ValueError)):
            LinearModel.load(folder)


def test_a_stored_model_says_the_same_as_the_one_that_was_trained(tmp_path: Path) -> None:
    texts = ["lampu mati", "lampu padam", "jalan rusak", "jalan berlubang"] * 5
    model = LinearModel.train(texts, ["pju", "pju", "jalan", "jalan"] * 5, Training(min_count=1))
    model.save(tmp_path)
    before, after = (
        dict(model.ranking("lampu rusak")),
        dict(LinearModel.load(tmp_path).ranking("lampu rusak")),
    )
    assert before == pytest.approx(after, abs=0.01)
    assert sum(after.values()) == pytest.approx(1.0, abs=1e-5)


def test_probabilities_survive_huge_scores() -> None:
    assert softmax(np.asarray([1000.0, 0.0], dtype=np.float32)).tolist() == [1.0, 0.0]


def test_training_without_a_second_label_says_what_is_missing(
    places: PlaceRecogniser, tmp_path: Path
) -> None:
    only = places.process_training_data(Normaliser().process_training_data(RasaYAMLReader().reads(LIGHTS)))
    with pytest.raises(ValueError, match="at least two labels"):
        trained(CategoryClassifier, only, tmp_path)


def test_a_pipeline_in_the_wrong_order_says_so() -> None:
    with pytest.raises(ValueError, match="before every other component"):
        words_of(Message.build("halo"))
    with pytest.raises(ValueError, match="before the classifiers"):
        text_to_classify(Message.build("halo"))


def test_config_lists_the_components_in_the_order_they_need_each_other() -> None:
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    names = [part["name"].rpartition(".")[2] for part in config["pipeline"]]
    assert names == [
        "Normaliser",
        "PlaceRecogniser",
        "PlaceTagger",
        "IntentClassifier",
        "CategoryClassifier",
        "FallbackClassifier",
        "PrivacyRecogniser",
        "DangerClassifier",
        "DangerDetector",
        "ReportNumberReader",
        "Understanding",
    ]


def test_a_change_of_vocabulary_or_code_retrains() -> None:
    addons = {
        c.fingerprint_addon({}) for c in (Normaliser, PlaceRecogniser, IntentClassifier, CategoryClassifier)
    }
    assert len(addons) == 1 and None not in addons
