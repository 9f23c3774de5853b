"""Store or action server down: honest words, the draft stays, "Kirim" works later."""

from tests.conversations.citizen import Citizen
from tests.conversations.steps import file_report, reach_confirmation, reach_privacy


def test_with_the_store_down_nothing_is_claimed_and_sending_works_later(citizen: Citizen) -> None:
    reach_confirmation(citizen)
    with citizen.city.store_down():
        citizen.taps("Kirim")
        citizen.gets("not_filed")
        citizen.does_not_get("filed_privat")
        citizen.is_asked_for("confirmation")
    citizen.taps("Kirim")
    citizen.gets("filed_privat")


def test_with_the_store_down_the_answers_can_still_be_changed(citizen: Citizen) -> None:
    reach_confirmation(citizen)
    with citizen.city.store_down():
        citizen.taps("Kirim")
        citizen.says("publik aja")
        citizen.is_asked_for("confirmation")
    citizen.taps("Kirim")
    citizen.gets("filed_publik")


def test_with_the_store_down_a_status_question_is_answered_honestly(citizen: Citizen) -> None:
    file_report(citizen)
    with citizen.city.store_down():
        citizen.says("status laporan saya")
        citizen.gets("status_trouble")
    citizen.says("status laporan saya")
    citizen.gets("status_one")


def test_with_the_store_down_a_shared_position_does_not_end_the_intake(citizen: Citizen) -> None:
    citizen.says("lampu jalan mati sudah seminggu")
    with citizen.city.store_down():
        citizen.shares_position(-6.1836, 106.8326)
        assert citizen.answers
    citizen.shares_position(-6.1836, 106.8326)
    citizen.is_asked_for("area")


def test_with_the_action_server_down_the_message_waits_and_is_answered(citizen: Citizen) -> None:
    reach_privacy(citizen)
    with citizen.city.action_server_down():
        citizen.taps("Privat (disarankan)")
    citizen.waits(minutes=10)
    citizen.is_asked_for("confirmation")


def test_sending_twice_at_once_files_once(citizen: Citizen) -> None:
    reach_confirmation(citizen)
    citizen.says("kirim", "kirim")
    page = citizen.city.crm.list_complaints(citizen.conversation_id)
    assert page.total == 1
