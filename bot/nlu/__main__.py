"""Show what Aduan understands of a text: ``python -m bot.nlu "lampu jalan mati depan gang"``.

Parses with the newest model in ``models/`` (or ``--model``), through Rasa's own graph. Without a text it
reads lines from standard input. The answer is JSON, one object per text.
"""

import argparse
import asyncio
import json
import logging
import os
import sys
from pathlib import Path
from typing import Any

from bot.nlu.reference import ROOT


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

    def read(self, text: str) -> dict[str, Any]:
        """Give the parse data of a text: intent, ranking, ``understanding``."""
        from rasa.core.channels.channel import UserMessage

        return asyncio.run(self._processor.parse_message(UserMessage(text)))


def main() -> int:
    """Run the command; 1 with a sentence when there is no model."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.nlu", description="Show what Aduan understands of a text."
    )
    parser.add_argument(
        "text", nargs="*", help="the message; without it, one message per line of standard input"
    )
    parser.add_argument("--model", type=Path, help="a model archive (default: the newest in models/)")
    arguments = parser.parse_args()
    try:
        reader = Reader(arguments.model or newest_model(ROOT / "models"))
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    texts = [" ".join(arguments.text)] if arguments.text else (line.strip() for line in sys.stdin)
    for text in texts:
        if text:
            print(json.dumps(reader.read(text), ensure_ascii=False, indent=2 if arguments.text else None))
    return 0


if __name__ == "__main__":
    sys.exit(main())
