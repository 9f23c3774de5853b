"""What we replace or rely on inside Rasa is still what we read when we did so."""

import hashlib
import inspect
from collections.abc import Callable
from typing import Any

import pytest
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import Event

from bot import rasa_patches

READ_AND_RELIED_ON = [
    (RemoteAction.run, "ccabf6f1160d527a"),
    (RemoteAction._validate_action_result, "f8cdb4be68123961"),
    (RemoteAction.action_response_format_spec, "091b74aa3738d126"),
    (Event.resolve_by_type, "b5cf570fa7f286c7"),
    (Agent._create_tracker_store, "97499b594b45581b"),
    (MessageProcessor.handle_message, "0c41d4780d2d4676"),
    (MessageProcessor._run_prediction_loop, "cb30a0cbb690c571"),
    (MessageProcessor._run_action, "6d383d0179ef1187"),
    (SQLTrackerStore._additional_events, "d22f99eb863acb07"),
    (SQLTrackerStore._retrieve, "c8adbf6f4b61ddd1"),
]


@pytest.mark.parametrize(("function", "digest"), READ_AND_RELIED_ON, ids=lambda value: str(value)[:60])
def test_rasa_is_as_we_know_it(function: Callable[..., Any], digest: str) -> None:
    source = inspect.getsource(function).encode()
    assert hashlib.sha256(source).hexdigest()[:16] == digest, "read the new source, then bot/rasa_patches.py"


def test_another_version_of_rasa_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rasa.__version__", "3.6.22")
    with pytest.raises(RuntimeError, match="3.6.21"):
        rasa_patches.install()
