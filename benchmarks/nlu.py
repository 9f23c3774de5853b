"""Seconds of understanding alone, in the process of the Rasa side, printed as JSON.

Called by benchmarks.turn: ``.venv/bot/bin/python -m benchmarks.nlu MODEL TEXT ...``.
"""

import asyncio
import json
import logging
import sys
import time

from rasa.core.agent import Agent
from rasa.utils.log_utils import configure_structlog

ROUNDS = 50


async def parse_times(model: str, texts: list[str]) -> list[float]:
    """Parse every text many times, after a first round that warms up."""
    configure_structlog(logging.ERROR)
    agent = Agent.load(model)
    seconds = []
    for number in range(ROUNDS + 1):
        for text in texts:
            started = time.perf_counter()
            await agent.parse_message(text)
            if number:
                seconds.append(time.perf_counter() - started)
    return seconds


if __name__ == "__main__":
    print(json.dumps(asyncio.run(parse_times(sys.argv[1], sys.argv[2:]))))
