"""The places where Rasa 3.6.21 itself is changed, each with its reason.

Called once by ``bot.channel`` when Rasa reads ``credentials.yml``, before it loads an agent. Pinned to one
version: any other refuses to start, and ``tests/bot/test_rasa_patches.py`` compares the source of what is
replaced.

1. ``RemoteAction._validate_action_result`` re-checks the *schema* on every call, about 16 of the 18 ms a
   custom action takes. The validator is built once.
2. ``RemoteAction.run`` failing means, in Rasa, that the turn goes on without the action and the whole tracker
   is logged. Here it ends the turn: nothing is saved, the gateway sends the message again. The wait is 8 s
   instead of 300 s, well under the gateway's own.
3. ``Agent`` wraps every tracker store in one that forgets silently when the database fails. Ours is used as
   it is.
4. ``Event.resolve_by_type`` walks all classes of events for every event of every tracker that is read, about
   1.5 ms a turn. It is asked once for each type.
"""

import logging
from functools import lru_cache
from typing import Any

import rasa
from jsonschema.validators import validator_for
from rasa.core.actions import action as rasa_action
from rasa.core.agent import Agent
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event

from bot.turn import TurnFailed

RASA_VERSION = "3.6.21"
ACTION_TIMEOUT_SECONDS = 8

logger = logging.getLogger(__name__)

_run_remote_action = rasa_action.RemoteAction.run
_resolve_once = lru_cache(maxsize=None)(Event.resolve_by_type)
_result_schema = rasa_action.RemoteAction.action_response_format_spec()
_result_validator = validator_for(_result_schema)(_result_schema)


def install() -> None:
    """Put the patches in place; installing twice changes nothing more.

    Raises:
        RuntimeError: another version of Rasa is installed.
    """
    if rasa.__version__ != RASA_VERSION:
        raise RuntimeError(
            f"bot/rasa_patches.py is written for Rasa {RASA_VERSION}, not {rasa.__version__}. "
            "Install requirements/bot.txt."
        )
    rasa_action.DEFAULT_REQUEST_TIMEOUT = ACTION_TIMEOUT_SECONDS
    rasa_action.RemoteAction._validate_action_result = _validate_action_result
    rasa_action.RemoteAction.run = _run_or_fail_the_turn
    Event.resolve_by_type = staticmethod(_resolve_once)
    Agent._create_tracker_store = staticmethod(_use_the_tracker_store_itself)


def _validate_action_result(_: rasa_action.RemoteAction, result: dict[str, Any]) -> bool:
    _result_validator.validate(result)
    return True


async def _run_or_fail_the_turn(self: rasa_action.RemoteAction, *arguments: Any) -> list[Event]:
    try:
        return await _run_remote_action(self, *arguments)
    except rasa_action.ActionExecutionRejection:
        raise
    except Exception as error:
        cause = error.__cause__ or error
        kind = " ".join(str(part) for part in (type(cause).__name__, getattr(cause, "status", "")) if part)
        logger.error("Action %s failed (%s); the turn is dropped.", self.name(), kind)
        raise TurnFailed(f"action {self.name()}") from None


def _use_the_tracker_store_itself(store: TrackerStore, domain: Domain | None) -> TrackerStore:
    store.domain = domain
    return store
