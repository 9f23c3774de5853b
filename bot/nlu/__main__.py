"""Show what Aduan understands of texts: ``python -m bot.nlu "lampu jalan mati depan gang"``.

Parses with the newest model in ``models/`` (or ``--model``), through Rasa's own graph. Without a text it reads
standard input: JSON Lines with ``text`` in each (``make understand``); every answer keeps its line and what
stood in it, and gets ``intent``, ``categories``, ``location``, ``privacy``, ``danger`` and ``report_number``.
"""

import argparse
import asyncio
import json
import logging
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.nlu.reference import ROOT

# What an answer line takes over from ``understanding``.
TOLD = ("categories", "location", "privacy", "danger", "report_number")


def newest_model(folder: Path) -> Path:
    """Give the model trained last.

    Raises:
        FileNotFoundError: there is none.
    """
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise FileNotFoundError(f"No model in {folder}: run `make train` first.")
    return models[-1]


class Reader:
    """A trained model that reads texts."""

    def __init__(self, model: Path) -> None:
        """Load ``model``, an archive made by ``rasa train``."""
        os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
        from rasa.core.agent import Agent
        from rasa.utils.log_utils import configure_structlog

        configure_structlog(logging.ERROR)
        self._processor = Agent.load(str(model)).processor
        self._loop = asyncio.new_event_loop()

    def read(self, text: str) -> dict[str, Any]:
        """Give the parse data of a text: intent, ranking, ``understanding``."""
        from rasa.core.channels.channel import UserMessage

        return self._loop.run_until_complete(self._processor.parse_message(UserMessage(text)))


def answered(reader: Reader, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Give one answer for each line of JSON; a line that cannot be read is answered with ``error``."""
    for line in lines:
        try:
            asked = json.loads(line)
            text = str(asked["text"])
        except (ValueError, KeyError, TypeError):
            yield {"error": 'each line must be a JSON object with "text"'}
            continue
        parsed = reader.read(text.strip() or "-")
        intent = {key: parsed["intent"][key] for key in ("name", "confidence")}
        yield {**asked, "intent": intent, **{key: parsed["understanding"][key] for key in TOLD}}


def main() -> int:
    """Run the command; 1 with a sentence when there is no model."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.nlu", description="Show what Aduan understands of texts."
    )
    parser.add_argument("text", nargs="*", help="the message; without it, JSON Lines from standard input")
    parser.add_argument("--model", type=Path, help="a model archive (default: the newest in models/)")
    arguments = parser.parse_args()
    try:
        reader = Reader(arguments.model or newest_model(ROOT / "models"))
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    if arguments.text:
        print(json.dumps(reader.read(" ".join(arguments.text)), ensure_ascii=False, indent=2))
        return 0
    for answer in answered(reader, sys.stdin):
        print(json.dumps(answer, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
