"""What became of a report: one's own by list, number or topic; somebody else's never."""

from collections.abc import Callable

from tests.conversations.citizen import Citizen
from tests.conversations.steps import file_report, reach_photos


def test_without_a_report_the_citizen_is_told_so(citizen: Citizen) -> None:
    citizen.says("status laporan saya")
    citizen.gets("status_none")


def test_the_only_report_is_told_at_once(citizen: Citizen) -> None:
    number = file_report(citizen)
    citizen.says("laporan saya sudah sampai mana ya")
    citizen.gets("status_one")
    citizen.sees(number, "Jalan rusak", "Menunggu", "WIB")


def test_several_reports_are_listed_newest_first_and_chosen_by_button(citizen: Citizen) -> None:
    first = file_report(citizen)
    second = file_report(citizen)
    citizen.says("status laporan saya")
    citizen.gets("status_list")
    assert citizen.text.index(second) < citizen.text.index(first)
    citizen.taps(first)
    citizen.gets("status_one")
    citizen.sees(first)


def test_a_sixth_report_is_on_the_second_page(citizen: Citizen) -> None:
    numbers = [file_report(citizen) for _ in range(6)]
    citizen.says("status laporan saya")
    citizen.sees(*numbers[1:])
    citizen.does_not_see(numbers[0])
    citizen.taps("Yang lebih lama")
    citizen.sees(numbers[0])


def test_a_number_alone_is_a_question_about_it(citizen: Citizen) -> None:
    number = file_report(citizen)
    citizen.says(number.lower())
    citizen.gets("status_one")


def test_a_report_is_named_by_its_topic(citizen: Citizen) -> None:
    file_report(citizen)
    reach_photos(citizen, "mobil parkir liar di trotoar depan pasar, kelurahan Cipulir")
    citizen.taps("Lewati")
    citizen.taps("Privat (disarankan)")
    citizen.taps("Kirim")
    parking = citizen.report_number
    citizen.says("status laporan parkir liar saya gimana?")
    citizen.gets("status_one")
    citizen.sees(parking)


def test_somebody_elses_report_is_answered_like_none(
    citizen: Citizen, newcomer: Callable[[], Citizen]
) -> None:
    number = file_report(citizen)
    stranger = newcomer()
    stranger.says(f"status {number}")
    others = stranger.text.replace(number, "")
    stranger.gets("status_not_found")
    stranger.says("status JK2001010001")
    assert stranger.text == others


def test_a_code_without_its_number_is_asked_for_both(citizen: Citizen) -> None:
    citizen.says("cek kode 7KQM-4TXD")
    citizen.gets("status_code_without_number")
