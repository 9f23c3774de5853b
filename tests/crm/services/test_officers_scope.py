"""What is whose: an officer can do nothing with a report that is not theirs to see, nor change another unit's.

And the identity firewall: nothing an officer is given says who reported.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from typing import Any

import pytest

from crm.bootstrap import Crm
from crm.domain.complaint import ComplaintFilter, Location
from crm.domain.errors import ComplaintNotFound, ConcurrentChange, NotAllowed, TransitionRefused
from crm.domain.officers import Officer
from crm.domain.privacy import Privacy
from crm.domain.report_number import ReportNumber
from crm.domain.status import Given, Role, Status, Step
from crm.domain.worklist import WorklistFilter
from tests.crm.conftest import draft
from tests.crm.officers import (
    ADMINISTRATOR,
    BIRO,
    DINAS,
    LURAH,
    OTHER_DINAS,
    OTHER_LURAH,
    OTHER_SUDIN,
    SUDIN,
    SUPERVISOR,
    declare_done,
    finish,
    hand_on,
    officer,
)

ALL = (
    LURAH,
    OTHER_LURAH,
    DINAS,
    OTHER_DINAS,
    SUDIN,
    OTHER_SUDIN,
    BIRO,
    SUPERVISOR,
    ADMINISTRATOR,
    officer(Role.KELURAHAN, "kelurahan", "31.74"),
    officer(Role.KELURAHAN, "kelurahan", "31.74.01"),
    officer(Role.DINAS, "bina_marga", "31.71.01"),
    officer(Role.KELURAHAN, "kelurahan"),
    officer(Role.DINAS),
)


def reports_everywhere(crm: Crm) -> list[ReportNumber]:
    """File and move reports so that every rule of who sees what is touched."""
    numbers = []
    for code in ("31.74.01.1001", "31.74.01.1002", "31.74.04.1001", "31.71.01.1001", None):
        for units in ((), ("sda",), ("bina_marga", "sda"), ("bina_marga", "sudin_bina_marga")):
            place = Location("di sana", code)
            number = crm.file_complaint(draft(location=place, category_code="sampah")).report_number
            for unit in units:
                note, role = "pindah", Role.BIRO_PEMERINTAHAN
                crm.change_status(number, Status.KOORDINASI, role=role, unit=unit, note=note)
            numbers.append(number)
    return numbers


def test_list_single_report_and_rule_agree_for_every_officer(crm: Crm) -> None:
    numbers = reports_everywhere(crm)
    for one in ALL:
        seen = set()
        for number in numbers:
            try:
                seen.add(crm.read_complaint(number, one).report_number)
            except ComplaintNotFound:
                continue
        listed = crm.worklist(one, WorklistFilter(), size=200).items
        assert {item.report_number for item in listed} == seen, one
    assert len(crm.worklist(BIRO, WorklistFilter(), size=200).items) == len(numbers)
    assert not crm.worklist(ADMINISTRATOR, WorklistFilter()).items


def acts(crm: Crm, number: ReportNumber, one: Officer) -> dict[str, Callable[[], object]]:
    """Return everything an officer can do with a report."""
    return {
        "read": lambda: crm.read_complaint(number, one),
        "next_steps": lambda: crm.next_steps(number, one),
        "related": lambda: crm.related(number, one),
        "change": lambda: crm.change_status(number, Status.PROSES, officer=one),
        "refuse": lambda: crm.change_status(
            number, Status.DITOLAK, officer=one, reason="bukan_aduan", note="maaf"
        ),
        "transfer": lambda: crm.request_transfer(number, one, "dlh", "bukan kami"),
        "ask": lambda: crm.ask_reporter(number, one, "Di mana?"),
        "split": lambda: crm.split(number, one, "got", "pju"),
    }


@pytest.mark.parametrize("privacy", list(Privacy))
def test_a_report_that_is_not_theirs_to_see_is_not_there_for_them(crm: Crm, privacy: Privacy) -> None:
    number = crm.file_complaint(draft(privacy)).report_number
    hidden_from = [one for one in ALL if not _sees(crm, number, one)]
    assert {OTHER_LURAH, OTHER_DINAS, SUDIN, ADMINISTRATOR} <= set(hidden_from)
    for one in hidden_from:
        for name, act in acts(crm, number, one).items():
            if name == "transfer" and one is ADMINISTRATOR:
                continue  # refused for the role already, whatever the number
            with pytest.raises(ComplaintNotFound):
                act()
    assert len(crm.read_complaint(number).history) == 1


def _sees(crm: Crm, number: ReportNumber, one: Officer) -> bool:
    try:
        crm.read_complaint(number, one)
    except ComplaintNotFound:
        return False
    return True


def test_who_held_a_report_sees_it_and_no_longer_changes_it(crm: Crm) -> None:
    number = crm.file_complaint(draft()).report_number
    hand_on(crm, number, "bina_marga")
    crm.change_status(number, Status.KOORDINASI, officer=BIRO, unit="sda", note="saluran")
    for one in (LURAH, DINAS):
        assert crm.read_complaint(number, one).unit == "sda"
        assert crm.next_steps(number, one) == ()
        for name in ("change", "transfer", "ask", "split"):
            with pytest.raises(NotAllowed):
                acts(crm, number, one)[name]()
    crm.change_status(number, Status.PROSES, officer=OTHER_DINAS)


def test_a_dinas_instructs_its_sudin_and_may_instruct_again(crm: Crm) -> None:
    number = crm.file_complaint(draft()).report_number
    hand_on(crm, number, "bina_marga")
    for _ in range(2):
        crm.change_status(number, Status.DISPOSISI, officer=DINAS, unit="sudin_bina_marga")
    with pytest.raises(NotAllowed):
        crm.change_status(number, Status.PROSES, officer=DINAS)
    with pytest.raises(ComplaintNotFound):
        crm.change_status(number, Status.PROSES, officer=OTHER_SUDIN)
    view = crm.change_status(number, Status.PROSES, officer=SUDIN)
    assert (view.unit, view.history[-1].officer_id) == ("sudin_bina_marga", SUDIN.officer_id)


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"to": Status.PROSES, "unit": "sda"}, "Minta pemindahan"),
        ({"to": Status.DISPOSISI, "unit": "sudin_sda"}, "suku dinas sendiri"),
        ({"to": Status.DISPOSISI, "unit": "sda"}, "suku dinas sendiri"),
        ({"to": Status.PROSES, "reason": "bukan_aduan"}, "hanya untuk Ditolak"),
        ({"to": Status.PROSES, "into": "JK2611240001"}, "hanya untuk Digabung"),
    ],
)
def test_nothing_slips_through_with_another_change(crm: Crm, given: dict[str, Any], word: str) -> None:
    number = crm.file_complaint(draft()).report_number
    hand_on(crm, number, "bina_marga")
    with pytest.raises(TransitionRefused, match=word):
        crm.change_status(number, officer=DINAS, **given)
    assert crm.read_complaint(number).unit == "bina_marga"


def test_whoever_takes_a_report_into_work_holds_it(crm: Crm) -> None:
    number = crm.file_complaint(draft()).report_number
    assert crm.read_complaint(number).unit == "bina_marga"
    assert crm.change_status(number, Status.PROSES, officer=LURAH).unit == "kelurahan"


def test_work_is_accepted_by_another_than_who_declared_it_done(crm: Crm) -> None:
    number = crm.file_complaint(draft()).report_number
    declare_done(crm, number)
    same_person = Officer(LURAH.officer_id, "lurah", "Lurah", Role.BIRO_PEMERINTAHAN, "biro_pemerintahan")
    with pytest.raises(TransitionRefused, match="petugas lain"):
        crm.change_status(number, Status.SELESAI, officer=same_person)
    assert [step.to for step in crm.next_steps(number, same_person)] == [Status.TL_DITOLAK]
    assert [step.to for step in crm.next_steps(number, BIRO)] == [Status.SELESAI, Status.TL_DITOLAK]
    crm.change_status(number, Status.SELESAI, officer=BIRO)


def test_finishing_needs_a_photo_or_the_reason_why_there_is_none(crm: Crm) -> None:
    number = crm.file_complaint(draft()).report_number
    crm.change_status(number, Status.PROSES, officer=LURAH)
    assert crm.next_steps(number, LURAH) == (
        Step(Status.MENUNGGU_VALIDASI, frozenset({Given.NOTE, Given.PROOF})),
        Step(Status.DIGABUNG, frozenset({Given.INTO})),
    )
    with pytest.raises(TransitionRefused, match="foto bukti"):
        crm.change_status(number, Status.MENUNGGU_VALIDASI, officer=LURAH, note="sudah")
    view = crm.change_status(
        number, Status.MENUNGGU_VALIDASI, officer=LURAH, note="sudah", no_photo_reason=" malam hari "
    )
    assert (view.history[-1].no_photo_reason, view.history[-1].photos) == ("malam hari", ())


def test_the_proof_goes_with_the_news_and_belongs_to_the_report(crm: Crm) -> None:
    number = crm.file_complaint(draft()).report_number
    declare_done(crm, number)
    crm.news_relayed([news.news_id for news in crm.pending_news(5)])
    [news] = crm.pending_news(5)
    assert (news.status, news.photo) == (Status.MENUNGGU_VALIDASI, "bukti.jpg")
    assert crm.attached_photos(["bukti.jpg"]) == {"bukti.jpg"}
    assert crm.track_complaint(number, reporter="warga").history[-1].photos == ("bukti.jpg",)


def test_a_refusal_tells_its_reason(crm: Crm) -> None:
    number = crm.file_complaint(draft()).report_number
    view = crm.change_status(number, Status.DITOLAK, officer=LURAH, reason="bukan_aduan", note="maaf")
    [news] = crm.pending_news(5)
    assert (view.refusal, news.reason, news.note) == ("bukan_aduan", "bukan_aduan", "maaf")
    assert view.closed_at


def test_the_second_of_two_officers_is_told_and_nothing_is_overwritten(crm: Crm) -> None:
    number = crm.file_complaint(draft()).report_number
    hand_on(crm, number, "bina_marga")
    seen = crm.read_complaint(number, BIRO).version
    crm.change_status(number, Status.KOORDINASI, officer=BIRO, unit="sda", note="satu", version=seen)
    with pytest.raises(ConcurrentChange, match=str(number)):
        crm.change_status(number, Status.KOORDINASI, officer=SUPERVISOR, unit="dlh", note="dua", version=seen)
    view = crm.read_complaint(number)
    assert (view.unit, view.version, view.history[-1].note) == ("sda", seen + 1, "satu")


def test_of_officers_who_decide_at_the_same_moment_one_wins_and_the_others_are_told(
    crm: Crm, opened: Callable[[], Crm]
) -> None:
    number = crm.file_complaint(draft()).report_number
    hand_on(crm, number, "bina_marga")
    seen = crm.read_complaint(number, BIRO).version
    crm.news_relayed([news.news_id for news in crm.pending_news(9)])

    def attempt(unit: str, other: Crm) -> bool:
        try:
            other.change_status(
                number, Status.KOORDINASI, officer=BIRO, unit=unit, note="pindah", version=seen
            )
        except ConcurrentChange:
            return False
        return True

    with ThreadPoolExecutor(4) as officers:
        won = list(officers.map(attempt, ("sda", "dlh", "tamhut", "citata"), [opened() for _ in range(4)]))
    view = crm.read_complaint(number)
    assert won.count(True) == 1
    assert (len(view.history), view.version, len(crm.pending_news(9))) == (3, seen + 1, 1)


def test_a_role_or_an_officer_must_be_named(crm: Crm) -> None:
    with pytest.raises(ValueError, match="role"):
        crm.change_status(crm.file_complaint(draft()).report_number, Status.PROSES)


def test_nothing_an_officer_is_given_says_who_reported(crm: Crm) -> None:
    secret = "percakapan-rahasia-7f3a"
    answers = {"category_code": "pju"}
    first = crm.file_complaint(draft(reporter=secret, **answers)).report_number
    number = crm.file_complaint(draft(Privacy.PUBLIK, reporter=secret, **answers)).report_number
    given: list[object] = [crm.ask_reporter(number, LURAH, "Di mana?")]
    question = crm.read_complaint(number, LURAH).questions[0]
    crm.answer_question(question.question_id, "di gang", reporter=secret)
    crm.add_detail(number, "tiang kedua", reporter=secret)
    given.append(crm.split(number, LURAH, "got mampet", "banjir_saluran"))
    given.append(crm.change_status(first, Status.DIGABUNG, officer=LURAH, into=number))
    finish(crm, number)
    crm.still_open(number, "masih gelap", reporter=secret)
    given.append(crm.request_transfer(number, LURAH, "sda", "bukan kami"))
    for one, report in product((LURAH, BIRO, SUPERVISOR), (first, number)):
        given += [crm.read_complaint(report, one), crm.next_steps(report, one), crm.related(report, one)]
        given += [crm.worklist(one, WorklistFilter()), crm.pending_transfers(one)]
    given.append(crm.decide_transfer(1, BIRO, approve=True))
    given.append(crm.search_complaints(ComplaintFilter()))
    assert "masih gelap" in repr(given) and "tiang kedua" in repr(given)
    assert secret not in repr(given)


def test_citizens_are_not_told_which_officer_acted(crm: Crm) -> None:
    number = crm.file_complaint(draft(Privacy.PUBLIK)).report_number
    finish(crm, number)
    for reader in ("warga", "tetangga"):
        assert {one.officer_id for one in crm.track_complaint(number, reporter=reader).history} == {None}


def test_the_public_reads_no_talk_between_reporter_and_officers(crm: Crm) -> None:
    number = crm.file_complaint(draft(Privacy.PUBLIK)).report_number
    asked = crm.ask_reporter(number, LURAH, "Di mana?")
    crm.answer_question(asked.question_id, "rumah saya nomor 5", reporter="warga")
    crm.add_detail(number, "telepon saya saja", reporter="warga")
    finish(crm, number)
    crm.still_open(number, "rumah saya nomor 5 masih gelap", reporter="warga", photos=["rumah.jpg"])
    view = crm.track_complaint(number, reporter="tetangga")
    assert not [word for word in ("nomor 5", "telepon", "rumah.jpg") if word in repr(view)]
    assert view.history[-1].status is Status.TL_DITOLAK
    assert "nomor 5" in repr(crm.track_complaint(number, reporter="warga"))


def test_a_supervisor_decides_and_does_nothing_else(crm: Crm) -> None:
    number = crm.file_complaint(draft()).report_number
    for name in ("transfer", "ask", "split"):
        with pytest.raises(NotAllowed):
            acts(crm, number, SUPERVISOR)[name]()
    assert crm.next_steps(number, SUPERVISOR) == ()
    hand_on(crm, number)
    assert [step.to for step in crm.next_steps(number, SUPERVISOR)] == [Status.KOORDINASI]
