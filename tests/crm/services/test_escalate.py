"""Missed targets: found, told with a new date, once for each promise; nights and holidays count."""

from datetime import timedelta

import pytest

from crm.bootstrap import Crm
from crm.domain.privacy import Privacy
from crm.domain.status import Status
from crm.domain.worklist import WorklistFilter
from crm.services import escalate
from tests.crm.conftest import Clock, draft
from tests.crm.officers import LURAH, SUPERVISOR, declare_done, finish, hand_on, told


def test_no_response_in_six_hours_is_escalated_once_and_told_with_a_new_hour(crm: Crm, clock: Clock) -> None:
    number = crm.file_complaint(draft()).report_number
    clock.advance(hours=5, minutes=59)
    assert crm.escalate() == 0
    clock.advance(minutes=1)
    assert crm.escalate() == 1
    assert crm.escalate() == 0
    [news] = crm.pending_news(5)
    assert (news.kind, news.expected_by) == ("late", clock.now + timedelta(hours=6))
    view = crm.read_complaint(number, SUPERVISOR)
    assert (view.escalated_at, view.expected_by) == (clock.now, clock.now + timedelta(hours=6))
    assert view.respond_by == clock.now
    found = crm.worklist(SUPERVISOR, WorklistFilter(overdue=True)).items
    assert [(one.report_number, one.escalated_at) for one in found] == [(number, clock.now)]


def test_a_promise_missed_as_well_is_escalated_again(crm: Crm, clock: Clock) -> None:
    crm.file_complaint(draft())
    for _ in range(2):
        clock.advance(hours=6)
        assert crm.escalate() == 1
    assert told(crm) == ["late", "late"]


def test_after_the_response_seven_days_count_and_the_late_hour_is_forgotten(crm: Crm, clock: Clock) -> None:
    number = crm.file_complaint(draft()).report_number
    finish_by = clock.now + timedelta(days=7)
    clock.advance(hours=6)
    crm.escalate()
    hand_on(crm, number)
    view = crm.read_complaint(number)
    assert (view.responded_at, view.expected_by, view.finish_by) == (clock.now, None, finish_by)
    clock.now = finish_by
    assert crm.escalate() == 1
    assert crm.read_complaint(number).expected_by == finish_by + timedelta(days=7)
    assert told(crm) == ["late", "koordinasi", "late"]


def test_what_is_done_in_time_or_closed_is_not_escalated(crm: Crm, clock: Clock) -> None:
    finish(crm, crm.file_complaint(draft()).report_number)
    crm.withdraw(crm.file_complaint(draft()).report_number, reporter="warga")
    clock.advance(days=30)
    assert crm.escalate() == 0
    assert crm.worklist(SUPERVISOR, WorklistFilter(overdue=True)).items == ()


def test_what_waits_for_validation_or_was_opened_again_still_has_its_target(crm: Crm, clock: Clock) -> None:
    waiting = crm.file_complaint(draft()).report_number
    declare_done(crm, waiting)
    again = crm.file_complaint(draft()).report_number
    finish(crm, again)
    clock.advance(days=6)
    crm.still_open(again, "belum", reporter="warga")
    clock.advance(days=1)
    assert crm.escalate() == 2


def test_an_officer_may_act_although_the_report_was_escalated_meanwhile(crm: Crm, clock: Clock) -> None:
    number = crm.file_complaint(draft()).report_number
    seen = crm.read_complaint(number, LURAH).version
    clock.advance(hours=7)
    crm.escalate()
    crm.change_status(number, Status.PROSES, officer=LURAH, version=seen)


def test_an_anonymous_report_is_escalated_without_news(crm: Crm, clock: Clock) -> None:
    crm.file_complaint(draft(Privacy.ANONIM))
    clock.advance(hours=6)
    assert crm.escalate() == 1
    assert told(crm) == []


def test_more_than_fit_into_one_transaction_are_escalated(
    crm: Crm, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(escalate, "AT_ONCE", 2)
    for _ in range(5):
        crm.file_complaint(draft())
    clock.advance(hours=6)
    assert crm.escalate() == 5
