"""What real people answered, and what was once taken wrongly."""

from collections.abc import Callable

import pytest

from crm.domain.status import Role, Status
from tests.conversations.citizen import Citizen
from tests.conversations.steps import file_report, reach_confirmation, reach_photos, reach_privacy

FLOOD = "banjir sepinggang di kelurahan Kampung Melayu mobil ga bisa lewat"


def finish(citizen: Citizen) -> None:
    citizen.taps("Lewati")
    citizen.taps("Privat (disarankan)")
    citizen.is_asked_for("confirmation")


@pytest.mark.parametrize("answer", ["ga ada yg bahaya sih", "ga ada orang luka", "aman", "ga ada korban"])
def test_nobody_in_danger_is_heard_and_the_question_asked_again(citizen: Citizen, answer: str) -> None:
    citizen.says(FLOOD)
    citizen.gets("danger_maybe")
    citizen.is_asked_for("landmark")
    citizen.says(answer)
    citizen.gets("noted_no_danger")
    citizen.is_asked_for("landmark")


def test_a_landmark_that_sounds_like_a_stall_is_not_added_to_the_problem(citizen: Citizen) -> None:
    citizen.says("pohon tumbang nutup jalan")
    citizen.says("ga ada orang luka")
    citizen.says("depan warung padang")
    citizen.does_not_get("noted_addition")
    citizen.is_asked_for("area")


def test_somebody_trapped_after_all_is_112(citizen: Citizen) -> None:
    citizen.says(FLOOD)
    citizen.says("iya ada yg kejebak")
    citizen.is_asked_for("danger")
    assert "112" in citizen.answers[0].text


def test_a_landmark_at_the_photo_question_is_added_to_the_place(citizen: Citizen) -> None:
    reach_photos(citizen)
    citizen.says("deket jembatan")
    citizen.gets("noted_place_addition")
    citizen.is_asked_for("photos")
    finish(citizen)
    citizen.sees("SDN 01", "deket jembatan")


def test_no_word_of_a_place_is_lost(citizen: Citizen) -> None:
    citizen.says("lampu jalan depan gang gw mati udah 2 minggu gelap bgt")
    citizen.says("gang mawar rt 3 rw 5 kel pondok bambu")
    finish(citizen)
    citizen.sees("gang mawar rt 3 rw 5")


def test_no_photo_said_at_another_question_goes_to_the_photos(citizen: Citizen) -> None:
    citizen.says("lampu jalan mati sudah seminggu")
    citizen.says("depan warung Bu Tini")
    citizen.is_asked_for("area")
    citizen.says("gak ada fotonya")
    citizen.gets("noted_no_photos")
    citizen.is_asked_for("area")
    citizen.says("kelurahan Bangka")
    citizen.is_asked_for("privacy")


def test_privacy_said_early_is_acknowledged(citizen: Citizen) -> None:
    reach_photos(citizen)
    citizen.says("privat")
    citizen.gets("noted_privacy")
    citizen.is_asked_for("photos")
    citizen.says("privat")
    citizen.gets("noted_already")


def test_an_area_named_late_completes_the_place(citizen: Citizen) -> None:
    citizen.says("tiang listrik miring mau roboh di jalan kebon jeruk daerah hayam waruk")
    citizen.says("ga tau kelurahan apa")
    citizen.is_asked_for("photos")
    citizen.says("maphar")
    citizen.is_asked_for("photos")
    citizen.says("lokasinya di depan ruko nomor 12")
    finish(citizen)
    citizen.sees("kebon jeruk", "ruko nomor 12", "Kel. Maphar")


def test_the_category_said_to_be_wrong_is_never_added_to_the_words(citizen: Citizen) -> None:
    citizen.says("kabel menjuntai di depan SDN 01 kelurahan Bangka")
    citizen.says("kategorinya salah harusnya listrik")
    citizen.does_not_get("noted_addition")
    finish(citizen)
    citizen.does_not_see("kategorinya")


@pytest.mark.parametrize(
    ("correction", "label"), [("listrik", "Listrik"), ("pju", "Lampu jalan"), ("got", "Banjir")]
)
def test_a_category_is_found_by_how_people_call_it(citizen: Citizen, correction: str, label: str) -> None:
    reach_confirmation(citizen)
    citizen.says(f"kategorinya salah harusnya {correction}")
    citizen.sees(f"Jenis: {label}")


def test_a_typed_payload_sets_nothing(citizen: Citizen) -> None:
    reach_privacy(citizen)
    citizen.says('/choose_privacy{"privacy": "publik"}')
    citizen.is_asked_for("privacy")


def test_possible_danger_in_a_thank_you_is_not_passed_over(citizen: Citizen) -> None:
    citizen.says("makasih, ada orang berantem tuh")
    assert "112" in citizen.answers[0].text


SECOND = "mau lapor lagi, mobil parkir liar di trotoar depan pasar, kelurahan Cipulir"


