"""Keep citizens' words out of the Rasa server's logs.

Installed by ``bot.channel``; ``bot.turn`` marks when words are at hand. While a turn runs, an exception is
logged with its kind and where it happened, never with its message or variables: Rasa puts trackers, texts and
slots there. Rasa's debug level prints every text by design; never run it with citizens.
"""

import logging
import traceback
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import structlog

WORDLESS_KEYS = frozenset({"event", "event_info", "event_key", "placeholder_key", "level"})

_in_turn: ContextVar[bool] = ContextVar("in_turn", default=False)
_make_record = logging.getLogRecordFactory()


@contextmanager
def turn_in_progress() -> Iterator[None]:
    """Mark the block in which a log record could hold a citizen's words."""
    token = _in_turn.set(True)
    try:
        yield
    finally:
        _in_turn.reset(token)


def keep_words_out() -> None:
    """Filter all logging of this process, present and future handlers alike; twice is as once."""
    logging.setLogRecordFactory(_record_without_words)
    processors = structlog.get_config()["processors"]
    if _event_without_words not in processors:
        processors.insert(0, _event_without_words)


def _record_without_words(*arguments: Any, **keywords: Any) -> logging.LogRecord:
    record = _make_record(*arguments, **keywords)
    if _in_turn.get() and record.exc_info and record.exc_info[0]:
        kind, _, trace = record.exc_info
        record.exc_text = "".join([*traceback.format_tb(trace), kind.__name__])
        record.exc_info = None
    return record


def _event_without_words(_: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if not _in_turn.get() or method == "debug":
        return event
    wordless = {key: value for key, value in event.items() if key in WORDLESS_KEYS}
    return {**wordless, "exc_info": False}
