"""Who may see a report: publik, privat, anonim; and what each leaves behind."""

import pytest

from crm.domain.errors import ComplaintNotFound
from tests.conversations.citizen import Citizen
from tests.conversations.steps import file_report, reach_privacy


@pytest.mark.parametrize(
    ("button", "receipt"),
    [("Publik", "filed_publik"), ("Privat (disarankan)", "filed_privat"), ("Anonim", "filed_anonim")],
)
def test_each_choice_has_its_receipt(citizen: Citizen, button: str, receipt: str) -> None:
    file_report(citizen, button)
    citizen.gets(receipt)


@pytest.mark.parametrize("words", ["privat aja", "rahasiakan ya", "yang privat"])
def test_privat_can_be_typed(citizen: Citizen, words: str) -> None:
    reach_privacy(citizen)
    citizen.says(words)
    citizen.is_asked_for("confirmation")
    citizen.sees("(privat)")


def test_whoever_leaves_it_open_gets_privat(citizen: Citizen) -> None:
    reach_privacy(citizen)
    citizen.says("terserah")
    citizen.is_asked_for("confirmation")
    citizen.sees("(privat)")


def test_an_anonymous_receipt_has_number_and_code_and_is_kept_out_of_histories(citizen: Citizen) -> None:
    number = file_report(citizen, "Anonim")
    assert citizen.secret_code in citizen.text
    assert citizen.last.secret
    with pytest.raises(ComplaintNotFound):
        citizen.city.crm.track_complaint(number, reporter=citizen.conversation_id)


def test_an_anonymous_report_is_not_among_ones_own(citizen: Citizen) -> None:
    file_report(citizen, "Anonim")
    citizen.says("status laporan saya")
    citizen.gets("status_none")


def test_an_anonymous_report_is_tracked_with_number_and_code(citizen: Citizen) -> None:
    number = file_report(citizen, "Anonim")
    citizen.says(f"cek {number} {citizen.secret_code}")
    citizen.gets("status_one")
    citizen.sees("Menunggu")


def test_a_wrong_code_is_answered_like_a_report_that_does_not_exist(citizen: Citizen) -> None:
    number = file_report(citizen, "Anonim")
    citizen.says(f"cek {number} AAAA-BBBB")
    citizen.gets("status_not_found")


def test_a_secret_wish_in_the_first_message_is_not_asked_again(citizen: Citizen) -> None:
    citizen.says("preman minta uang di depan pasar kelurahan Cipulir, tolong anonim")
    citizen.is_asked_for("photos")
    citizen.taps("Lewati")
    citizen.is_asked_for("confirmation")
    citizen.sees("(anonim)")
