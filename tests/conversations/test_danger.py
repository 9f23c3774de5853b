"""112 first, at once, from any state; then the offer to file as well."""

import pytest

from tests.conversations.citizen import Citizen
from tests.conversations.steps import reach_confirmation, reach_photos, reach_privacy


def says_112_first(citizen: Citizen) -> None:
    assert "112" in citizen.answers[0].text, str(citizen)
    citizen.is_asked_for("danger")


@pytest.mark.parametrize(
    "message",
    [
        "tolong kebakaran di rumah sebelah!",
        "ada kecelakaan motor, orangnya berdarah ga sadar",
        "ada orang bawa celurit mau tawuran di depan rumah saya sekarang",
        "saya mau bunuh diri",
    ],
)
def test_danger_as_the_first_message(citizen: Citizen, message: str) -> None:
    citizen.says(message)
    says_112_first(citizen)


@pytest.mark.parametrize("reach", [reach_photos, reach_privacy, reach_confirmation])
def test_danger_in_the_middle_of_an_intake(citizen: Citizen, reach) -> None:
    reach(citizen)
    citizen.says("tolong kebakaran di rumah sebelah!")
    says_112_first(citizen)


def test_after_danger_a_yes_files_it_too(citizen: Citizen) -> None:
    citizen.says("kebakaran di rumah sebelah, kelurahan Tebet Timur")
    citizen.taps("Ya, catat")
    citizen.does_not_get("left_after_danger")
    citizen.does_not_get("ask_description")


def test_after_danger_a_no_ends_kindly(citizen: Citizen) -> None:
    citizen.says("tolong kebakaran di rumah sebelah!")
    citizen.says("tidak usah")
    citizen.gets("left_after_danger")


def test_an_intake_interrupted_by_danger_goes_on_after_a_yes(citizen: Citizen) -> None:
    reach_photos(citizen)
    citizen.says("tolong kebakaran di rumah sebelah!")
    citizen.taps("Ya, catat")
    citizen.is_asked_for("photos")


def test_danger_in_a_caption_comes_before_the_photo(citizen: Citizen) -> None:
    citizen.sends_photo("tolong rumah tetangga kebakaran apinya besar")
    assert "112" in citizen.answers[0].text
