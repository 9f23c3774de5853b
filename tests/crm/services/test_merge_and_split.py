"""Merged reports follow the one they were merged into; a split one keeps its reporter; a new one links back."""

import pytest

from crm.bootstrap import Crm
from crm.domain.complaint import Location
from crm.domain.errors import ComplaintNotFound, DraftIncomplete, NotAllowed, TransitionRefused
from crm.domain.news import NewsWanted
from crm.domain.privacy import Privacy
from crm.domain.report_number import ReportNumber
from crm.domain.status import Role, Status
from tests.crm.conftest import Clock, draft
from tests.crm.officers import BIRO, DINAS, LURAH, OTHER_LURAH, SUPERVISOR, finish, hand_on, told


def file(
    crm: Crm, privacy: Privacy = Privacy.PRIVAT, reporter: str = "warga", **answers: object
) -> ReportNumber:
    return crm.file_complaint(draft(privacy, reporter, **answers)).report_number


def merge(crm: Crm, number: ReportNumber, into: ReportNumber) -> None:
    crm.change_status(number, Status.DIGABUNG, officer=LURAH, into=into)


@pytest.mark.parametrize(
    ("privacy", "reporter", "is_told"),
    [
        (Privacy.PUBLIK, "tetangga", True),
        (Privacy.PRIVAT, "warga", True),
        (Privacy.PRIVAT, "tetangga", False),
        (Privacy.ANONIM, "", False),
    ],
)
def test_the_other_number_is_told_only_if_it_is_public_or_ones_own(
    crm: Crm, privacy: Privacy, reporter: str, is_told: bool
) -> None:
    surviving = file(crm, privacy, reporter)
    number = file(crm)
    merge(crm, number, surviving)
    [news] = crm.pending_news(5)
    assert news.status is Status.DIGABUNG
    seen = crm.track_complaint(number, reporter="warga")
    shown = surviving if is_told else None
    assert (news.other_number, seen.merged_into) == (shown, shown)
    assert crm.read_complaint(number, LURAH).merged_into == surviving


def test_the_merged_reporter_hears_what_becomes_of_the_other_but_no_private_words(crm: Crm) -> None:
    surviving, number = file(crm, reporter="tetangga"), file(crm)
    merge(crm, number, surviving)
    told(crm)
    finish(crm, surviving)
    followed = []
    while news := crm.pending_news(9):
        followed += [one for one in news if one.reporter == "warga"]
        crm.news_relayed([one.news_id for one in news])
    assert [(one.kind, one.status) for one in followed] == [
        ("followed", Status.PROSES),
        ("followed", Status.MENUNGGU_VALIDASI),
        ("followed", Status.SELESAI),
    ]
    assert {(one.report_number, one.note, one.photo, one.other_number) for one in followed} == {
        (number, "", None, None)
    }


def test_of_a_public_report_the_masked_words_are_told(crm: Crm) -> None:
    surviving, number = file(crm, Privacy.PUBLIK, "tetangga"), file(crm)
    merge(crm, number, surviving)
    told(crm)
    crm.change_status(surviving, Status.PROSES, officer=LURAH, note="telepon 081234567890")
    notes = {news.reporter: news.note for news in crm.pending_news(9)}
    assert notes == {"tetangga": "telepon 081234567890", "warga": "telepon ▒▒▒"}


def test_the_words_of_the_other_reporter_are_never_told(crm: Crm) -> None:
    surviving, number = file(crm, Privacy.PUBLIK, "tetangga"), file(crm)
    merge(crm, number, surviving)
    finish(crm, surviving)
    told(crm)
    crm.still_open(surviving, "rumah saya masih gelap", reporter="tetangga", photos=["rumah.jpg"])
    [news] = crm.pending_news(9)
    assert (news.kind, news.status, news.note, news.photo) == ("followed", Status.TL_DITOLAK, "", None)


