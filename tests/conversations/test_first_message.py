"""Free text first: what is said is taken, what is missing is asked, nothing is asked twice."""

import pytest

from tests.conversations.citizen import Citizen


def test_a_problem_without_a_place_is_asked_for_the_place(citizen: Citizen) -> None:
    citizen.says("lampu jalan mati udah 3 hari gelap banget")
    citizen.is_asked_for("place")


def test_a_place_without_a_problem_is_asked_for_the_problem(citizen: Citizen) -> None:
    citizen.says("di depan SDN 01, kelurahan Tebet Timur")
    citizen.is_asked_for("description")
    citizen.says("jalannya berlubang besar")
    citizen.is_asked_for("photos")


def test_a_wish_to_report_is_asked_for_the_problem(citizen: Citizen) -> None:
    citizen.says("saya mau lapor")
    citizen.is_asked_for("description")


def test_a_photo_first_is_asked_for_the_problem(citizen: Citizen) -> None:
    citizen.sends_photo()
    citizen.is_asked_for("description")
    citizen.says("sampah menumpuk di depan pasar, kelurahan Cipulir")
    citizen.is_asked_for("privacy")


def test_a_caption_is_a_complaint_with_its_photo(citizen: Citizen) -> None:
    citizen.sends_photo("jalan berlubang besar di depan SDN 01, kelurahan Tebet Timur")
    citizen.is_asked_for("privacy")


@pytest.mark.parametrize(
    "complaint",
    [
        "jln bolong gede bgt di depan SDN 01, kel. Tebet Timur, tlg diperbaiki",
        "Selamat pagi Pak Gubernur, mohon jalan berlubang di depan SDN 01 kelurahan Tebet Timur diperbaiki",
        "JALAN RUSAK DI DEPAN SDN 01 KELURAHAN TEBET TIMUR!!!",
    ],
)
def test_slang_letters_and_shouting_are_understood_alike(citizen: Citizen, complaint: str) -> None:
    citizen.says(complaint)
    citizen.is_asked_for("photos")


def test_english_is_understood_enough_to_go_on(citizen: Citizen) -> None:
    citizen.says("there is a big pothole on the road in front of the school")
    citizen.gets("english_hint")
    citizen.does_not_get("fallback")


def test_a_very_long_letter_is_taken(citizen: Citizen) -> None:
    citizen.says("Dengan hormat, jalan di depan SDN 01 kelurahan Tebet Timur berlubang. " * 60)
    citizen.is_asked_for("photos")
    citizen.taps("Lewati")
    citizen.taps("Privat (disarankan)")
    citizen.is_asked_for("confirmation")


def test_many_messages_at_once_are_each_answered(citizen: Citizen) -> None:
    citizen.says("jalan berlubang besar", "di depan SDN 01, kelurahan Tebet Timur", "privat aja")
    citizen.is_asked_for("photos")
    citizen.taps("Lewati")
    citizen.is_asked_for("confirmation")
