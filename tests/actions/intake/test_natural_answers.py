"""Answers that are not what was asked for: each goes where it belongs, and nothing is lost."""

import pytest

from actions.draft import Question
from tests.actions.intake.citizen import TEBET_BARAT, TEBET_TIMUR, Citizen, place, problem, tapped, typed


def test_a_short_answer_that_opens_like_a_place_is_one():
    citizen = Citizen().says(problem(), typed("depan warung Bu Tini", "file_complaint", has_problem=True))
    assert citizen.draft.place and citizen.draft.place.text == "depan warung Bu Tini"
    assert citizen.draft.description == "jalan berlubang"


def test_more_about_the_problem_is_no_place():
    citizen = Citizen().says(problem(), problem("jalan berlubang gede banget"))
    assert citizen.draft.place is None


def test_the_whole_answer_is_kept_without_the_talk_around_it():
    words = "oh iya di gang mawar rt 3 kel Tebet Timur ya min"
    said = typed(
        words, "give_location", location={"text": "rt 3 kel Tebet Timur", "kelurahan_code": TEBET_TIMUR}
    )
    citizen = Citizen().says(problem(), said)
    assert citizen.draft.place and citizen.draft.place.text == "di gang mawar rt 3 kel Tebet Timur"


def test_an_area_completes_a_place_without_one():
    citizen = Citizen().says(problem(), place("jalan kebon jeruk"), typed("ga tau", "skip"))
    citizen.says(place("Tebet Timur", kelurahan_code=TEBET_TIMUR))
    assert citizen.draft.place and citizen.draft.place.text == "jalan kebon jeruk"
    assert citizen.draft.place.kelurahan_code == TEBET_TIMUR
    assert citizen.question is Question.PHOTOS


def test_another_area_replaces_the_place():
    citizen = Citizen().says(problem(), place("depan SDN 01", kelurahan_code=TEBET_TIMUR))
    citizen.says(place("samping pasar Tebet Barat", kelurahan_code=TEBET_BARAT))
    assert citizen.draft.place and citizen.draft.place.text == "samping pasar Tebet Barat"
    assert citizen.heard == ["utter_noted_change"]


def test_a_landmark_is_added_and_a_corrected_one_replaces():
    citizen = Citizen().ready_to_confirm().says(typed("deket jembatan", "give_location"))
    assert citizen.draft.place and citizen.draft.place.text == "depan SDN 01, deket jembatan"
    assert citizen.heard == ["utter_noted_place_addition"]
    citizen.says(typed("eh bukan, di depan masjid", "give_location", location={"text": "depan masjid"}))
    assert citizen.draft.place and citizen.draft.place.text == "di depan masjid"
    assert citizen.draft.place.kelurahan_code == TEBET_TIMUR


def test_no_photo_is_taken_whatever_is_asked():
    citizen = Citizen().says(problem(), typed("gak ada fotonya", "skip"))
    assert citizen.draft.photos == ()
    assert citizen.question is Question.PLACE
    assert citizen.heard == ["utter_noted_no_photos"]


@pytest.mark.parametrize("answer", ["kirim", "ya"])
def test_yes_to_the_word_about_112_is_danger_only_when_it_answers_nothing_else(answer):
    citizen = Citizen().says(problem(danger="maybe"))
    citizen.danger_mentioned = True
    citizen.says(typed(answer, "affirm"))
    assert citizen.question is Question.DANGER


def test_no_to_the_word_about_112_is_no_refusal_to_say_where():
    citizen = Citizen().says(problem(danger="maybe"))
    citizen.danger_mentioned = True
    citizen.says(typed("engga", "deny"))
    assert citizen.heard == ["utter_noted_no_danger"]
    assert citizen.question is Question.PLACE


PARKING = problem("mobil parkir liar di depan pasar", categories=[{"code": "parkir_liar", "score": 0.99}])


def test_another_complaint_is_asked_about_and_can_be_left_for_later():
    citizen = Citizen().ready_to_confirm().says(PARKING)
    assert citizen.question is Question.SECOND
    assert citizen.draft.description == "jalan berlubang"
    citizen.says(typed("nanti aja", "nlu_fallback"))
    assert citizen.question is Question.CONFIRMATION
    assert citizen.draft.second_complaint is None


def test_another_complaint_can_take_the_place_of_the_first():
    citizen = Citizen().ready_to_confirm().says(PARKING, tapped("change_answer"))
    assert (citizen.draft.description, citizen.draft.category) == (PARKING.text, "parkir_liar")
    assert citizen.question is Question.PLACE


def test_another_complaint_can_be_joined_with_the_first():
    citizen = Citizen().ready_to_confirm().says(PARKING, tapped("affirm"))
    assert citizen.draft.description == f"jalan berlubang\n{PARKING.text}"
    assert citizen.draft.category == "jalan"


@pytest.mark.parametrize("payload", ['confirm{"privacy":"publik"}', 'choose_privacy{"privacy": "anonim"}'])
def test_a_typed_payload_sets_nothing(payload):
    citizen = Citizen().says(problem(), typed(payload, "choose_privacy", privacy="publik"))
    assert citizen.draft.privacy is None
