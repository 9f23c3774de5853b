"""After a report is filed: news, and what the citizen does with the report, all in the chat."""

from collections.abc import Callable

import pytest

from crm.domain.complaint import ComplaintView
from crm.domain.follow_up import Answer
from crm.domain.news import NewsWanted
from crm.domain.officers import NewOfficer, Officer
from crm.domain.status import Role, Status
from crm.domain.tracking_link import TrackingLinks
from tests.conversations.citizen import Citizen
from tests.conversations.steps import file_report, reach_photos, reach_privacy

QUESTION = "Lubangnya di sisi kiri atau kanan jalan?"


def view(citizen: Citizen, number: str) -> ComplaintView:
    """Look at a report in the store."""
    return citizen.city.crm.read_complaint(number)


def work_on(citizen: Citizen, number: str) -> None:
    """Start the work; the news come."""
    citizen.city.crm.change_status(number, Status.PROSES, role=Role.KELURAHAN)
    citizen.looks()


def finish(citizen: Citizen, number: str) -> None:
    """Declare a report done and accept it; the news come."""
    crm = citizen.city.crm
    crm.change_status(number, Status.PROSES, role=Role.KELURAHAN)
    crm.change_status(
        number, Status.MENUNGGU_VALIDASI, role=Role.KELURAHAN, note="Sudah ditambal", photos=("bukti.jpg",)
    )
    crm.change_status(number, Status.SELESAI, role=Role.BIRO_PEMERINTAHAN)
    citizen.looks()


def officer_of(citizen: Citizen) -> Officer:
    """Make an officer who sees everything."""
    account = NewOfficer("budi", "Budi", Role.BIRO_PEMERINTAHAN)
    return citizen.city.crm.create_officer(account, "rahasia sekali 123", by=None)


def ask(citizen: Citizen, number: str) -> None:
    """Have an officer ask; the question comes."""
    citizen.city.crm.ask_reporter(number, officer_of(citizen), QUESTION)
    citizen.looks()


def finished_report(citizen: Citizen) -> str:
    """File a report and finish it."""
    number = file_report(citizen)
    finish(citizen, number)
    return number


# Done


def test_every_step_is_told_in_order_and_the_end_asks(citizen: Citizen) -> None:
    finished_report(citizen)
    citizen.gets("news_proses", "news_menunggu_validasi", "news_selesai")
    assert [answer.kind for answer in citizen.answers] == ["news"] * 3
    assert [answer.image for answer in citizen.answers] == [None, "bukti.jpg", None]
    citizen.sees("7 hari")
    assert list(citizen.last.buttons) == ["Sudah", "Belum"]


def test_done_with_rating_and_comment(citizen: Citizen) -> None:
    number = finished_report(citizen)
    citizen.taps("Sudah")
    citizen.gets("done", "ask_rating")
    assert len(citizen.answers) == 2
    citizen.taps("4 Puas")
    citizen.gets("ask_comment")
    citizen.says("petugasnya cepat dan ramah")
    citizen.gets("commented")
    said = view(citizen, number).verdicts[-1]
    assert (said.answer, said.rating, said.comment) == (Answer.SUDAH, 4, "petugasnya cepat dan ramah")
    assert view(citizen, number).closed_at
    citizen.says("makasih")
    citizen.gets("thank")


@pytest.mark.parametrize(
    ("words", "rating"), [("5", 5), ("bintang 4", 4), ("tiga aja", 3), ("nilainya 2 ya", 2)]
)
def test_a_rating_is_understood_in_words_when_it_was_asked_for(
    citizen: Citizen, words: str, rating: int
) -> None:
    number = finished_report(citizen)
    citizen.taps("Sudah")
    citizen.says(words)
    citizen.gets("ask_comment")
    citizen.taps("Tidak ada")
    citizen.gets("follow_up_enough")
    assert view(citizen, number).verdicts[-1].rating == rating


def test_a_number_alone_is_no_rating_when_nobody_asked(citizen: Citizen) -> None:
    finished_report(citizen)
    citizen.says("5")
    citizen.does_not_get("ask_comment")


@pytest.mark.parametrize("words", ["udah beres makasih", "sudah", "udah beres kok", "iya sudah"])
def test_done_in_words(citizen: Citizen, words: str) -> None:
    number = finished_report(citizen)
    citizen.says(words)
    citizen.gets("done", "ask_rating")
    assert view(citizen, number).closed_at


