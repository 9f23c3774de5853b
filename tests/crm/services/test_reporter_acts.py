"""What reporters add, answer, withdraw and choose to hear; each also when a platform delivers it twice."""

import pytest

from crm.bootstrap import Crm
from crm.domain.errors import ComplaintNotFound, DraftIncomplete, NotAllowed, TooLate, TransitionRefused
from crm.domain.news import NewsWanted
from crm.domain.privacy import Privacy
from crm.domain.status import Role, Status
from tests.crm.conftest import Clock, draft
from tests.crm.officers import BIRO, LURAH, OTHER_LURAH, declare_done, finish, hand_on, told


def test_details_and_photos_are_added_once_each(crm: Crm, clock: Clock) -> None:
    number = crm.file_complaint(draft()).report_number
    for _ in range(2):
        crm.add_detail(number, " tiangnya miring ", reporter="warga")
    crm.add_detail(number, reporter="warga", photos=["tiang.jpg"])
    seen = crm.read_complaint(number, LURAH).additions
    assert [(one.text, one.photos, one.at) for one in seen] == [
        ("tiangnya miring", (), clock.now),
        ("", ("tiang.jpg",), clock.now),
    ]
    assert crm.track_complaint(number, reporter="warga").additions == seen
    assert crm.attached_photos(["tiang.jpg", "lain.jpg"]) == {"tiang.jpg"}


def test_nothing_cannot_be_added_nor_anything_to_what_is_closed(crm: Crm) -> None:
    number = crm.file_complaint(draft()).report_number
    with pytest.raises(DraftIncomplete):
        crm.add_detail(number, "  ", reporter="warga")
    finish(crm, number)
    crm.add_detail(number, "kurang satu lampu", reporter="warga")
    crm.confirm_done(number, reporter="warga")
    with pytest.raises(TooLate):
        crm.add_detail(number, "satu lagi", reporter="warga")


def test_a_question_reaches_the_reporter_and_the_answer_the_history(crm: Crm, clock: Clock) -> None:
    number = crm.file_complaint(draft()).report_number
    asked = crm.ask_reporter(number, LURAH, " Tiang yang mana? ")
    [news] = crm.pending_news(5)
    assert (news.kind, news.note, news.question_id) == ("question", "Tiang yang mana?", asked.question_id)
    assert (news.unit, news.reporter) == ("Kelurahan setempat", "warga")
    for _ in range(2):
        crm.answer_question(asked.question_id, "yang di depan gang", reporter="warga", photos=["c.jpg"])
    crm.answer_question(asked.question_id, "eh, yang kedua", reporter="warga")
    view = crm.read_complaint(number, LURAH)
    [question] = view.questions
    assert (question.answer, question.photos, question.answered_at) == (
        "yang di depan gang",
        ("c.jpg",),
        clock.now,
    )
    assert [one.text for one in view.additions] == ["eh, yang kedua"]
    assert crm.attached_photos(["c.jpg"]) == {"c.jpg"}


def test_only_who_holds_an_open_report_asks(crm: Crm) -> None:
    number = crm.file_complaint(draft()).report_number
    with pytest.raises(ComplaintNotFound):
        crm.ask_reporter(number, OTHER_LURAH, "Di mana?")
    hand_on(crm, number)
    with pytest.raises(NotAllowed):
        crm.ask_reporter(number, LURAH, "Di mana?")
    with pytest.raises(TransitionRefused, match="kosong"):
        crm.ask_reporter(number, BIRO, "  ")
    crm.withdraw(number, reporter="warga")
    with pytest.raises(TransitionRefused, match="Dibatalkan"):
        crm.ask_reporter(number, BIRO, "Di mana?")


def test_nobody_else_answers_and_absent_costs_the_same_error(crm: Crm) -> None:
    number = crm.file_complaint(draft()).report_number
    asked = crm.ask_reporter(number, LURAH, "Di mana?")
    for question_id in (asked.question_id, 999):
        with pytest.raises(ComplaintNotFound):
            crm.answer_question(question_id, "di sini", reporter="tetangga", secret_code="7KQM-4TXD")


def test_an_anonymous_reporter_answers_and_adds_by_code_and_only_the_hour_is_kept(
    crm: Crm, clock: Clock
) -> None:
    receipt = crm.file_complaint(draft(Privacy.ANONIM))
    asked = crm.ask_reporter(receipt.report_number, LURAH, "Di mana?")
    code = receipt.secret_code
    shown = crm.track_complaint(receipt.report_number, secret_code=code).questions
    assert [one.text for one in shown] == ["Di mana?"]
    crm.answer_question(asked.question_id, "di gang", secret_code=code)
    view = crm.add_detail(receipt.report_number, "tiang ketiga", secret_code=code)
    hour = clock.now.replace(minute=0, second=0)
    assert (view.questions[0].answered_at, view.additions[0].at) == (hour, hour)
    view = crm.withdraw(receipt.report_number, secret_code=code)
    assert (view.history[-1].at, view.closed_at) == (hour, hour)
    assert told(crm) == []


def test_withdrawing_twice_is_withdrawing_once_and_needs_no_news(crm: Crm) -> None:
    number = crm.file_complaint(draft()).report_number
    crm.withdraw(number, reporter="warga", note="sudah menyala")
    view = crm.withdraw(number, reporter="warga")
    assert (view.status, len(view.history), view.history[-1].note) == (
        Status.DIBATALKAN,
        2,
        "sudah menyala",
    )
    assert view.history[-1].role is Role.PELAPOR
    assert told(crm) == []


def test_what_is_finished_cannot_be_withdrawn_nor_by_others(crm: Crm) -> None:
    number = crm.file_complaint(draft()).report_number
    with pytest.raises(ComplaintNotFound):
        crm.withdraw(number, reporter="tetangga")
    finish(crm, number)
    with pytest.raises(TooLate, match="Selesai"):
        crm.withdraw(number, reporter="warga")


def test_who_wants_the_end_only_hears_the_end_and_what_needs_them(crm: Crm) -> None:
    number = crm.file_complaint(draft()).report_number
    view = crm.want_news(number, "warga", NewsWanted.SELESAI)
    assert view.news_wanted is NewsWanted.SELESAI
    declare_done(crm, number)
    crm.ask_reporter(number, BIRO, "Sudah menyala?")
    crm.change_status(number, Status.SELESAI, officer=BIRO)
    assert told(crm) == ["question", "selesai"]
    with pytest.raises(ComplaintNotFound):
        crm.want_news(number, "tetangga", NewsWanted.SEMUA)


def test_an_anonymous_report_has_no_news_to_choose(crm: Crm) -> None:
    number = crm.file_complaint(draft(Privacy.ANONIM)).report_number
    with pytest.raises(ComplaintNotFound):
        crm.want_news(number, "warga", NewsWanted.SELESAI)
