"""Where it is: from words, buttons or a shared point, and never a dead end."""

from actions.draft import Question
from tests.actions.intake.citizen import (
    TEBET_BARAT,
    TEBET_TIMUR,
    Citizen,
    place,
    problem,
    tapped,
    typed,
)

TEBET = {"kecamatan": "Tebet", "kota": "Jakarta Selatan"}


def told() -> Citizen:
    return Citizen().says(problem())


def test_a_named_kelurahan_settles_the_area():
    citizen = told().says(place("depan masjid, Tebet Timur", kelurahan_code=TEBET_TIMUR))
    assert citizen.draft.place and citizen.draft.place.kelurahan_code == TEBET_TIMUR
    assert citizen.question is Question.PHOTOS


def test_a_named_kecamatan_offers_its_kelurahan():
    citizen = told().says(place("depan masjid di Tebet", **TEBET))
    assert citizen.question is Question.AREA
    assert citizen.draft.place and TEBET_TIMUR in citizen.draft.place.candidates
    assert len(citizen.draft.place.candidates) == 7


def test_a_kelurahan_chosen_by_button_keeps_the_citizens_words():
    citizen = told().says(place("depan masjid", **TEBET), tapped("give_location", kelurahan_code=TEBET_BARAT))
    assert citizen.draft.place and citizen.draft.place.text == "depan masjid"
    assert citizen.draft.place.kelurahan_code == TEBET_BARAT


def test_a_kelurahan_can_be_chosen_by_the_word_that_tells_it_apart():
    citizen = told().says(place("depan masjid", **TEBET), typed("yang timur", "nlu_fallback"))
    assert citizen.draft.place and citizen.draft.place.kelurahan_code == TEBET_TIMUR


def test_a_word_that_fits_several_kelurahan_is_no_choice():
    citizen = told().says(place("depan masjid", **TEBET), typed("tebet", "nlu_fallback"))
    assert citizen.question is Question.AREA


def test_a_landmark_alone_is_asked_once_for_its_area():
    citizen = told().says(place("depan warung Bu Tini"))
    assert citizen.question is Question.AREA
    citizen.says(place("yang di gang sempit itu"))
    assert citizen.question is Question.PHOTOS
    assert citizen.draft.place and citizen.draft.place.text == "depan warung Bu Tini, yang di gang sempit itu"


def test_not_knowing_the_area_is_no_dead_end():
    citizen = told().says(place("depan warung Bu Tini"), typed("nggak tahu", "skip"))
    assert citizen.question is Question.PHOTOS
    assert citizen.draft.place and citizen.draft.place.area_unknown


def test_an_area_alone_is_asked_once_for_a_landmark():
    citizen = told().says(tapped("give_location", kelurahan_code=TEBET_TIMUR))
    assert citizen.question is Question.LANDMARK
    citizen.says(typed("dekat pohon besar", "nlu_fallback"))
    assert citizen.draft.place and citizen.draft.place.text == "dekat pohon besar"
    assert citizen.question is Question.PHOTOS


def test_a_landmark_can_be_skipped():
    citizen = told().says(place("Tebet Timur", kelurahan_code=TEBET_TIMUR))
    assert citizen.question is Question.LANDMARK
    assert citizen.says(tapped("skip")).question is Question.PHOTOS


def test_a_shared_point_is_confirmed_as_its_likely_kelurahan():
    citizen = told().says(tapped("give_location", position={"lat": -6.23, "lon": 106.85}))
    assert citizen.question is Question.AREA
    citizen.says(typed("iya betul", "affirm"))
    assert citizen.draft.place and citizen.draft.place.kelurahan_code == TEBET_TIMUR
    assert (citizen.draft.place.lat, citizen.draft.place.lon) == (-6.23, 106.85)
    assert citizen.question is Question.PHOTOS


def test_a_wrongly_guessed_kelurahan_of_a_point_is_asked_in_words():
    citizen = told().says(
        tapped("give_location", position={"lat": -6.23, "lon": 106.85}), typed("bukan", "deny")
    )
    assert citizen.question is Question.AREA
    assert citizen.draft.place and not citizen.draft.place.candidates and citizen.draft.place.is_point


def test_a_point_outside_jakarta_is_asked_for_another_place():
    citizen = told().says(tapped("give_location", position={"lat": -6.9, "lon": 107.6}))
    assert citizen.question is Question.PLACE
    assert citizen.draft.place and citizen.draft.place.outside


def test_a_place_outside_jakarta_can_be_corrected():
    citizen = told().says(place("Bekasi", outside="Bekasi"))
    assert citizen.question is Question.PLACE
    citizen.says(place("depan SDN 01 Tebet Timur", kelurahan_code=TEBET_TIMUR))
    assert citizen.draft.place and not citizen.draft.place.outside
    assert citizen.question is Question.PHOTOS


def test_the_place_cannot_be_left_out():
    citizen = told().says(typed("nggak tahu", "skip"))
    assert citizen.question is Question.PLACE
    assert citizen.heard == ["utter_place_needed"]


def test_unclear_words_become_the_place_only_when_said_again():
    citizen = told().says(typed("pokoknya situ", "nlu_fallback"))
    assert citizen.draft.place is None
    citizen.says(typed("belakang situ", "nlu_fallback"))
    assert citizen.draft.place and citizen.draft.place.text == "belakang situ"


def test_an_unknown_code_is_not_believed():
    citizen = told().says(tapped("give_location", kelurahan_code="99.99.99.9999"))
    assert citizen.draft.place is None


def test_a_street_named_like_a_kelurahan_chooses_nothing():
    citizen = told().says(place("depan masjid", **TEBET), typed("jalan tebet timur dalam", "nlu_fallback"))
    assert citizen.draft.place and citizen.draft.place.kelurahan_code is None


def test_a_point_shared_late_leaves_the_words_and_an_area_it_lies_in():
    citizen = Citizen().ready_to_confirm()
    citizen.says(tapped("give_location", position={"lat": -6.23, "lon": 106.85}))
    assert citizen.question is Question.CONFIRMATION
    assert citizen.draft.place and citizen.draft.place.text == "depan SDN 01"
    assert citizen.draft.place.lat == -6.23


def test_a_point_in_another_area_asks_for_the_area_again():
    citizen = told().says(place("depan SDN 01", kelurahan_code="31.71.06.1001"), tapped("skip"))
    citizen.says(tapped("give_location", position={"lat": -6.23, "lon": 106.85}))
    assert citizen.question is Question.AREA
    assert citizen.draft.place and citizen.draft.place.text == "depan SDN 01"
