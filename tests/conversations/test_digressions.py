"""A question in the middle is answered, and the intake goes on where it was."""

import pytest

from tests.conversations.citizen import Citizen
from tests.conversations.steps import file_report, reach_confirmation, reach_photos, reach_privacy

QUESTIONS = [
    ("ini bot ya?", "bot_challenge"),
    ("mau bicara sama orang dong", "ask_human"),
    ("bantuan", "help"),
    ("makasih ya", "thank"),
    ("halo", "greet_in_intake"),
    ("apa bedanya publik privat dan anonim?", "privacy_difference"),
    ("berapa lama laporan diproses?", "faq_how_long"),
    ("siapa presiden amerika", "out_of_scope"),
    ("dasar bot goblok", "insult"),
]


@pytest.mark.parametrize(("question", "answer"), QUESTIONS)
def test_asked_while_photos_are_asked(citizen: Citizen, question: str, answer: str) -> None:
    reach_photos(citizen)
    citizen.says(question)
    citizen.gets(answer)
    citizen.is_asked_for("photos")


@pytest.mark.parametrize(("question", "answer"), QUESTIONS)
def test_asked_while_the_place_is_asked(citizen: Citizen, question: str, answer: str) -> None:
    citizen.says("lampu jalan mati sudah seminggu")
    citizen.is_asked_for("place")
    citizen.says(question)
    citizen.gets(answer)
    citizen.is_asked_for("place")


def test_why_the_place_is_needed(citizen: Citizen) -> None:
    citizen.says("lampu jalan mati sudah seminggu")
    citizen.says("kenapa harus lokasi?")
    citizen.gets("why_place")
    citizen.is_asked_for("place")


def test_why_is_answered_for_what_is_asked(citizen: Citizen) -> None:
    reach_photos(citizen)
    citizen.says("buat apa?")
    citizen.gets("why_photos")
    citizen.is_asked_for("photos")


def test_the_difference_between_the_choices_is_told_and_the_question_asked_again(citizen: Citizen) -> None:
    reach_privacy(citizen)
    citizen.says("apa bedanya?")
    citizen.gets("privacy_difference")
    citizen.is_asked_for("privacy")


def test_status_in_the_middle(citizen: Citizen) -> None:
    number = file_report(citizen)
    reach_confirmation(citizen)
    citizen.says("status laporan saya gimana?")
    citizen.sees(number)
    citizen.is_asked_for("confirmation")
    citizen.taps("Kirim")
    citizen.gets("filed_privat")


def test_two_questions_in_a_row_lose_nothing(citizen: Citizen) -> None:
    reach_confirmation(citizen)
    citizen.says("ini bot ya?")
    citizen.says("makasih")
    citizen.is_asked_for("confirmation")
    citizen.taps("Kirim")
    citizen.gets("filed_privat")