def test_ones_own_two_reports_tell_the_news_once(crm: Crm) -> None:
    surviving, number = file(crm), file(crm)
    merge(crm, number, surviving)
    told(crm)
    crm.change_status(surviving, Status.PROSES, officer=LURAH)
    assert told(crm) == ["proses"]


def test_who_wants_the_end_only_hears_only_the_end_of_the_other(crm: Crm) -> None:
    surviving, number = file(crm, reporter="tetangga"), file(crm)
    for reporter, own in (("warga", number), ("tetangga", surviving)):
        crm.want_news(own, reporter, NewsWanted.SELESAI)
    merge(crm, number, surviving)
    assert told(crm) == ["digabung"]
    finish(crm, surviving)
    assert sorted(told(crm)) == ["followed", "selesai"]


def test_withdrawn_by_its_reporter_a_report_takes_nothing_from_the_others(crm: Crm, clock: Clock) -> None:
    surviving, number = file(crm, reporter="tetangga"), file(crm)
    merge(crm, number, surviving)
    assert crm.read_complaint(number).closed_at
    hand_on(crm, surviving)
    told(crm)
    crm.withdraw(surviving, reporter="tetangga")
    view = crm.read_complaint(number, DINAS)
    assert (view.status, view.unit, view.merged_into, view.closed_at) == (
        Status.KOORDINASI,
        "bina_marga",
        None,
        None,
    )
    assert view.history[-1].role is Role.SISTEM
    assert told(crm) == ["koordinasi"]


def test_a_report_that_others_were_merged_into_takes_them_along(crm: Crm) -> None:
    last, middle, first = (file(crm, reporter=name) for name in ("a", "b", "c"))
    merge(crm, first, middle)
    merge(crm, middle, last)
    assert crm.read_complaint(first).merged_into == last
    told(crm)
    crm.change_status(last, Status.PROSES, officer=LURAH)
    assert sorted(told(crm)) == ["followed", "followed", "proses"]


def test_what_cannot_be_merged_into_is_refused(crm: Crm) -> None:
    number, closed = file(crm), file(crm)
    elsewhere = file(crm, location=Location("monas", "31.71.01.1001"))
    crm.withdraw(closed, reporter="warga")
    with pytest.raises(TransitionRefused, match="dirinya sendiri"):
        merge(crm, number, number)
    with pytest.raises(TransitionRefused, match="sudah Dibatalkan"):
        merge(crm, number, closed)
    for hidden in (elsewhere, ReportNumber.parse("JK2611249999")):
        with pytest.raises(ComplaintNotFound):
            merge(crm, number, hidden)
    assert crm.read_complaint(number).status is Status.MENUNGGU


def test_a_part_becomes_a_report_of_the_same_reporter_who_is_told(crm: Crm) -> None:
    number = file(crm, reporter="warga-rahasia")
    part = crm.split(number, LURAH, "got mampet", "banjir_saluran")
    [news] = crm.pending_news(5)
    assert (news.kind, news.report_number, news.other_number) == ("split", number, part)
    assert (news.reporter, crm.list_complaints("warga-rahasia").total) == ("warga-rahasia", 2)
    view = crm.read_complaint(part, LURAH)
    assert (view.split_from, view.description, view.category_code, view.photos) == (
        number,
        "got mampet",
        "banjir_saluran",
        ("a.jpg", "b.jpg"),
    )
    assert crm.read_complaint(number, LURAH).split_into == (part,)
    assert view.history[0].role is Role.KELURAHAN
    assert "warga-rahasia" not in repr((view, crm.read_complaint(number, LURAH)))


def test_the_part_of_an_anonymous_report_opens_with_the_same_code(crm: Crm, clock: Clock) -> None:
    receipt = crm.file_complaint(draft(Privacy.ANONIM))
    part = crm.split(receipt.report_number, LURAH, "got mampet", "banjir_saluran")
    assert crm.track_complaint(receipt.report_number, secret_code=receipt.secret_code).split_into == (part,)
    view = crm.track_complaint(part, secret_code=receipt.secret_code)
    assert (view.privacy, view.filed_at) == (Privacy.ANONIM, clock.now.replace(minute=0, second=0))
    assert told(crm) == []


