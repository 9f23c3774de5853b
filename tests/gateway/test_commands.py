"""The menu of commands fits the platforms, the assistant and domain.yml."""

from pathlib import Path

import pytest
import yaml

from gateway.commands import MENU, Command

DOMAIN = yaml.safe_load((Path(__file__).parents[2] / "domain.yml").read_text(encoding="utf-8"))


each_command = pytest.mark.parametrize("command", MENU, ids=lambda command: command.name)


@each_command
def test_a_command_is_an_intent(command: Command) -> None:
    intents = {name if isinstance(name, str) else next(iter(name)) for name in DOMAIN["intents"]}
    assert command.intent in intents


@each_command
def test_a_command_is_described(command: Command) -> None:
    [description] = DOMAIN["responses"][command.description]
    assert 3 <= len(description["text"]) <= 256