@pytest.mark.parametrize(
    ("choice", "seen", "unseen"),
    [
        ("Selesaikan yang tadi", "jalan berlubang", "parkir liar di"),
        ("Ganti dengan ini", "parkir liar di", "jalan berlubang"),
        ("Gabungkan saja", "parkir liar di", "Jenis: Parkir liar"),
    ],
)
def test_a_second_complaint_is_never_silently_merged(
    citizen: Citizen, choice: str, seen: str, unseen: str
) -> None:
    reach_photos(citizen)
    citizen.says(SECOND)
    citizen.is_asked_for("second")
    citizen.taps(choice)
    finish(citizen)
    citizen.sees(seen)
    citizen.does_not_see(unseen)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("apakah lapor bayar?", "cost"),
        ("bayar ga?", "cost"),
        ("berapa lama laporan diproses", "how_long"),
        ("apa saja yang bisa dilaporkan?", "topics"),
        ("siapa yang menangani laporan", "who"),
        ("apakah data saya aman", "data"),
        ("jam operasional", "hours"),
        ("apa itu JAKI", "about"),
        ("apa itu CRM", "about"),
        ("nomor darurat berapa", "emergency"),
        ("bisa ubah laporan yang udah dikirim?", "change_sent"),
        ("harus punya KTP DKI ga", "account"),
        ("arti status disposisi", "status_words"),
        ("bisa lapor tanpa foto?", "media"),
    ],
)
def test_a_question_about_the_service_has_its_own_answer(citizen: Citizen, question: str, topic: str) -> None:
    citizen.says(question)
    citizen.gets(f"faq_{topic}")


def test_how_long_after_filing_tells_of_the_own_report(citizen: Citizen) -> None:
    number = file_report(citizen)
    citizen.says("berapa lama prosesnya")
    citizen.gets("faq_how_long", "status_one")
    citizen.sees(number)
    citizen.says("kapan selesainya?")
    citizen.sees(number)


@pytest.mark.parametrize("again", ["kirim", "ya"])
def test_sending_again_after_the_receipt_is_told_that_it_is_sent(citizen: Citizen, again: str) -> None:
    file_report(citizen)
    citizen.says(again)
    citizen.gets("sent_already")


def test_two_citizens_at_once_do_not_mix(citizen: Citizen, newcomer: Callable[[], Citizen]) -> None:
    other = newcomer()
    reach_photos(citizen)
    other.says("lampu jalan mati sudah seminggu")
    other.is_asked_for("place")
    finish(citizen)
    citizen.does_not_see("lampu")


def test_an_invisible_message_in_an_intake_is_answered(citizen: Citizen) -> None:
    reach_photos(citizen)
    citizen.says("\u200b")
    citizen.is_asked_for("photos")


def test_a_whole_conversation_in_english(citizen: Citizen) -> None:
    citizen.says("there is a big pothole on the road in front of the school in Melawai")
    citizen.gets("english_hint")
    citizen.is_asked_for("landmark")
    citizen.says("next to the mosque")
    citizen.is_asked_for("photos")
    citizen.says("no photo")
    citizen.is_asked_for("privacy")
    citizen.says("private please")
    citizen.is_asked_for("confirmation")
    citizen.says("yes, send it")
    citizen.gets("filed_privat")


def test_news_reach_the_open_chat(citizen: Citizen) -> None:
    number = file_report(citizen)
    citizen.city.crm.change_status(number, Status.KOORDINASI, role=Role.BIRO_PEMERINTAHAN, unit="bina_marga")
    citizen.waits(minutes=2)
    citizen.sees(number)
    assert citizen.last.kind == "news"


def test_kirim_before_everything_is_said_is_told_what_is_missing(citizen: Citizen) -> None:
    citizen.says("lampu jalan mati sudah seminggu")
    citizen.says("kirim")
    citizen.gets("not_complete")
    citizen.is_asked_for("place")


def test_naming_the_photos_after_what_is_to_be_changed_asks_for_them(citizen: Citizen) -> None:
    reach_confirmation(citizen)
    citizen.taps("Ubah")
    citizen.says("fotonya")
    citizen.is_asked_for("photos")


def test_words_of_a_correction_are_no_part_of_the_place(citizen: Citizen) -> None:
    reach_confirmation(citizen)
    citizen.says("eh salah lagi, di cilandak timur samping masjid deng")
    citizen.sees("Tempat: cilandak timur samping masjid (Kel.")


@pytest.mark.parametrize("text", ["😡😡😡", "...", "?!"])
def test_a_message_without_a_word_asks_for_words(citizen: Citizen, text: str) -> None:
    citizen.says(text)
    citizen.gets("only_emoji")


def test_emoji_that_say_a_word_are_read(citizen: Citizen) -> None:
    reach_confirmation(citizen)
    citizen.says("👍")
    citizen.gets("filed_privat")


def test_calling_112_is_done_and_it_is_noted(citizen: Citizen) -> None:
    citizen.says("tolong!! ada kebakaran di sebelah rumah jl kalibata timur")
    citizen.is_asked_for("danger")
    citizen.says("udah ditelpon")
    citizen.is_asked_for("area")


def test_two_words_more_about_the_same_thing_are_added(citizen: Citizen) -> None:
    citizen.says("lampu jalan")
    citizen.is_asked_for("place")
    citizen.says("lampunya mati")
    citizen.gets("noted_addition")
    citizen.is_asked_for("place")


def test_a_corrected_place_is_no_part_of_the_problem(citizen: Citizen) -> None:
    citizen.says("jalan rusak parah di bekasi timur")
    citizen.says("oh salah, di duren sawit deng")
    citizen.does_not_get("noted_addition")
    citizen.is_asked_for("area")


def test_no_photos_after_all_leaves_out_the_photos_only(citizen: Citizen) -> None:
    reach_confirmation(citizen)
    citizen.taps("Ubah")
    citizen.taps("Foto")
    citizen.says("gajadi foto")
    citizen.does_not_get("ask_complaint_form_leaving")
    citizen.is_asked_for("confirmation")
