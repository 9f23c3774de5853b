"""Processes die in the middle of a filing: every citizen ends with exactly one report and its number."""

import random
import threading
import time
from collections.abc import Callable

import pytest

from crm.bootstrap import Crm
from tests.system.citizen import Citizen, reach_confirmation, titles
from tests.system.running import System

NewCitizen = Callable[[], Citizen]
END_SECONDS = 120
ANSWERS = {"place": "di depan SDN 01, kelurahan Tebet Timur"}
TAPS = {"photos": "Lewati", "privacy": "Privat (disarankan)", "confirmation": "Kirim"}


def finish(citizen: Citizen) -> None:
    """Answer whatever is asked until the receipt is there; "Kirim" again when the store was away."""
    deadline = time.monotonic() + END_SECONDS
    while "terkirim. Nomornya" not in citizen.text:
        assert time.monotonic() < deadline, f"no receipt{citizen}"
        asked = citizen.asked()
        if asked in ANSWERS:
            citizen.says(ANSWERS[asked])
        elif asked in TAPS and TAPS[asked] in titles(citizen):
            citizen.taps(TAPS[asked])
        time.sleep(0.02)


def has_one_true_receipt(citizen: Citizen, crm: Crm) -> None:
    own = crm.list_complaints(citizen.conversation_id)
    assert [str(item.report_number) for item in own.items] == [citizen.report_number], str(citizen)


@pytest.mark.parametrize("part", ["web", "actions", "rasa"])
def test_a_part_dies_right_after_kirim_was_taken(
    part: str, newcomer: NewCitizen, system: System, crm: Crm
) -> None:
    citizen = newcomer()
    reach_confirmation(citizen)
    citizen.taps("Kirim")
    system.kill(part)
    finish(citizen)
    has_one_true_receipt(citizen, crm)


@pytest.mark.parametrize("seed", [1, 2])
def test_parts_die_at_any_moment_while_four_citizens_file(
    seed: int, newcomer: NewCitizen, system: System, crm: Crm
) -> None:
    chance = random.Random(seed)
    system.recover()
    citizens = [newcomer() for _ in range(4)]
    for citizen in citizens:
        citizen.says("lampu jalan mati sudah seminggu")
    filing = [threading.Thread(target=finish, args=[citizen]) for citizen in citizens]
    for thread in filing:
        thread.start()
    for part in chance.sample(["web", "actions", "rasa"], 3):
        threading.Event().wait(chance.uniform(0, 0.8))
        system.kill(part)
    for thread in filing:
        thread.join()
    for citizen in citizens:
        has_one_true_receipt(citizen, crm)
