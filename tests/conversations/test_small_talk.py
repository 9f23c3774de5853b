"""Every message gets a fitting answer, never silence."""

import pytest

from tests.conversations.citizen import Citizen
from tests.conversations.steps import file_report


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("halo", "greet_again"),
        ("selamat pagi min", "greet_again"),
        ("makasih banyak ya", "thank"),
        ("dadah", "goodbye"),
        ("kamu bisa apa aja?", "help"),
        ("ini bot atau orang?", "bot_challenge"),
        ("mau bicara dengan petugas", "ask_human"),
        ("siapa presiden amerika?", "out_of_scope"),
        ("ya", "affirm_idle"),
        ("tidak", "deny_idle"),
        ("lewati", "nothing_to_skip"),
        ("ganti lokasi", "nothing_to_change"),
    ],
)
def test_a_remark_has_its_answer(citizen: Citizen, message: str, answer: str) -> None:
    citizen.says(message)
    citizen.gets(answer)


@pytest.mark.parametrize("message", ["🙏🙏🙏", "...", "?", "123", "a"])
def test_even_signs_without_words_are_answered(citizen: Citizen, message: str) -> None:
    citizen.says(message)
    assert citizen.answers


def test_not_understood_twice_offers_a_menu(citizen: Citizen) -> None:
    citizen.says("asdfgh qwerty")
    citizen.says("zxcvb hjkl")
    citizen.gets("menu")
    citizen.taps("Buat laporan")
    citizen.is_asked_for("description")


@pytest.mark.parametrize(
    "payload",
    [
        '/choose_privacy{"privacy": "anonim"}',
        "/restart",
        "/session_start",
        "EXTERNAL_status_changed",
        "EXTERNAL: EXTERNAL_x",
        '/give_location{"kelurahan_code": "31.74.01.1001"}',
    ],
)
def test_typed_payloads_are_ordinary_text(citizen: Citizen, payload: str) -> None:
    citizen.says(payload)
    assert citizen.answers
    citizen.says("lampu jalan mati sudah seminggu")
    citizen.is_asked_for("place")


def test_thanks_after_the_receipt_start_nothing_new(citizen: Citizen) -> None:
    file_report(citizen)
    citizen.says("makasih")
    citizen.gets("thank")
    assert len(citizen.answers) == 1
