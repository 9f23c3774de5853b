"""The learned place tagger: its examples, its features, what it learns, and how it is kept."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import place_tagger, reference
from bot.nlu.normaliser import words_of
from bot.nlu.place_examples import PlaceExample, varied, written_examples
from bot.nlu.place_features import PlaceFeatures
from bot.nlu.place_signs import LOCATION, PLACE_SIGNS
from bot.nlu.place_tagger import PlaceTagger, tags_of
from bot.nlu.reference import area_rows, fingerprint_of_inputs, vocabulary
from bot.nlu.sequence_model import BEGIN, INSIDE, OUT, SequenceModel

Read = Callable[[str], Message]
SETTINGS = {**PlaceTagger.get_default_config(), "rounds": 5, "variations": 1}
RESOURCE = Resource("tagger")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> LocalModelStorage:
    return LocalModelStorage.create(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def tagger(store: LocalModelStorage, read: Read) -> PlaceTagger:
    """Trained on our sentences, stored, and loaded again."""
    ordinary = [
        "halo",
        "mau lapor",
        "jalan rusak parah",
        "tolong segera diperbaiki",
        "terima kasih banyak",
    ] * 4
    training = TrainingData([read(text) for text in ordinary])
    PlaceTagger.create(SETTINGS, store, RESOURCE, context()).train(training)
    return PlaceTagger.load(SETTINGS, store, RESOURCE, context())


def context() -> Any:
    return SimpleNamespace(node_name="tagger")


def location(tagger: PlaceTagger, read: Read, text: str) -> dict[str, Any] | None:
    found = tagger.process([read(text)])[0].get(LOCATION)
    return None if found is None else dict(found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pohon mangga roboh di jl kemuning 7 rt 3 rw 4, tolong", "jl kemuning 7 rt 3 rw 4"),
        ("trotoar amblas depan stasiun cikini trus becek", "depan stasiun cikini"),
        ("sampah di kelurahan petogogan ga diangkut", "kelurahan petogogan"),
    ],
)
def test_the_words_of_the_place_are_found(tagger: PlaceTagger, read: Read, text: str, said: str) -> None:
    assert (location(tagger, read, text) or {}).get("text") == said


@pytest.mark.parametrize("text", ["mohon segera diperbaiki ya pak", "lampu jalan padam semua", "🙏", ""])
def test_a_text_without_a_place_stays_without(tagger: PlaceTagger, read: Read, text: str) -> None:
    assert location(tagger, read, text) is None


def test_what_the_names_settle_is_not_touched(tagger: PlaceTagger, read: Read) -> None:
    text = "got buntu di rt 2 rw 9 kel. pondok labu"
    found = location(tagger, read, text)
    before = read(text).get(LOCATION)
    assert found is not None
    assert found["kelurahan_code"] == before["kelurahan_code"] is not None
    assert found["candidates"] == before["candidates"]


def test_no_area_named_is_lost(tagger: PlaceTagger, read: Read) -> None:
    names = [row["name"] for row in area_rows()]
    lost = [n for n in names if location(tagger, read, f"aduan: kelurahan {n} banyak nyamuk") is None]
    assert lost == []


def test_an_untrained_tagger_says_so(store: LocalModelStorage, read: Read) -> None:
    with pytest.raises(ValueError, match="before it was trained"):
        PlaceTagger.create(SETTINGS, store, RESOURCE, context()).process([read("di tebet")])


def test_the_model_is_kept_without_pickle_and_checked(tagger: PlaceTagger, store: LocalModelStorage) -> None:
    with store.read_from(RESOURCE) as folder:
        assert sorted(path.suffix for path in folder.iterdir()) == [".json", ".json", ".npz"]
        names = json.loads((folder / "features.json").read_text(encoding="utf-8"))
        (folder / "features.json").write_text(json.dumps(names[:-1]), encoding="utf-8")
        with pytest.raises(ValueError, match="do not fit"):
            SequenceModel.load(folder)
        (folder / "features.json").write_text(json.dumps(names), encoding="utf-8")


def test_a_sequence_never_goes_on_before_it_began(tmp_path: Path) -> None:
    weights = np.array([[0.0, 0.0, 9.0]])
    model = SequenceModel(["x"], weights, np.zeros((3, 3)))
    assert model.tag([]) == []
    assert model.tag([["unknown"], ["x"], ["x"]]) == [BEGIN, INSIDE, INSIDE]


def test_a_saved_model_tags_as_before(tmp_path: Path) -> None:
    texts = [[["w=di"], ["w=jalan"], ["w=mawar"]], [["w=jalan"], ["w=rusak"]]] * 3
    model = SequenceModel.train(texts, [[OUT, BEGIN, INSIDE], [OUT, OUT]] * 3, rounds=5, min_count=1, seed=1)
    model.save(tmp_path)
    assert SequenceModel.load(tmp_path).tag(texts[0]) == model.tag(texts[0]) == [OUT, BEGIN, INSIDE]
    assert model.tag(texts[1]) == [OUT, OUT]


def test_brackets_become_spans_and_tags(read: Read) -> None:
    example = PlaceExample.read("got di [[gang sawo 2]] dekat [[pasar]] bau")
    assert example.text == "got di gang sawo 2 dekat pasar bau"
    assert [example.text[first:last] for first, last in example.spans] == ["gang sawo 2", "pasar"]
    tags = tags_of(words_of(read(example.text)), example)
    assert tags == [OUT, OUT, BEGIN, INSIDE, INSIDE, OUT, BEGIN, OUT]


def test_variations_keep_the_place_at_its_span() -> None:
    example, other = PlaceExample.read("di [[jl mawar]] gelap"), PlaceExample("tolong ya", ())
    made = list(varied([example], [other], times=20, seed=3))
    assert len(made) == 21
    assert {e.text[a:b].lower() for e in made for a, b in e.spans} == {"jl mawar"}


def test_every_written_example_is_whole(read: Read) -> None:
    examples = written_examples()
    assert len(examples) > 1000
    for example in examples:
        assert all(example.text[a:b].strip() == example.text[a:b] != "" for a, b in example.spans)
    assert sum(not example.spans for example in examples) > 200


@pytest.mark.parametrize("content", ["- a\n", "examples: |\n  - gelap di [[jl mawar\n"])
def test_a_broken_file_of_examples_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    (tmp_path / "broken.yml").write_text(content, encoding="utf-8")
    monkeypatch.setattr("bot.nlu.place_examples.PLACE_EXAMPLES", tmp_path)
    with pytest.raises(ValueError, match="data/places/"):
        written_examples()


def test_a_new_example_makes_a_new_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference, "PLACE_EXAMPLES", tmp_path)
    before = fingerprint_of_inputs()
    (tmp_path / "new.yml").write_text("examples: |\n  - di [[jl mawar]]\n", encoding="utf-8")
    assert fingerprint_of_inputs() != before
    assert PlaceTagger.fingerprint_addon({}) == place_tagger.fingerprint_of_inputs()


def test_features_tell_marks_of_patterns_and_rare_words(read: Read) -> None:
    message = read("got di kel petogogan !")
    features = PlaceFeatures(vocabulary("places"), {"di": 100, "got": 5})
    found = features.of(words_of(message), message.get(PLACE_SIGNS))
    assert {"w=got", "is=common2"} <= set(found[0])
    assert "mark=area-begin" in found[3]
    assert "is=sign" in found[4]
