"""The main job from the first word to the status answer."""

from collections.abc import Callable

from tests.conversations.citizen import Citizen

# Inside kelurahan Kebon Sirih, Menteng.
KEBON_SIRIH = (-6.1836, 106.8326)


def test_the_first_words_say_who_aduan_is_and_what_happens_with_the_data(citizen: Citizen) -> None:
    citizen.gets("welcome")
    citizen.sees("Aduan", "Data Anda", "Contoh")


def test_a_report_is_taken_down_question_by_question_and_filed(citizen: Citizen) -> None:
    citizen.says("mau lapor")
    citizen.is_asked_for("description")
    citizen.says("lampu jalan mati sudah seminggu, gelap sekali")
    citizen.is_asked_for("place")
    citizen.says("di depan SDN 01, kelurahan Tebet Timur")
    citizen.is_asked_for("photos")
    citizen.taps("Lewati")
    citizen.is_asked_for("privacy")
    citizen.taps("Privat (disarankan)")
    citizen.is_asked_for("confirmation")
    citizen.sees("lampu jalan mati", "Tebet Timur")
    citizen.taps("Kirim")
    citizen.gets("filed_privat")
    citizen.sees(citizen.report_number)


def test_what_the_first_message_says_is_not_asked_again(citizen: Citizen) -> None:
    citizen.says("sampah menumpuk di depan pasar, kelurahan Cipulir, tolong rahasiakan")
    citizen.is_asked_for("photos")
    citizen.sends_photo()
    citizen.is_asked_for("photos")
    citizen.taps("Cukup")
    citizen.is_asked_for("confirmation")
    citizen.taps("Kirim")
    citizen.gets("filed_privat")


def test_a_shared_position_names_the_likely_kelurahan_and_waits_for_a_yes(citizen: Citizen) -> None:
    citizen.says("ada pohon tumbang menutup trotoar")
    citizen.is_asked_for("place")
    citizen.shares_position(*KEBON_SIRIH)
    citizen.is_asked_for("area")
    citizen.sees("Kebon Sirih")


def test_the_citizen_asks_for_the_status_and_sees_only_own_reports(
    citizen: Citizen, newcomer: Callable[[], Citizen]
) -> None:
    file_a_report(citizen)
    citizen.says("status laporan saya")
    citizen.sees(citizen.report_number, "Menunggu")
    stranger = newcomer()
    stranger.says("status laporan saya")
    stranger.gets("status_none")
    stranger.says(citizen.report_number)
    stranger.gets("status_not_found")


def file_a_report(citizen: Citizen) -> None:
    citizen.says("jalan berlubang besar di Jl. Kemang Raya, kelurahan Bangka, privat saja")
    citizen.taps("Lewati")
    citizen.taps("Kirim")
    citizen.gets("filed_privat")
