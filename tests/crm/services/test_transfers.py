"""Transfers: asked for by the unit that holds the report, decided by somebody else, once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from crm.bootstrap import Crm
from crm.domain.errors import ComplaintNotFound, ConcurrentChange, NotAllowed, TransitionRefused
from crm.domain.follow_up import Outcome
from crm.domain.report_number import ReportNumber
from crm.domain.status import Role, Status
from tests.crm.conftest import draft
from tests.crm.officers import (
    ADMINISTRATOR,
    BIRO,
    DINAS,
    LURAH,
    OTHER_DINAS,
    OTHER_LURAH,
    SUPERVISOR,
    hand_on,
    told,
)


@pytest.fixture
def number(crm: Crm) -> ReportNumber:
    number = crm.file_complaint(draft()).report_number
    hand_on(crm, number, "bina_marga")
    told(crm)
    return number


@pytest.mark.parametrize("decider", [BIRO, SUPERVISOR])
def test_an_approved_transfer_hands_the_report_on_and_is_told(
    crm: Crm, number: ReportNumber, decider: object
) -> None:
    asked = crm.request_transfer(number, DINAS, "sda", " ini saluran air ")
    assert told(crm) == []
    crm.decide_transfer(asked.transfer_id, decider, approve=True)  # type: ignore[arg-type]
    view = crm.read_complaint(number, OTHER_DINAS)
    assert (view.status, view.unit, view.history[-1].note) == (Status.KOORDINASI, "sda", "ini saluran air")
    [request] = view.transfers
    assert (request.from_unit, request.to_unit, request.outcome) == ("bina_marga", "sda", Outcome.DISETUJUI)
    assert told(crm) == ["koordinasi"]
    assert crm.read_complaint(number, DINAS).unit == "sda"
    assert crm.track_complaint(number, reporter="warga").transfers == ()


def test_a_refused_transfer_needs_a_note_and_is_no_news(crm: Crm, number: ReportNumber) -> None:
    asked = crm.request_transfer(number, DINAS, "sda", "bukan kami")
    with pytest.raises(TransitionRefused, match="catatan"):
        crm.decide_transfer(asked.transfer_id, BIRO, approve=False)
    refused = crm.decide_transfer(asked.transfer_id, BIRO, approve=False, note="tetap di Anda")
    assert (refused.outcome, refused.note) == (Outcome.DITOLAK, "tetap di Anda")
    assert crm.read_complaint(number, DINAS).unit == "bina_marga"
    assert told(crm) == []
    crm.request_transfer(number, DINAS, "sda", "sungguh bukan kami")


def test_a_request_is_decided_once_even_by_two_at_once(
    crm: Crm, number: ReportNumber, opened: Callable[[], Crm]
) -> None:
    asked = crm.request_transfer(number, DINAS, "sda", "bukan kami")

    def attempt(other: Crm) -> bool:
        try:
            other.decide_transfer(asked.transfer_id, BIRO, approve=True)
        except ConcurrentChange:
            return False
        return True

    with ThreadPoolExecutor(3) as deciders:
        assert sum(deciders.map(attempt, [opened() for _ in range(3)])) == 1
    assert len(crm.read_complaint(number).history) == 3


@pytest.mark.parametrize(
    ("to_unit", "reason", "word"),
    [
        ("nasa", "bukan kami", "nasa tidak dikenal"),
        ("bina_marga", "bukan kami", "sudah dipegang"),
        ("sda", "  ", "alasan"),
    ],
)
def test_what_does_not_fit_is_refused(
    crm: Crm, number: ReportNumber, to_unit: str, reason: str, word: str
) -> None:
    with pytest.raises(TransitionRefused, match=word):
        crm.request_transfer(number, DINAS, to_unit, reason)


def test_one_request_waits_at_a_time(crm: Crm, number: ReportNumber) -> None:
    crm.request_transfer(number, DINAS, "sda", "bukan kami")
    with pytest.raises(TransitionRefused, match="Sudah ada"):
        crm.request_transfer(number, DINAS, "dlh", "atau mereka")


def test_only_the_holder_asks_and_only_who_decides_decides(crm: Crm, number: ReportNumber) -> None:
    with pytest.raises(NotAllowed):
        crm.request_transfer(number, LURAH, "sda", "bukan mereka")
    with pytest.raises(NotAllowed):
        crm.request_transfer(number, SUPERVISOR, "sda", "bukan mereka")
    with pytest.raises(ComplaintNotFound):
        crm.request_transfer(number, OTHER_DINAS, "sda", "untuk kami")
    asked = crm.request_transfer(number, DINAS, "sda", "bukan kami")
    for officer in (DINAS, LURAH, ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            crm.decide_transfer(asked.transfer_id, officer, approve=True)
    with pytest.raises(ComplaintNotFound):
        crm.decide_transfer(999, BIRO, approve=True)


def test_a_new_or_finished_report_is_not_transferred(crm: Crm) -> None:
    number = crm.file_complaint(draft()).report_number
    with pytest.raises(TransitionRefused, match="Menunggu"):
        crm.request_transfer(number, LURAH, "sda", "bukan kami")


def test_a_request_lapses_when_the_report_moves_on(crm: Crm, number: ReportNumber) -> None:
    asked = crm.request_transfer(number, DINAS, "sda", "bukan kami")
    crm.change_status(number, Status.DISPOSISI, officer=DINAS, unit="sudin_bina_marga")
    assert crm.pending_transfers(BIRO) == []
    assert crm.read_complaint(number, BIRO).transfers[0].outcome is Outcome.GUGUR
    with pytest.raises(ConcurrentChange, match="gugur"):
        crm.decide_transfer(asked.transfer_id, BIRO, approve=True)


def test_waiting_requests_are_seen_by_who_decides_and_by_who_asked(crm: Crm, number: ReportNumber) -> None:
    crm.request_transfer(number, DINAS, "sda", "bukan kami")
    local = crm.file_complaint(draft()).report_number
    crm.change_status(local, Status.PROSES, officer=LURAH)
    crm.request_transfer(local, LURAH, "dlh", "perlu truk")
    seen = {
        officer.username: [str(one.report_number) for one in crm.pending_transfers(officer)]
        for officer in (BIRO, SUPERVISOR, DINAS, OTHER_DINAS, LURAH, OTHER_LURAH, ADMINISTRATOR)
    }
    both = [str(number), str(local)]
    assert seen == {
        BIRO.username: both,
        SUPERVISOR.username: both,
        DINAS.username: [str(number)],
        OTHER_DINAS.username: [],
        LURAH.username: [str(local)],
        OTHER_LURAH.username: [],
        ADMINISTRATOR.username: [],
    }
    assert [str(one.report_number) for one in crm.pending_transfers(None)] == both


def test_the_command_line_may_ask_and_decide(crm: Crm, number: ReportNumber) -> None:
    asked = crm.request_transfer(number, None, "sda", "bukan kami")
    crm.decide_transfer(asked.transfer_id, None, approve=True, note="setuju")
    change = crm.read_complaint(number).history[-1]
    assert (change.role, change.note, change.officer_id) == (Role.SUPERVISOR, "setuju", None)
