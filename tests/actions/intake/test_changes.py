"""Any answer can be changed, by button or by saying so, at any point, twice in a row, late."""

import pytest

from actions.draft import Question
from tests.actions.intake.citizen import (
    ROAD_OR_PAVEMENT,
    TEBET_BARAT,
    Citizen,
    place,
    problem,
    tapped,
    typed,
)

TEBET = {"kecamatan": "Tebet", "kota": "Jakarta Selatan"}


def test_a_place_said_differently_while_privacy_is_asked_replaces_the_first():
    citizen = Citizen().says(problem(), place("depan pasar", kelurahan_code=TEBET_BARAT), tapped("skip"))
    assert citizen.question is Question.PRIVACY
    citizen.says(place("eh bukan, lokasinya di Tebet", "change_answer", **TEBET))
    assert citizen.question is Question.AREA
    assert citizen.heard == ["utter_noted_change"]


def test_a_landmark_said_differently_keeps_the_area():
    citizen = Citizen().ready_to_confirm()
    citizen.says(place("depan masjid", "change_answer"))
    assert citizen.draft.place and citizen.draft.place.text == "depan masjid"
    assert citizen.draft.place.kelurahan_code
    assert citizen.question is Question.CONFIRMATION


def test_privacy_can_change_twice_in_a_row_at_the_summary():
    citizen = Citizen().ready_to_confirm()
    citizen.says(typed("publik aja", "choose_privacy", privacy="publik"))
    citizen.says(typed("eh anonim", "choose_privacy", privacy="anonim"))
    assert citizen.draft.privacy == "anonim"
    assert citizen.question is Question.CONFIRMATION


@pytest.mark.parametrize("answer", ["description", "category", "place", "photos", "privacy"])
def test_the_change_button_asks_the_chosen_answer_anew(answer):
    citizen = Citizen().ready_to_confirm().says(tapped("change_answer"))
    assert citizen.question is Question.CHANGE
    citizen.says(tapped("change_answer", answer=answer))
    assert citizen.question is not None and citizen.question.value == answer


def test_an_answer_named_in_words_is_asked_anew():
    citizen = Citizen().ready_to_confirm().says(typed("mau ganti lokasinya", "change_answer"))
    assert citizen.question is Question.PLACE


def test_after_one_change_the_summary_comes_back():
    citizen = Citizen().ready_to_confirm().says(tapped("change_answer", answer="privacy"))
    citizen.says(tapped("choose_privacy", privacy="publik"))
    assert citizen.question is Question.CONFIRMATION


def test_changing_ones_mind_about_changing_goes_back_to_the_summary():
    citizen = Citizen().ready_to_confirm().says(tapped("change_answer"), tapped("deny"))
    assert citizen.question is Question.CONFIRMATION


def test_yes_while_asked_what_to_change_sends_nothing():
    citizen = Citizen().ready_to_confirm().says(tapped("change_answer"), typed("ya", "affirm"))
    assert citizen.question is Question.CHANGE
    assert citizen.draft.confirmation is None


def test_a_new_description_replaces_the_old_and_its_category():
    citizen = Citizen().ready_to_confirm().says(tapped("change_answer", answer="description"))
    citizen.says(problem("sampah menumpuk", categories=[{"code": "sampah", "score": 0.95}]))
    assert citizen.draft.description == "sampah menumpuk"
    assert citizen.draft.category == "sampah"


def test_more_about_the_problem_is_added():
    citizen = Citizen().ready_to_confirm()
    citizen.says(problem("lampunya juga mati", categories=ROAD_OR_PAVEMENT))
    assert citizen.draft.description == "jalan berlubang\nlampunya juga mati"
    assert citizen.draft.category == "jalan"
    assert citizen.heard == ["utter_noted_addition"]


def test_the_citizens_category_stands_beside_the_predicted_one():
    citizen = Citizen().says(
        problem(categories=ROAD_OR_PAVEMENT), tapped("change_answer", category="trotoar")
    )
    assert (citizen.draft.category, citizen.draft.predicted_category) == ("trotoar", "jalan")


def test_a_category_can_be_chosen_by_one_word():
    citizen = Citizen().says(problem(categories=ROAD_OR_PAVEMENT), typed("trotoar", "nlu_fallback"))
    assert citizen.draft.category == "trotoar"


def test_an_answer_that_comes_with_a_correction_is_taken_with_it():
    citizen = Citizen().says(problem(privacy="privat"))
    citizen.says(typed("di sini, publik saja", "give_location", location={"text": "sini"}, privacy="publik"))
    assert citizen.draft.privacy == "publik"
    assert citizen.draft.place and citizen.draft.place.text == "sini"


def test_a_category_can_be_corrected_by_naming_the_right_one():
    citizen = Citizen().ready_to_confirm().says(typed("kategorinya ganti jadi parkir liar", "change_answer"))
    assert citizen.draft.category == "parkir_liar"
    assert citizen.question is Question.CONFIRMATION


def test_a_category_can_be_corrected_by_one_word_of_its_label():
    citizen = (
        Citizen().ready_to_confirm().says(typed("kategorinya bukan jalan tapi trotoar", "change_answer"))
    )
    assert citizen.draft.category == "trotoar"
