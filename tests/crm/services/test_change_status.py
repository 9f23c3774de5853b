"""Changes: through the table only, history and news with them, one winner among several."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from crm.bootstrap import Crm
from crm.domain.complaint import StatusChange
from crm.domain.errors import ComplaintNotFound, ConcurrentChange, TransitionRefused
from crm.domain.privacy import Privacy
from crm.domain.report_number import ReportNumber
from crm.domain.status import Role, Status
from tests.crm.conftest import Clock, draft


def test_a_whole_life_is_kept_in_the_history(crm: Crm, clock: Clock) -> None:
    number = crm.file_complaint(draft()).report_number
    steps = [
        (Status.KOORDINASI, Role.KELURAHAN, "", "sda"),
        (Status.DISPOSISI, Role.DINAS, "", "sudin_sda"),
        (Status.PROSES, Role.SUDIN, "", None),
        (Status.MENUNGGU_VALIDASI, Role.SUDIN, "sudah dikeruk", None),
        (Status.TL_DITOLAK, Role.BIRO_PEMERINTAHAN, "foto lama", None),
        (Status.PROSES, Role.SUDIN, "", None),
        (Status.MENUNGGU_VALIDASI, Role.SUDIN, "foto baru", None),
        (Status.SELESAI, Role.BIRO_PEMERINTAHAN, "", None),
    ]
    for to, role, note, unit in steps:
        clock.advance(hours=3)
        photos = ("bukti.jpg",) if to is Status.MENUNGGU_VALIDASI else ()
        crm.change_status(number, to, role=role, note=note, unit=unit, photos=photos)
    view = crm.track_complaint(number, reporter="warga")
    assert [change.status for change in view.history] == [Status.MENUNGGU, *(step[0] for step in steps)]
    assert [change.at for change in view.history] == sorted(change.at for change in view.history)
    assert (view.status, view.unit) == (Status.SELESAI, "sudin_sda")
    assert crm.read_complaint(number) == view


@pytest.mark.parametrize(
    ("to", "role", "given", "word"),
    [
        (Status.SELESAI, Role.BIRO_PEMERINTAHAN, {}, "Yang mungkin: Koordinasi"),
        (Status.PROSES, Role.PELAPOR, {}, "hanya bisa diubah oleh: kelurahan"),
        (Status.KOORDINASI, Role.KELURAHAN, {}, "masih perlu: unit"),
        (Status.DITOLAK, Role.KELURAHAN, {"note": "  ", "reason": "bukan_aduan"}, "masih perlu: catatan"),
        (Status.DITOLAK, Role.KELURAHAN, {"note": "maaf"}, "masih perlu: alasan penolakan"),
        (Status.DITOLAK, Role.KELURAHAN, {"note": "maaf", "reason": "malas"}, "malas tidak dikenal"),
        (Status.KOORDINASI, Role.KELURAHAN, {"unit": "nasa"}, "nasa tidak dikenal"),
        (Status.DIGABUNG, Role.KELURAHAN, {}, "masih perlu: nomor laporan tujuan"),
    ],
)
def test_a_refused_change_says_why_and_changes_nothing(
    crm: Crm, to: Status, role: Role, given: dict[str, Any], word: str
) -> None:
    number = crm.file_complaint(draft()).report_number
    with pytest.raises(TransitionRefused, match=word):
        crm.change_status(number, to, role=role, **given)
    assert len(crm.read_complaint(number).history) == 1
    assert crm.pending_news(10) == []


def test_a_number_that_does_not_exist_cannot_be_changed(crm: Crm) -> None:
    with pytest.raises(ComplaintNotFound):
        crm.change_status("JK2611240001", Status.PROSES, role=Role.KELURAHAN)


def test_of_several_who_change_at_once_one_wins(crm: Crm) -> None:
    number = crm.file_complaint(draft()).report_number

    def attempt(_: int) -> bool:
        try:
            crm.change_status(number, Status.PROSES, role=Role.KELURAHAN)
        except TransitionRefused:
            return False
        return True

    with ThreadPoolExecutor(6) as officers:
        assert sum(officers.map(attempt, range(6))) == 1
    assert len(crm.read_complaint(number).history) == 2
    assert len(crm.pending_news(10)) == 1


def test_a_change_of_what_somebody_else_changed_meanwhile_is_refused(crm: Crm, clock: Clock) -> None:
    number = crm.file_complaint(draft()).report_number
    with crm._store.reading() as work:
        read_earlier = work.complaints.get(ReportNumber.parse(str(number)))
    assert read_earlier
    crm.change_status(number, Status.PROSES, role=Role.KELURAHAN)
    late = StatusChange(Status.DITOLAK, clock.now, Role.KELURAHAN, "kelurahan", "bukan aduan")
    with pytest.raises(ConcurrentChange, match=str(number)), crm._store.writing() as work:
        work.complaints.record(read_earlier.changed(late, clock.now))


def test_nobody_is_told_of_an_anonymous_report(crm: Crm) -> None:
    number = crm.file_complaint(draft(Privacy.ANONIM)).report_number
    crm.change_status(number, Status.PROSES, role=Role.KELURAHAN)
    assert crm.pending_news(10) == []


def test_when_an_anonymous_reporter_withdraws_only_the_hour_is_kept(crm: Crm, clock: Clock) -> None:
    number = crm.file_complaint(draft(Privacy.ANONIM)).report_number
    view = crm.change_status(number, Status.DIBATALKAN, role=Role.PELAPOR)
    assert view.history[-1].at == clock.now.replace(minute=0, second=0)
