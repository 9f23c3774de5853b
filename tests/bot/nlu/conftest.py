"""What the tests of the NLU components share: a message read by the first two components."""

from collections.abc import Callable

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.normaliser import Normaliser
from bot.nlu.place_recogniser import PlaceRecogniser


@pytest.fixture(scope="session")
def places() -> PlaceRecogniser:
    return PlaceRecogniser()


@pytest.fixture(scope="session")
def read(places: PlaceRecogniser) -> Callable[[str], Message]:
    normaliser = Normaliser()

    def read_text(text: str) -> Message:
        message = Message.build(text)
        return places.process(normaliser.process([message]))[0]

    return read_text
