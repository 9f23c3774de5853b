"""The last steps: photos, privacy, confirmation; leaving, starting anew, silence."""

from actions.draft import CONFIRMED, Question
from tests.actions.intake.citizen import TEBET_TIMUR, Citizen, place, problem, tapped, typed


def asked_for_photos() -> Citizen:
    return Citizen().says(problem(), place("depan SDN 01", kelurahan_code=TEBET_TIMUR))


def test_several_photos_can_be_sent_one_after_the_other():
    citizen = asked_for_photos().says(tapped("send_photo", photo="a"), tapped("send_photo", photo="b"))
    assert citizen.question is Question.PHOTOS
    citizen.says(typed("cukup", "skip"))
    assert citizen.draft.photos == ("a", "b")
    assert citizen.question is Question.PRIVACY


def test_a_photo_sent_twice_is_kept_once():
    citizen = asked_for_photos().says(tapped("send_photo", photo="a"), tapped("send_photo", photo="a"))
    assert citizen.draft.photos == ("a",)


def test_photos_end_at_the_limit():
    citizen = asked_for_photos().says(*(tapped("send_photo", photo=name) for name in "abcde"))
    assert citizen.heard == ["utter_photo_limit"]
    assert citizen.question is Question.PRIVACY


def test_no_photo_is_an_answer():
    citizen = asked_for_photos().says(typed("nggak ada", "deny"))
    assert citizen.draft.photos == ()
    assert citizen.question is Question.PRIVACY


def test_a_photo_at_the_summary_is_added():
    citizen = Citizen().ready_to_confirm().says(tapped("send_photo", photo="a"))
    assert citizen.draft.photos == ("a",)
    assert citizen.question is Question.CONFIRMATION


def test_whoever_does_not_choose_gets_privat():
    citizen = asked_for_photos().says(tapped("skip"), typed("terserah", "skip"))
    assert citizen.draft.privacy == "privat"


def test_yes_at_the_summary_confirms():
    citizen = Citizen().ready_to_confirm().says(tapped("affirm"))
    assert citizen.question is None
    assert citizen.draft.confirmation == CONFIRMED


def test_yes_with_a_change_shows_the_summary_again():
    citizen = Citizen().ready_to_confirm().says(typed("ya tapi anonim", "affirm", privacy="anonim"))
    assert citizen.question is Question.CONFIRMATION
    assert (citizen.draft.privacy, citizen.draft.confirmation) == ("anonim", None)


def test_no_at_the_summary_asks_what_to_change():
    assert Citizen().ready_to_confirm().says(typed("belum", "deny")).question is Question.CHANGE


def test_cancelling_asks_first_when_something_would_be_lost():
    citizen = Citizen().says(problem(), typed("batal", "cancel"))
    assert citizen.question is Question.LEAVING
    assert citizen.draft.description
    citizen.says(tapped("affirm"))
    assert citizen.question is None
    assert citizen.draft.description is None


def test_cancelling_an_empty_draft_needs_no_question():
    citizen = Citizen().says(typed("mau lapor", "file_complaint"), typed("batal", "cancel"))
    assert citizen.question is None
    assert citizen.heard == ["utter_left"]


def test_staying_goes_on_with_what_is_missing():
    citizen = Citizen().says(problem(), typed("batal", "cancel"), typed("tidak", "deny"))
    assert citizen.question is Question.PLACE


def test_an_answer_instead_of_yes_or_no_goes_on_as_well():
    citizen = Citizen().says(problem(), typed("batal", "cancel"))
    citizen.says(place("depan SDN 01", kelurahan_code=TEBET_TIMUR))
    assert citizen.question is Question.PHOTOS


def test_starting_anew_forgets_everything():
    citizen = Citizen().ready_to_confirm().says(typed("mulai lagi", "restart_intake"))
    assert citizen.question is Question.DESCRIPTION
    assert not citizen.draft.holds_something and citizen.draft.privacy is None


def test_silence_closes_the_draft():
    citizen = Citizen().ready_to_confirm().says(tapped("draft_expired"))
    assert citizen.question is None
    assert citizen.heard == ["utter_draft_expired"]
    assert citizen.draft.confirmation is None