def test_thanks_are_thanks_when_nothing_is_finished(citizen: Citizen) -> None:
    file_report(citizen)
    citizen.says("udah beres makasih")
    citizen.gets("thank")


def test_a_rating_is_not_needed(citizen: Citizen) -> None:
    number = finished_report(citizen)
    citizen.taps("Sudah")
    citizen.says("makasih ya")
    citizen.gets("thank")
    citizen.says("lampu jalan mati sudah seminggu")
    citizen.is_asked_for("place")
    assert view(citizen, number).verdicts[-1].rating is None


def test_a_new_problem_is_no_comment(citizen: Citizen) -> None:
    finished_report(citizen)
    citizen.taps("Sudah")
    citizen.taps("5 Sangat puas")
    citizen.says("lampu jalan mati sudah seminggu di depan pasar cipulir")
    citizen.gets("noted_problem")
    citizen.is_asked_for("area")


# Not done


def test_not_done_with_a_photo_opens_it_again(citizen: Citizen) -> None:
    number = finished_report(citizen)
    citizen.taps("Belum")
    citizen.gets("ask_still_open")
    citizen.sends_photo()
    citizen.gets("ask_still_open_words")
    citizen.says("lubangnya cuma ditutup kerikil")
    citizen.gets("reopened")
    report = view(citizen, number)
    assert report.status is Status.TL_DITOLAK and report.reopened == 1
    assert report.history[-1].note == "lubangnya cuma ditutup kerikil" and report.history[-1].photos
    assert report.verdicts[-1].answer is Answer.BELUM
    citizen.looks()
    assert citizen.answers == []


def test_not_done_with_words_under_the_photo(citizen: Citizen) -> None:
    number = finished_report(citizen)
    citizen.taps("Belum")
    citizen.sends_photo("masih bolong kok")
    citizen.gets("reopened")
    assert view(citizen, number).history[-1].photos


def test_not_done_in_words_that_say_what_is_wrong(citizen: Citizen) -> None:
    number = finished_report(citizen)
    citizen.says("belum beres kok masih bolong")
    citizen.gets("reopened")
    assert "masih bolong" in view(citizen, number).history[-1].note


@pytest.mark.parametrize("words", ["belum beres", "belum"])
def test_not_done_in_words_that_do_not(citizen: Citizen, words: str) -> None:
    finished_report(citizen)
    citizen.says(words)
    citizen.gets("ask_still_open")
    citizen.says("aspalnya masih retak semua")
    citizen.gets("reopened")


def test_a_complaint_about_an_old_report_stays_a_question_about_it_and_offers_the_button(
    citizen: Citizen,
) -> None:
    finished_report(citizen)
    citizen.says("laporan saya belum ditindak, jalannya masih berlubang di depan SDN 01")
    citizen.gets("status_one")
    citizen.sees("sudah beres?")
    citizen.is_offered("Sudah beres", "Belum beres")


def test_done_can_be_taken_back(citizen: Citizen) -> None:
    number = finished_report(citizen)
    citizen.taps("Sudah")
    citizen.says("nanti aja")
    citizen.says("ternyata belum beres")
    citizen.gets("ask_still_open")
    citizen.says("baru sebagian yang ditambal")
    citizen.gets("reopened")
    assert view(citizen, number).reopened == 1


def test_seven_days_of_silence_close_it_and_the_citizen_hears_that(citizen: Citizen) -> None:
    number = finished_report(citizen)
    citizen.waits(hours=7 * 24)
    citizen.gets("news_closed")
    assert view(citizen, number).closed_at
    citizen.taps("Belum")
    citizen.gets("too_late_to_reopen")


# Questions, additions, withdrawal, news


def test_an_officers_question_is_answered_in_words(citizen: Citizen) -> None:
    number = file_report(citizen)
    ask(citizen, number)
    citizen.gets("news_question")
    citizen.taps("Jawab")
    citizen.gets("ask_answer")
    citizen.sees(QUESTION)
    citizen.says("sisi kiri, dekat halte")
    citizen.gets("answered")
    assert view(citizen, number).questions[0].answer == "sisi kiri, dekat halte"


def test_an_officers_question_is_answered_by_a_photo(citizen: Citizen) -> None:
    number = file_report(citizen)
    ask(citizen, number)
    citizen.taps("Jawab")
    citizen.sends_photo()
    citizen.gets("answered")
    assert len(view(citizen, number).questions[0].photos) == 1


