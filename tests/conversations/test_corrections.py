"""Any answer can be changed, by button or by saying so, at any point."""

import pytest

from tests.conversations.citizen import Citizen
from tests.conversations.steps import reach_confirmation, reach_photos, reach_privacy


def test_the_place_is_corrected_by_saying_so_while_photos_are_asked(citizen: Citizen) -> None:
    reach_photos(citizen)
    citizen.says("eh bukan, lokasinya di kelurahan Cipulir")
    citizen.gets("noted_change")


def test_a_kecamatan_as_correction_offers_its_kelurahan(citizen: Citizen) -> None:
    reach_privacy(citizen)
    citizen.says("eh bukan, lokasinya di kecamatan Menteng")
    citizen.is_asked_for("area")
    citizen.is_offered("Menteng", "Gondangdia", "Tidak tahu")


def test_the_place_is_corrected_late_at_the_summary(citizen: Citizen) -> None:
    reach_confirmation(citizen)
    citizen.says("salah, lokasinya di depan masjid Al Ikhlas kelurahan Cipulir")
    citizen.is_asked_for("confirmation")
    citizen.sees("Cipulir")
    citizen.does_not_see("Tebet Timur,")


def test_privacy_is_changed_twice_in_a_row(citizen: Citizen) -> None:
    reach_confirmation(citizen)
    citizen.says("ganti jadi publik")
    citizen.sees("semua orang (publik)")
    citizen.says("eh anonim aja")
    citizen.sees("(anonim)")
    citizen.taps("Kirim")
    citizen.gets("filed_anonim")


@pytest.mark.parametrize(
    ("button", "question"),
    [
        ("Masalah", "description"),
        ("Jenis", "category"),
        ("Tempat", "place"),
        ("Foto", "photos"),
        ("Yang bisa melihat", "privacy"),
    ],
)
def test_every_answer_has_its_change_button(citizen: Citizen, button: str, question: str) -> None:
    reach_confirmation(citizen)
    citizen.taps("Ubah")
    citizen.is_asked_for("change")
    citizen.taps(button)
    citizen.is_asked_for(question)


def test_after_a_change_by_button_the_summary_comes_back(citizen: Citizen) -> None:
    reach_confirmation(citizen)
    citizen.taps("Ubah")
    citizen.taps("Masalah")
    citizen.says("sampah menumpuk dan bau sekali")
    citizen.is_asked_for("confirmation")
    citizen.sees("sampah menumpuk", "Sampah")
    citizen.does_not_see("berlubang")


@pytest.mark.parametrize(
    "words",
    [
        "tempatnya, harusnya seberang puskesmas tebet",
        "lokasi di seberang puskesmas",
        "seharusnya sebelah puskesmas",
    ],
)
def test_a_place_told_after_ubah_replaces_the_words_and_keeps_the_kelurahan(
    citizen: Citizen, words: str
) -> None:
    reach_confirmation(citizen)
    citizen.taps("Ubah")
    citizen.says(words)
    citizen.is_asked_for("confirmation")
    citizen.sees("Tempat: se", "puskesmas", "Kel. Tebet Timur")
    citizen.does_not_see("Tempat: di depan SDN 01", "harusnya")


def test_an_answer_is_changed_by_naming_it(citizen: Citizen) -> None:
    reach_confirmation(citizen)
    citizen.says("ganti lokasi")
    citizen.is_asked_for("place")
    citizen.says("di depan masjid Al Ikhlas, kelurahan Cipulir")
    citizen.is_asked_for("confirmation")
    citizen.sees("Cipulir")


def test_no_at_the_summary_asks_what_is_wrong(citizen: Citizen) -> None:
    reach_confirmation(citizen)
    citizen.says("belum")
    citizen.is_asked_for("change")
    citizen.taps("Tidak jadi")
    citizen.is_asked_for("confirmation")


def test_the_category_is_corrected_by_naming_the_right_one(citizen: Citizen) -> None:
    reach_confirmation(citizen)
    citizen.says("kategori ganti jadi parkir liar")
    citizen.sees("Jenis: Parkir liar")


def test_a_photo_at_the_summary_is_added(citizen: Citizen) -> None:
    reach_confirmation(citizen)
    citizen.sees("Foto: tidak ada")
    citizen.sends_photo()
    citizen.is_asked_for("confirmation")
    citizen.sees("1 foto")
