"""A problem that an earlier report did not end: one question or offer, never a wrong branch."""

from tests.conversations.citizen import Citizen
from tests.conversations.steps import file_report

STILL_BROKEN = "laporan saya belum ditindak, jalannya masih berlubang di depan SDN 01 kelurahan Tebet Timur"


def test_asking_for_a_report_of_an_unsolved_problem_tells_it_and_offers_a_new_one(citizen: Citizen) -> None:
    file_report(citizen)
    citizen.says(STILL_BROKEN)
    citizen.gets("status_one", "status_or_again")


def test_what_was_told_becomes_the_new_report(citizen: Citizen) -> None:
    citizen.says(STILL_BROKEN)
    citizen.gets("status_none", "status_or_again")
    citizen.taps("Buat laporan baru")
    citizen.is_asked_for("photos")
    citizen.taps("Lewati")
    citizen.taps("Privat (disarankan)")
    citizen.sees("jalannya masih berlubang", "Jalan rusak", "Tebet Timur")


def test_a_plain_question_for_status_offers_nothing(citizen: Citizen) -> None:
    file_report(citizen)
    citizen.says("status laporan saya")
    citizen.does_not_get("status_or_again")


def test_a_complaint_that_speaks_of_an_earlier_report_asks_which_is_meant(citizen: Citizen) -> None:
    file_report(citizen)
    citizen.says(
        "jalan rusak parah depan pasar cipulir, udah lapor tapi masih dibiarin bolong, tolong diaspal"
    )
    citizen.is_asked_for("earlier")
    citizen.taps("Cek laporan saya")
    citizen.gets("status_one")
    citizen.is_asked_for("earlier")
    citizen.taps("Buat laporan baru")
    citizen.does_not_get("not_understood")


def test_never_mind_drops_it(citizen: Citizen) -> None:
    file_report(citizen)
    citizen.says(
        "jalan rusak parah depan pasar cipulir, udah lapor tapi masih dibiarin bolong, tolong diaspal"
    )
    citizen.taps("Tidak jadi")
    citizen.gets("deny_idle")
    citizen.says("lampu jalan mati sudah seminggu")
    citizen.is_asked_for("place")


def test_without_any_report_of_ones_own_nothing_is_asked(citizen: Citizen) -> None:
    citizen.says(
        "jalan rusak parah depan pasar cipulir, udah lapor tapi masih dibiarin bolong, tolong diaspal"
    )
    citizen.does_not_get("ask_complaint_form_earlier")
