"""Gateway, Rasa and action server are killed at random points of filings on Telegram and WhatsApp at once."""

import random
import threading
from dataclasses import replace

import pytest

from tests.system.filing import Crowd, outcome
from tests.system.phones import Telegram, WhatsApp
from tests.system.running import System, until

AT_ONCE = 8
ROUNDS = 3
POINTS = 60
KILL_SECONDS = 120


def kill_at_random_points(system: System, platforms: tuple[Telegram, WhatsApp], crowds: list[Crowd]) -> None:
    """Kill each part ``ROUNDS`` times, each time after some more calls to the platforms and a moment."""
    chance = random.Random(4)
    for _ in range(ROUNDS):
        for part in chance.sample(["web", "actions", "rasa"], 3):
            goal = sum(platform.calls for platform in platforms) + chance.randint(10, 40)
            until(lambda: sum(platform.calls for platform in platforms) >= goal, KILL_SECONDS, "messages")  # noqa: B023
            threading.Event().wait(chance.uniform(0, 0.5))
            for crowd in crowds:
                crowd.count_points()
            system.kill(part)
        system.recover()


def test_whatever_dies_every_citizen_ends_with_one_report_and_its_number(
    connected: System, platforms: tuple[Telegram, WhatsApp], capsys: pytest.CaptureFixture[str]
) -> None:
    crowds = [Crowd(platform, AT_ONCE) for platform in platforms]
    for crowd in crowds:
        crowd.start()
    try:
        kill_at_random_points(connected, platforms, crowds)
    finally:
        for crowd in crowds:
            crowd.finish()
    outcomes = [outcome(crowd, connected.var / "crm.db") for crowd in crowds]
    with capsys.disabled():
        print("", *outcomes, sep="\n")
    assert [crowd.troubles for crowd in crowds] == [[], []]
    for found in outcomes:
        assert found.points >= POINTS
        assert found == replace(found, filed=found.filings, lost=0, doubled=0, false_receipts=0)
