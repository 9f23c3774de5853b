"""The same words mean a draft in an intake and a filed report outside one."""

import pytest

from actions.follow_up.meant import meant_in_an_intake, meant_of_a_number, meant_outside
from tests.actions.intake.citizen import tapped, typed

NUMBER = "JK2611240001"


@pytest.mark.parametrize(
    ("words", "intent", "wish"),
    [
        ("tarik laporan saya", "cancel", "withdraw"),
        ("batal", "cancel", None),
        ("mau nambahin foto", "change_answer", "add_detail"),
        ("ganti lokasinya", "change_answer", None),
        ("tambah foto dong", "skip", "add_detail"),
        ("sudah", "affirm", "confirm_done"),
        ("sudah", "goodbye", "confirm_done"),
        ("udah ya gw cabut", "goodbye", None),
        ("udah beres makasih ya min", "thank", "confirm_done"),
        ("makasih udah dibantu", "thank", None),
        ("ok", "affirm", None),
        ("belum", "deny", "still_open"),
        ("nggak", "deny", None),
    ],
)
def test_words_outside_an_intake(words: str, intent: str, wish: str | None) -> None:
    meant = meant_outside(typed(words, intent))
    assert (meant.intent if meant else None) == wish


def test_a_button_means_what_it_says() -> None:
    assert meant_outside(tapped("cancel")) is None
    assert meant_in_an_intake(tapped("withdraw", report_number=NUMBER)).intent == "withdraw"


@pytest.mark.parametrize(
    ("intent", "meant"), [("withdraw", "cancel"), ("confirm_done", "affirm"), ("still_open", "deny")]
)
def test_in_an_intake_words_are_about_the_draft_unless_a_number_is_said(intent: str, meant: str) -> None:
    assert meant_in_an_intake(typed("…", intent)).intent == meant
    assert meant_in_an_intake(typed(NUMBER, intent, report_number=NUMBER)).intent == intent


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        (f"mau nambahin foto buat laporan {NUMBER}", "add_detail"),
        (f"batalin {NUMBER} ya", "withdraw"),
        (f"status {NUMBER}", None),
    ],
)
def test_more_than_the_status_may_be_wished_of_a_number(words: str, wish: str | None) -> None:
    meant = meant_of_a_number(typed(words, "check_status", report_number=NUMBER))
    assert (meant.intent if meant else None) == wish
