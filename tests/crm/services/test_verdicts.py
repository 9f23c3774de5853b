"""The reporter's word: sudah closes, belum opens again, silence closes after seven days."""

import pytest

from crm.bootstrap import Crm
from crm.domain.complaint import Receipt
from crm.domain.errors import ComplaintNotFound, TooLate, TransitionRefused
from crm.domain.follow_up import Answer
from crm.domain.privacy import Privacy
from crm.domain.status import Role, Status
from tests.crm.conftest import Clock, draft
from tests.crm.officers import LURAH, declare_done, finish, told


@pytest.fixture
def done(crm: Crm) -> Receipt:
    receipt = crm.file_complaint(draft())
    finish(crm, receipt.report_number)
    assert told(crm)[-1] == "selesai"
    return receipt


def test_sudah_closes_and_a_rating_may_follow(crm: Crm, clock: Clock, done: Receipt) -> None:
    clock.advance(hours=1)
    said_at = clock.now
    crm.confirm_done(done.report_number, reporter="warga")
    clock.advance(hours=1)
    view = crm.confirm_done(done.report_number, reporter="warga", rating=4, comment=" cepat ")
    assert (view.status, view.closed_at) == (Status.SELESAI, said_at)
    [verdict] = view.verdicts
    assert (verdict.answer, verdict.answered_at) == (Answer.SUDAH, said_at)
    assert (verdict.rating, verdict.comment, verdict.unit) == (4, "cepat", "kelurahan")
    assert told(crm) == []


def test_belum_opens_the_report_again_and_counts(crm: Crm, done: Receipt) -> None:
    for _ in range(2):  # the platform delivers it twice
        view = crm.still_open(done.report_number, "masih gelap", reporter="warga", photos=["gelap.jpg"])
    assert (view.status, view.reopened, view.closed_at, view.finished_at) == (
        Status.TL_DITOLAK,
        1,
        None,
        None,
    )
    last = view.history[-1]
    assert (last.role, last.note, last.photos) == (Role.PELAPOR, "masih gelap", ("gelap.jpg",))
    assert [(one.answer, one.comment) for one in view.verdicts] == [(Answer.BELUM, "masih gelap")]
    assert told(crm) == []
    crm.change_status(done.report_number, Status.PROSES, officer=LURAH)
    assert told(crm) == ["proses"]


def test_a_wrong_button_can_be_taken_back_within_seven_days(crm: Crm, done: Receipt) -> None:
    crm.confirm_done(done.report_number, reporter="warga", rating=5)
    view = crm.still_open(done.report_number, "salah pencet", reporter="warga")
    assert (view.status, view.closed_at, view.verdicts[0].rating) == (Status.TL_DITOLAK, None, None)


def test_every_selesai_is_asked_anew(crm: Crm, done: Receipt) -> None:
    crm.still_open(done.report_number, "masih gelap", reporter="warga")
    finish_again = [(Status.PROSES, {}), (Status.MENUNGGU_VALIDASI, {"note": "ganti", "photos": ["b.jpg"]})]
    for to, given in finish_again:
        crm.change_status(done.report_number, to, role=Role.KELURAHAN, **given)  # type: ignore[arg-type]
    crm.change_status(done.report_number, Status.SELESAI, role=Role.BIRO_PEMERINTAHAN)
    view = crm.confirm_done(done.report_number, reporter="warga")
    assert [one.answer for one in view.verdicts] == [Answer.BELUM, Answer.SUDAH]
    assert view.reopened == 1


def test_silence_closes_after_seven_days_and_is_told(crm: Crm, clock: Clock, done: Receipt) -> None:
    clock.advance(days=6, hours=23)
    assert crm.close_silent() == 0
    clock.advance(hours=1)
    assert crm.close_silent() == 1
    assert crm.close_silent() == 0
    assert told(crm) == ["closed"]
    view = crm.track_complaint(done.report_number, reporter="warga")
    assert (view.closed_at, view.status, view.verdicts[0].answer) == (clock.now, Status.SELESAI, None)


def test_after_seven_days_belum_is_too_late_and_sudah_is_not(crm: Crm, clock: Clock, done: Receipt) -> None:
    clock.advance(days=7, minutes=1)
    with pytest.raises(TooLate, match="laporan baru"):
        crm.still_open(done.report_number, "rusak lagi", reporter="warga")
    crm.close_silent()
    assert crm.confirm_done(done.report_number, reporter="warga", rating=3).verdicts[0].rating == 3


def test_what_is_not_selesai_cannot_be_judged(crm: Crm) -> None:
    number = crm.file_complaint(draft()).report_number
    declare_done(crm, number)
    with pytest.raises(TransitionRefused, match="belum dinyatakan selesai"):
        crm.confirm_done(number, reporter="warga")
    with pytest.raises(TransitionRefused):
        crm.still_open(number, "belum", reporter="warga")


def test_belum_needs_words_and_a_rating_is_of_five(crm: Crm, done: Receipt) -> None:
    with pytest.raises(TransitionRefused, match="catatan"):
        crm.still_open(done.report_number, " ", reporter="warga")
    for rating in (0, 6):
        with pytest.raises(TransitionRefused, match="1 sampai 5"):
            crm.confirm_done(done.report_number, reporter="warga", rating=rating)
    assert crm.read_complaint(done.report_number).verdicts[0].answer is None


def test_nobody_else_judges(crm: Crm, done: Receipt) -> None:
    for claim in ({"reporter": "tetangga"}, {"secret_code": "7KQM-4TXD"}, {}):
        with pytest.raises(ComplaintNotFound):
            crm.confirm_done(done.report_number, **claim)  # type: ignore[arg-type]
        with pytest.raises(ComplaintNotFound):
            crm.still_open(done.report_number, "belum", **claim)  # type: ignore[arg-type]


def test_an_anonymous_reporter_judges_by_code_and_only_the_hour_is_kept(crm: Crm, clock: Clock) -> None:
    receipt = crm.file_complaint(draft(Privacy.ANONIM))
    finish(crm, receipt.report_number)
    hour = clock.now.replace(minute=0, second=0)
    view = crm.still_open(receipt.report_number, "masih gelap", secret_code=receipt.secret_code)
    assert (view.history[-1].at, view.verdicts[0].answered_at) == (hour, hour)
    crm.change_status(receipt.report_number, Status.PROSES, officer=LURAH)
    assert told(crm) == []


def test_an_anonymous_report_is_closed_by_code_at_the_hour(crm: Crm, clock: Clock) -> None:
    receipt = crm.file_complaint(draft(Privacy.ANONIM))
    finish(crm, receipt.report_number)
    view = crm.confirm_done(receipt.report_number, secret_code=receipt.secret_code, rating=5)
    assert view.closed_at == view.verdicts[0].answered_at == clock.now.replace(minute=0, second=0)
