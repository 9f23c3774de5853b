"""Where it is: words, buttons, pins, and never a dead end."""

from tests.conversations.citizen import Citizen

TEBET_TIMUR = "31.74.01.1001"
KEBON_SIRIH = (-6.1836, 106.8326)
BANDUNG = (-6.9147, 107.6098)


def complain(citizen: Citizen) -> None:
    citizen.says("lampu jalan mati sudah seminggu")
    citizen.is_asked_for("place")


def test_a_kecamatan_offers_its_kelurahan(citizen: Citizen) -> None:
    complain(citizen)
    citizen.says("depan masjid Al Ikhlas, kecamatan Tebet")
    citizen.is_asked_for("area")
    citizen.taps("Tebet Barat")
    citizen.is_asked_for("photos")


def test_the_kelurahan_can_be_typed_instead_of_tapped(citizen: Citizen) -> None:
    complain(citizen)
    citizen.says("depan masjid Al Ikhlas, kecamatan Tebet")
    citizen.says("Tebet Barat")
    citizen.is_asked_for("photos")


def test_a_landmark_without_an_area_is_asked_once(citizen: Citizen) -> None:
    complain(citizen)
    citizen.says("depan warung Bu Tini")
    citizen.is_asked_for("area")
    citizen.says("tidak tahu")
    citizen.is_asked_for("photos")


def test_an_area_picked_from_the_list_is_asked_for_a_landmark_once(citizen: Citizen) -> None:
    complain(citizen)
    citizen.picks_area(TEBET_TIMUR)
    citizen.is_asked_for("landmark")
    citizen.says("di depan musholla")
    citizen.is_asked_for("photos")
    citizen.taps("Lewati")
    citizen.taps("Privat (disarankan)")
    citizen.sees("musholla", "Tebet Timur")


def test_a_landmark_can_be_skipped(citizen: Citizen) -> None:
    complain(citizen)
    citizen.picks_area(TEBET_TIMUR)
    citizen.taps("Lewati")
    citizen.is_asked_for("photos")


def test_a_shared_position_is_confirmed_by_button(citizen: Citizen) -> None:
    complain(citizen)
    citizen.shares_position(*KEBON_SIRIH)
    citizen.is_asked_for("area")
    citizen.taps("Kebon Sirih")
    citizen.is_asked_for("photos")


def test_a_shared_position_is_confirmed_by_a_yes(citizen: Citizen) -> None:
    complain(citizen)
    citizen.shares_position(*KEBON_SIRIH)
    citizen.says("iya betul")
    citizen.is_asked_for("photos")


def test_a_position_outside_jakarta_is_said_kindly(citizen: Citizen) -> None:
    complain(citizen)
    citizen.shares_position(*BANDUNG)
    citizen.gets("ask_place_outside_point")
    citizen.sees("1708")
    citizen.says("maksudnya di depan SDN 01, kelurahan Tebet Timur")
    citizen.is_asked_for("photos")


def test_a_city_outside_jakarta_is_said_kindly_and_can_be_corrected(citizen: Citizen) -> None:
    complain(citizen)
    citizen.says("lokasinya di Bekasi Timur")
    citizen.gets("ask_place_outside")
    citizen.says("eh salah, di depan SDN 01 kelurahan Tebet Timur")
    citizen.is_asked_for("photos")


def test_the_citizens_own_words_for_the_place_are_kept(citizen: Citizen) -> None:
    complain(citizen)
    citizen.says("RT 04 RW 07 gang mawar, kelurahan Tebet Timur")
    citizen.taps("Lewati")
    citizen.taps("Privat (disarankan)")
    citizen.sees("RT 04 RW 07", "Kel. Tebet Timur, Kec. Tebet, Jakarta Selatan")


def test_a_place_cannot_be_skipped_but_is_explained(citizen: Citizen) -> None:
    complain(citizen)
    citizen.says("lewati")
    citizen.gets("place_needed")
    citizen.is_asked_for("place")