def test_a_plain_yes_is_an_answer_and_a_question_in_between_is_answered_first(citizen: Citizen) -> None:
    number = file_report(citizen)
    ask(citizen, number)
    citizen.taps("Jawab")
    citizen.says("ini bot ya?")
    citizen.gets("bot_challenge", "ask_answer")
    citizen.says("iya")
    citizen.gets("answered")
    assert view(citizen, number).questions[0].answer == "iya"


def test_the_status_shows_the_open_question_and_the_way_to_answer(citizen: Citizen) -> None:
    number = file_report(citizen)
    ask(citizen, number)
    citizen.says("status laporan saya")
    citizen.sees(QUESTION)
    assert list(citizen.last.buttons) == ["Jawab", "Tambah keterangan", "Tarik laporan"]
    citizen.taps("Jawab")
    citizen.says("sisi kanan")
    citizen.gets("answered")


def test_a_detail_is_added_in_words_and_then_a_photo(citizen: Citizen) -> None:
    number = file_report(citizen)
    citizen.says("status laporan saya")
    citizen.taps("Tambah keterangan")
    citizen.says("sekarang lubangnya dua")
    citizen.gets("detail_added")
    citizen.taps("Tambah lagi")
    citizen.sends_photo()
    citizen.gets("detail_added")
    assert [addition.text for addition in view(citizen, number).additions] == ["sekarang lubangnya dua", ""]


def test_adding_a_photo_in_words_with_the_number(citizen: Citizen) -> None:
    number = file_report(citizen)
    citizen.says(f"mau nambahin foto buat laporan {number}")
    citizen.gets("ask_detail")
    citizen.sends_photo()
    citizen.gets("detail_added")
    assert len(view(citizen, number).additions[0].photos) == 1


def test_a_photo_whose_caption_names_a_report_goes_to_it(citizen: Citizen) -> None:
    number = file_report(citizen)
    citizen.sends_photo(f"ini buat laporan {number}")
    citizen.gets("detail_added")
    assert len(view(citizen, number).additions[0].photos) == 1
    citizen.says("makasih")
    citizen.gets("thank")


@pytest.mark.parametrize("words", ["tarik laporan saya", "batalin laporan saya"])
def test_withdrawal_asks_first(citizen: Citizen, words: str) -> None:
    number = file_report(citizen)
    citizen.says(words)
    citizen.gets("ask_withdrawal")
    assert view(citizen, number).status is Status.MENUNGGU
    citizen.says("ya tarik aja")
    citizen.gets("withdrawn")
    assert view(citizen, number).status is Status.DIBATALKAN
    citizen.looks()
    assert citizen.answers == []


@pytest.mark.parametrize("words", ["nggak jadi", "jangan", "Tidak jadi"])
def test_withdrawal_can_be_left(citizen: Citizen, words: str) -> None:
    number = file_report(citizen)
    citizen.says("tarik laporan saya")
    citizen.says(words)
    citizen.gets("follow_up_left")
    assert view(citizen, number).status is Status.MENUNGGU


def test_of_several_reports_the_citizen_chooses(citizen: Citizen) -> None:
    first, second = file_report(citizen), file_report(citizen)
    citizen.says("tarik laporan saya")
    citizen.gets("follow_up_which")
    citizen.is_offered(first, second)
    citizen.taps(first)
    citizen.taps("Ya, tarik")
    citizen.gets("withdrawn")
    assert view(citizen, second).status is Status.MENUNGGU


def test_fewer_news_and_all_again(citizen: Citizen) -> None:
    number = file_report(citizen)
    citizen.says("kabarin kalo udah kelar aja")
    citizen.gets("hear_less")
    work_on(citizen, number)
    assert citizen.answers == []
    citizen.city.crm.change_status(
        number, Status.MENUNGGU_VALIDASI, role=Role.KELURAHAN, note="Ditambal", no_photo_reason="gelap"
    )
    citizen.city.crm.change_status(number, Status.SELESAI, role=Role.BIRO_PEMERINTAHAN)
    citizen.looks()
    citizen.gets("news_selesai")
    citizen.does_not_get("news_menunggu_validasi")


