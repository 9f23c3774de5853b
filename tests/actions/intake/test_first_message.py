"""Everything a first message gives is taken; only what is missing is asked."""

from dataclasses import replace

from actions import responses
from actions.draft import Question
from tests.actions.intake.citizen import (
    ROAD_OR_PAVEMENT,
    TEBET_BARAT,
    TEBET_TIMUR,
    Citizen,
    place,
    problem,
    tapped,
    typed,
)


def test_a_message_with_everything_leaves_only_the_photo():
    said = problem(
        "jalan berlubang di depan SDN 01 Tebet Timur, rahasiakan",
        privacy="privat",
        location={"text": "depan SDN 01 Tebet Timur", "kelurahan_code": TEBET_TIMUR},
    )
    citizen = Citizen().says(said)
    assert citizen.question is Question.PHOTOS
    assert citizen.draft.description == said.text
    assert (citizen.draft.category, citizen.draft.predicted_category) == ("jalan", "jalan")
    assert citizen.draft.place and citizen.draft.place.text == "depan SDN 01 Tebet Timur"
    assert citizen.draft.privacy == "privat"


def test_a_problem_without_a_place_is_asked_for_the_place():
    assert Citizen().says(problem()).question is Question.PLACE


def test_an_unsure_category_is_asked_with_the_best_guesses():
    citizen = Citizen().says(problem(categories=ROAD_OR_PAVEMENT))
    assert citizen.question is Question.CATEGORY
    assert citizen.draft.category is None
    assert citizen.draft.category_candidates == ("jalan", "trotoar")


def test_a_wish_to_report_without_a_problem_is_asked_for_the_problem():
    citizen = Citizen().says(typed("mau lapor dong", "file_complaint"))
    assert citizen.question is Question.DESCRIPTION
    assert citizen.draft.description is None


def test_a_place_first_is_kept_until_the_problem_is_told():
    citizen = Citizen().says(place("depan SDN 01 Tebet Barat", kelurahan_code=TEBET_BARAT))
    assert citizen.question is Question.DESCRIPTION
    citizen.says(problem())
    assert citizen.question is Question.PHOTOS
    assert citizen.draft.place and citizen.draft.place.kelurahan_code == TEBET_BARAT


def test_a_photo_first_is_kept_and_not_asked_for_again():
    citizen = Citizen().says(
        tapped("send_photo", photo="a"), problem(), place("x", kelurahan_code=TEBET_BARAT)
    )
    assert citizen.draft.photos == ("a",)
    assert citizen.question is Question.PRIVACY


def test_a_photo_with_a_whole_complaint_as_caption_is_a_complaint():
    captioned = problem("got mampet depan rumah", location={"text": "depan rumah"})
    photo = tapped("send_photo", photo="a")
    both = captioned.__class__(**{**captioned.__dict__, "intent": "send_photo", "photos": photo.photos})
    citizen = Citizen().says(both)
    assert citizen.draft.photos == ("a",)
    assert citizen.draft.description == "got mampet depan rumah"
    assert citizen.question is Question.AREA


def test_english_is_taken_and_answered_once_with_a_hint():
    citizen = Citizen().says(problem("the road is broken", language="en"))
    assert responses.ENGLISH_HINT in citizen.heard
    citizen.says(typed("in front of the school", "give_location", language="en"))
    assert responses.ENGLISH_HINT not in citizen.heard


def test_a_complaint_that_sounds_like_a_place_is_still_a_complaint():
    said = place("jalan berlubang besar di depan SDN 01, Tebet Timur", kelurahan_code=TEBET_TIMUR)
    citizen = Citizen().says(replace(said, has_problem=True, categories=problem().categories))
    assert citizen.draft.description == said.text
    assert citizen.question is Question.PHOTOS


def test_a_report_is_never_public_by_a_guess():
    assert Citizen().says(problem(privacy="publik")).draft.privacy is None
    assert Citizen().says(problem(privacy="anonim")).draft.privacy == "anonim"
