"""Leaving an intake: asked first when something would be lost, never a dead end."""

from crm.domain.status import Role, Status
from tests.conversations.citizen import Citizen
from tests.conversations.steps import file_report, reach_confirmation, reach_photos


def test_cancel_asks_first_when_something_would_be_lost(citizen: Citizen) -> None:
    reach_photos(citizen)
    citizen.says("batal")
    citizen.is_asked_for("leaving")
    citizen.taps("Ya, batalkan")
    citizen.gets("left")


def test_cancel_with_nothing_to_lose_is_done_at_once(citizen: Citizen) -> None:
    citizen.says("mau lapor")
    citizen.says("ga jadi")
    citizen.gets("left")


def test_staying_goes_on_where_it_was(citizen: Citizen) -> None:
    reach_photos(citizen)
    citizen.says("batal")
    citizen.taps("Lanjut melapor")
    citizen.is_asked_for("photos")


def test_batal_at_the_summary_asks_too(citizen: Citizen) -> None:
    reach_confirmation(citizen)
    citizen.taps("Batal")
    citizen.is_asked_for("leaving")
    citizen.says("ya")
    citizen.gets("left")


def test_after_cancelling_a_new_complaint_starts_empty(citizen: Citizen) -> None:
    reach_confirmation(citizen)
    citizen.says("batal")
    citizen.says("iya")
    citizen.says("lampu jalan mati sudah seminggu")
    citizen.is_asked_for("place")


def test_starting_anew_forgets_all_answers(citizen: Citizen) -> None:
    reach_confirmation(citizen)
    citizen.says("mulai lagi")
    citizen.gets("started_anew")
    citizen.is_asked_for("description")
    citizen.says("lampu jalan mati sudah seminggu")
    citizen.is_asked_for("place")


def test_cancel_without_an_intake_says_so(citizen: Citizen) -> None:
    citizen.says("batal")
    citizen.gets("nothing_to_cancel")


def test_a_day_of_silence_closes_the_draft_kindly(citizen: Citizen) -> None:
    reach_photos(citizen)
    citizen.waits(hours=25)
    citizen.gets("draft_expired")
    citizen.says("lampu jalan mati sudah seminggu")
    citizen.is_asked_for("place")


def test_a_day_of_silence_without_a_draft_is_just_silence(citizen: Citizen) -> None:
    number = file_report(citizen)
    citizen.city.crm.change_status(number, Status.PROSES, role=Role.KELURAHAN)
    citizen.looks()
    citizen.waits(hours=25)
    assert not citizen.answers


def test_a_second_complaint_after_the_first_starts_empty(citizen: Citizen) -> None:
    first = file_report(citizen)
    assert file_report(citizen) != first


def test_wanting_to_go_on_after_all_never_drops_the_draft(citizen: Citizen) -> None:
    reach_photos(citizen)
    citizen.says("ga jadi deh")
    citizen.is_asked_for("leaving")
    citizen.says("engga, lanjut aja")
    citizen.does_not_get("left")
    citizen.is_asked_for("photos")


def test_kirim_never_drops_the_draft(citizen: Citizen) -> None:
    reach_confirmation(citizen)
    citizen.says("batal")
    citizen.says("kirim")
    citizen.does_not_get("left")
    citizen.is_asked_for("confirmation")