@pytest.mark.parametrize("words", ["nanti kabarin ya", "dikabarin kan kalau udah kelar?"])
def test_a_wish_to_hear_of_it_is_no_wish_to_hear_less(citizen: Citizen, words: str) -> None:
    number = file_report(citizen)
    citizen.says(words)
    citizen.does_not_get("hear_less", "hear_all")
    assert view(citizen, number).news_wanted is NewsWanted.SEMUA


def test_fewer_news_said_as_too_many(citizen: Citizen) -> None:
    number = file_report(citizen)
    citizen.says("ga usah dikabarin tiap perubahan")
    citizen.gets("hear_less")
    citizen.says("kabarin semua perkembangannya aja deh")
    citizen.gets("hear_all")
    assert view(citizen, number).news_wanted is NewsWanted.SEMUA


def test_fewer_news_by_the_button_of_the_first(citizen: Citizen) -> None:
    number = file_report(citizen)
    work_on(citizen, number)
    citizen.taps("Kabari selesai saja")
    citizen.gets("hear_less")
    assert view(citizen, number).news_wanted is NewsWanted.SELESAI
    citizen.taps("Kabari semuanya")
    citizen.gets("hear_all")
    assert view(citizen, number).news_wanted is NewsWanted.SEMUA


def test_the_status_gives_the_link_that_opens_the_report(
    citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADUAN_PUBLIC_URL", "https://aduan.example")
    monkeypatch.setenv("ADUAN_GATEWAY_SECRET", "secret of the tests")
    number = file_report(citizen)
    citizen.says("status laporan saya")
    key = citizen.text.partition(f"https://aduan.example/lacak/{number}?k=")[2]
    report_number = view(citizen, number).report_number
    assert TrackingLinks("secret of the tests").opens(report_number, key.split()[0])


def test_a_missed_target_is_told_with_the_new_date_and_the_status_shows_it(citizen: Citizen) -> None:
    number = file_report(citizen)
    citizen.waits(hours=6, minutes=1)
    citizen.gets("news_late")
    citizen.sees(number, "pukul")
    citizen.says("status laporan saya")
    citizen.sees("Target barunya")


# Leaving, danger, trouble


@pytest.mark.parametrize("words", ["batal", "nggak jadi deh"])
def test_what_was_asked_can_be_left(citizen: Citizen, words: str) -> None:
    number = finished_report(citizen)
    citizen.taps("Belum")
    citizen.says(words)
    citizen.gets("follow_up_left")
    assert view(citizen, number).status is Status.SELESAI
    citizen.says("makasih")
    citizen.gets("thank")


def test_danger_goes_first_and_what_waited_is_offered_afterwards(citizen: Citizen) -> None:
    number = file_report(citizen)
    ask(citizen, number)
    citizen.taps("Jawab")
    citizen.says("tolong kebakaran di rumah sebelah!")
    assert "112" in citizen.answers[0].text
    citizen.is_asked_for("danger")
    citizen.says("tidak usah")
    citizen.gets("left_after_danger", "follow_up_waited")
    citizen.taps("Jawab")
    citizen.says("sisi kiri")
    citizen.gets("answered")


def test_a_day_of_silence_ends_the_question(citizen: Citizen) -> None:
    number = finished_report(citizen)
    citizen.taps("Belum")
    citizen.waits(hours=25)
    citizen.says("lampu jalan mati sudah seminggu")
    citizen.is_asked_for("place")
    assert view(citizen, number).status is Status.SELESAI


def test_words_are_not_lost_while_the_store_is_away(citizen: Citizen) -> None:
    number = finished_report(citizen)
    citizen.taps("Belum")
    with citizen.city.store_down():
        citizen.says("masih bolong")
        citizen.gets("follow_up_trouble", "ask_still_open")
    citizen.says("masih bolong")
    citizen.gets("reopened")
    assert view(citizen, number).reopened == 1


# While another report is being written


def test_buttons_answer_first_and_the_draft_goes_on(citizen: Citizen) -> None:
    number = file_report(citizen)
    reach_privacy(citizen)
    finish(citizen, number)
    citizen.taps("Sudah")
    citizen.gets("done", "ask_rating")
    citizen.is_asked_for("privacy")
    citizen.taps("5 Sangat puas")
    citizen.does_not_get("ask_comment")
    citizen.is_asked_for("privacy")
    assert view(citizen, number).verdicts[-1].rating == 5
    citizen.taps("Privat (disarankan)")
    citizen.is_asked_for("confirmation")


def test_what_needs_words_waits_for_the_draft_and_is_offered_after_it(citizen: Citizen) -> None:
    number = file_report(citizen)
    reach_photos(citizen)
    ask(citizen, number)
    citizen.taps("Jawab")
    citizen.gets("follow_up_later")
    citizen.is_asked_for("photos")
    citizen.taps("Lewati")
    citizen.taps("Privat (disarankan)")
    citizen.taps("Kirim")
    citizen.gets("filed_privat", "follow_up_waited")
    citizen.taps("Jawab")
    citizen.says("sisi kiri")
    citizen.gets("answered")
    assert view(citizen, number).questions[0].answer == "sisi kiri"


def test_not_done_and_fewer_news_by_button_while_a_draft_is_open(citizen: Citizen) -> None:
    number = file_report(citizen)
    reach_photos(citizen)
    finish(citizen, number)
    citizen.taps("Kabari selesai saja")
    citizen.gets("hear_less")
    citizen.is_asked_for("photos")
    citizen.taps("Belum")
    citizen.gets("follow_up_later")
    citizen.says("batal")
    citizen.taps("Ya, batalkan")
    citizen.gets("left", "follow_up_waited")
    citizen.taps("Belum beres")
    citizen.sends_photo("masih bolong di pinggirnya")
    citizen.gets("reopened")
    assert view(citizen, number).reopened == 1


def test_the_button_of_the_news_itself_stays_usable_too(citizen: Citizen) -> None:
    number = finished_report(citizen)
    news = citizen.last
    reach_photos(citizen)
    citizen.says("batal")
    citizen.taps("Ya, batalkan")
    citizen.history.append(news)
    citizen.taps("Belum")
    citizen.gets("ask_still_open")
    citizen.says("masih bolong")
    assert view(citizen, number).reopened == 1


def test_withdrawal_of_the_old_report_keeps_the_draft(citizen: Citizen) -> None:
    number = file_report(citizen)
    reach_photos(citizen)
    citizen.says(f"status {number}")
    citizen.taps("Tarik laporan")
    citizen.gets("ask_withdrawal")
    citizen.taps("Ya, tarik")
    citizen.gets("withdrawn")
    citizen.is_asked_for("photos")


@pytest.mark.parametrize("words", ["batalin laporan saya", "mau nambahin foto"])
def test_words_without_a_number_are_about_the_draft(citizen: Citizen, words: str) -> None:
    file_report(citizen)
    reach_privacy(citizen)
    citizen.says(words)
    citizen.does_not_get("ask_withdrawal", "ask_detail", "follow_up_later")


def test_asking_for_news_in_a_draft_disturbs_nothing(citizen: Citizen) -> None:
    number = file_report(citizen)
    reach_photos(citizen)
    citizen.says("nanti kabarin ya")
    citizen.is_asked_for("photos")
    assert view(citizen, number).news_wanted is NewsWanted.SEMUA


# Other people's and anonymous reports


@pytest.mark.parametrize("privacy", ["Privat (disarankan)", "Publik"])
def test_somebody_elses_report_is_told_as_unknown(
    citizen: Citizen, newcomer: Callable[[], Citizen], privacy: str
) -> None:
    number = file_report(citizen, privacy)
    stranger = newcomer()
    for words in (f"tarik laporan {number}", f"mau nambahin foto buat laporan {number}"):
        stranger.says(words)
        stranger.gets("status_not_found")
    assert view(citizen, number).status is Status.MENUNGGU


def test_a_public_report_of_somebody_else_offers_nothing_to_do(
    citizen: Citizen, newcomer: Callable[[], Citizen]
) -> None:
    number = file_report(citizen, "Publik")
    stranger = newcomer()
    stranger.says(f"status {number}")
    stranger.gets("status_one")
    assert stranger.buttons == []


def test_an_anonymous_report_makes_no_news_and_offers_no_buttons(citizen: Citizen) -> None:
    number = file_report(citizen, "Anonim")
    code = citizen.secret_code
    finish(citizen, number)
    assert citizen.answers == []
    citizen.says(f"status {number} {code}")
    citizen.gets("status_one")
    assert citizen.buttons == []
    citizen.says(f"tarik laporan {number} {code}")
    citizen.gets("follow_up_anonymous")
    citizen.sees("/lacak")