def test_only_the_holder_splits_an_open_report_into_something(crm: Crm) -> None:
    number = file(crm)
    with pytest.raises(DraftIncomplete):
        crm.split(number, LURAH, " ", "pju")
    with pytest.raises(DraftIncomplete):
        crm.split(number, LURAH, "got", "apa")
    with pytest.raises(ComplaintNotFound):
        crm.split(number, OTHER_LURAH, "got", "pju")
    hand_on(crm, number)
    with pytest.raises(NotAllowed):
        crm.split(number, LURAH, "got", "pju")
    crm.withdraw(number, reporter="warga")
    with pytest.raises(TransitionRefused, match="Dibatalkan"):
        crm.split(number, BIRO, "got", "pju")


def test_related_are_open_recent_and_of_the_same_category_nearest_first(crm: Crm, clock: Clock) -> None:
    clock.advance(days=-91)
    file(crm)
    clock.advance(days=91)
    kelurahan = "31.74.01.1001"
    far = file(crm, location=Location("gang melati", kelurahan, -6.24, 106.86))
    unplaced = file(crm, location=Location("gang kenanga", kelurahan))
    across = file(crm, location=Location("seberang", "31.74.01.1002", -6.2301, 106.8501))
    file(crm, location=Location("jauh", "31.74.01.1002", -6.20, 106.80))
    file(crm, category_code="sampah")
    crm.withdraw(file(crm), reporter="warga")
    number = file(crm)
    assert [one.report_number for one in crm.related(number, BIRO)] == [across, far, unplaced]
    assert [one.report_number for one in crm.related(number, LURAH)] == [far, unplaced]
    with pytest.raises(ComplaintNotFound):
        crm.related(number, OTHER_LURAH)
    assert crm.related(number, SUPERVISOR)


def test_reports_of_unknown_places_are_not_related(crm: Crm) -> None:
    number, other = (file(crm, location=Location("entah di mana")) for _ in range(2))
    assert list(crm.related(number, BIRO)) == []
    with_point = file(crm, location=Location("entah", None, -6.23, 106.85))
    file(crm, location=Location("entah", None, -6.2301, 106.8501))
    assert len(crm.related(with_point, BIRO)) == 1


def test_a_new_report_on_the_same_problem_links_to_the_old_one(crm: Crm, clock: Clock) -> None:
    first = file(crm)
    assert crm.read_complaint(first).follows is None
    second = file(crm)
    assert crm.read_complaint(second, LURAH).follows == first
    finish(crm, second)
    crm.confirm_done(second, reporter="warga")
    crm.withdraw(first, reporter="warga")
    clock.advance(days=90)
    third = file(crm)
    assert crm.read_complaint(third).follows == second
    crm.withdraw(third, reporter="warga")
    clock.advance(minutes=1)
    assert crm.read_complaint(file(crm)).follows is None


def test_others_other_categories_other_places_and_anonymous_reports_are_not_linked(crm: Crm) -> None:
    file(crm)
    file(crm, Privacy.ANONIM)
    others = [
        file(crm, reporter="tetangga"),
        file(crm, category_code="sampah"),
        file(crm, location=Location("monas", "31.71.01.1001")),
        file(crm, Privacy.ANONIM),
        file(crm, location=Location("entah")),
    ]
    assert {crm.read_complaint(number).follows for number in others} == {None}


def test_who_may_not_see_the_reporter_learns_from_a_public_link_nothing(crm: Crm) -> None:
    file(crm)
    number = file(crm, Privacy.PUBLIK)
    assert crm.track_complaint(number, reporter="tetangga").follows is None
    assert crm.track_complaint(number, reporter="warga").follows is not None
