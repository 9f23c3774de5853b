"""The model's name follows everything that training reads."""

import os
from pathlib import Path

import pytest

from ops.train import drop_old_models, fingerprint, model_path

FILES = {
    "domain.yml": "responses: {}",
    "config.yml": "pipeline: []",
    "requirements/bot.txt": "rasa==3.6.21",
    "data/nlu/road.yml": "- jalan berlubang",
    "data/rules/status.yml": "rules: []",
    "data/reference/areas.csv": "code,name",
    "bot/nlu/places.py": "class Places: ...",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize("name", FILES)
def test_a_changed_input_makes_another_model(tree: Path, name: str) -> None:
    before = fingerprint(tree)
    (tree / name).write_text(FILES[name] + "\n# changed")
    assert fingerprint(tree) != before


def test_a_moved_input_makes_another_model(tree: Path) -> None:
    before = fingerprint(tree)
    (tree / "data/nlu/road.yml").rename(tree / "data/nlu/roads.yml")
    assert fingerprint(tree) != before


def test_what_training_does_not_read_leaves_the_model_alone(tree: Path) -> None:
    before = fingerprint(tree)
    (tree / "README.md").write_text("words")
    (tree / "bot/channel.py").write_text("pass")
    (tree / "bot/nlu/places.cpython-310.pyc").write_bytes(b"\0")
    assert fingerprint(tree) == before


def test_the_model_is_named_by_the_fingerprint(tree: Path) -> None:
    assert model_path(tree) == tree / "models" / f"{fingerprint(tree)}.tar.gz"


def test_only_the_two_models_used_last_are_kept(tmp_path: Path) -> None:
    for age, name in enumerate(["new", "before", "old", "older"]):
        (tmp_path / f"{name}.tar.gz").touch()
        os.utime(tmp_path / f"{name}.tar.gz", (1_000_000 - age, 1_000_000 - age))
    drop_old_models(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["before.tar.gz", "new.tar.gz"]
