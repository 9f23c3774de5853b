"""Filing: exactly once per draft, numbered by Jakarta's day, anonymous without a trace."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context

import pytest

from crm.bootstrap import Crm, open_crm
from crm.domain.complaint import ComplaintDraft, Location
from crm.domain.errors import ComplaintNotFound, DraftIncomplete
from crm.domain.privacy import Privacy
from crm.settings import Settings
from crm.store.orm import DailySequenceRow
from tests.crm.conftest import Clock, draft
from tests.crm.database import all_values


def test_the_receipt_tells_number_unit_privacy_and_targets(crm: Crm, clock: Clock) -> None:
    receipt = crm.file_complaint(draft())
    assert str(receipt.report_number) == "JK2611240001"
    assert (receipt.category_code, receipt.unit) == ("pju", "bina_marga")
    assert (receipt.privacy, receipt.secret_code) == (Privacy.PRIVAT, None)
    assert receipt.filed_at == clock.now
    assert receipt.respond_by == clock.now + timedelta(hours=6)
    assert receipt.finish_by == clock.now + timedelta(days=7)


def test_the_words_decide_which_unit_gets_the_report(crm: Crm) -> None:
    receipt = crm.file_complaint(draft(description="lampu jalan tertutup pohon rindang"))
    view = crm.track_complaint(receipt.report_number, reporter="warga")
    assert receipt.unit == view.unit == view.history[0].unit == "tamhut"
    assert view.history[0].note == ""


def test_what_was_filed_is_kept_whole_and_in_the_citizens_words(crm: Crm) -> None:
    place = Location("gg. Mawar 3 “pojok”", "31.74.01.1001", -6.23, 106.85)
    filed = draft(description="lampu\nmati 😡 di dpn", location=place)
    view = crm.track_complaint(crm.file_complaint(filed).report_number, reporter="warga")
    assert (view.description, view.location, view.photos) == (filed.description, place, ("a.jpg", "b.jpg"))


def test_signs_no_database_takes_are_left_out(crm: Crm) -> None:
    number = crm.file_complaint(draft(description="lampu\x00 mati \ud83d")).report_number
    assert crm.track_complaint(number, reporter="warga").description == "lampu mati ?"


def test_the_same_draft_twice_gives_the_same_receipt(crm: Crm, clock: Clock) -> None:
    confirmed = draft()
    first = crm.file_complaint(confirmed)
    clock.advance(hours=30)
    assert crm.file_complaint(confirmed) == first
    assert crm.list_complaints("warga").total == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"description": "  "}, "description"),
        ({"category_code": ""}, "category_code"),
        ({"category_code": "ufo"}, "category_code"),
        ({"location": Location(" ")}, "location"),
        ({"location": Location(lat=-6.2)}, "location"),
        ({"reporter": None}, "reporter"),
        ({"privacy": Privacy.ANONIM}, "reporter"),
        ({"draft_id": ""}, "draft_id"),
        ({"channel": ""}, "channel"),
    ],
)
def test_an_incomplete_or_contradictory_draft_is_refused_and_nothing_is_stored(
    crm: Crm, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(DraftIncomplete) as refused:
        crm.file_complaint(replace(draft(), **changes))  # type: ignore[arg-type]
    assert refused.value.fields == (field,)
    assert crm.list_complaints("warga").total == 0


def test_the_sequence_begins_anew_at_midnight_in_jakarta(crm: Crm, clock: Clock) -> None:
    clock.now = datetime(2026, 11, 24, 16, 59, 59, 999999, tzinfo=UTC)
    numbers = [str(crm.file_complaint(draft()).report_number) for _ in range(2)]
    clock.now = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
    numbers += [str(crm.file_complaint(draft()).report_number) for _ in range(2)]
    assert numbers == ["JK2611240001", "JK2611240002", "JK2611250001", "JK2611250002"]


def test_the_ten_thousandth_report_of_a_day_has_five_digits(crm: Crm, clock: Clock) -> None:
    with crm._store.writing() as work:
        work.complaints._session.add(DailySequenceRow(day=clock.now.date(), last=9999))
    receipt = crm.file_complaint(draft())
    assert str(receipt.report_number) == "JK26112410000"
    assert crm.track_complaint("JK26112410000", reporter="warga").report_number == receipt.report_number


def file_in_a_process(settings: Settings, drafts: list[ComplaintDraft]) -> list[str]:
    crm = open_crm(settings)
    try:
        return [str(crm.file_complaint(one).report_number) for one in drafts]
    finally:
        crm.close()


def test_processes_starting_together_and_filing_the_same_drafts_file_each_once(settings: Settings) -> None:
    drafts = [draft() for _ in range(6)]
    orders = [drafts, drafts[::-1], drafts[3:] + drafts[:3], drafts]
    with ProcessPoolExecutor(len(orders), mp_context=get_context("spawn")) as processes:
        told = list(processes.map(file_in_a_process, [settings] * len(orders), orders))
    by_draft = [
        {one.draft_id: number for one, number in zip(order, numbers, strict=True)}
        for order, numbers in zip(orders, told, strict=True)
    ]
    assert all(numbers == by_draft[0] for numbers in by_draft)
    sequence = sorted(int(number[-4:]) for number in by_draft[0].values())
    assert sequence == [1, 2, 3, 4, 5, 6]


def test_many_at_once_get_numbers_without_a_gap(crm: Crm) -> None:
    with ThreadPoolExecutor(8) as citizens:
        receipts = list(citizens.map(crm.file_complaint, [draft(reporter=str(n)) for n in range(40)]))
    assert sorted(receipt.report_number.sequence for receipt in receipts) == list(range(1, 41))


def test_an_anonymous_report_is_tracked_by_its_code_and_by_nothing_else(crm: Crm) -> None:
    receipt = crm.file_complaint(draft(Privacy.ANONIM))
    assert receipt.secret_code
    typed = receipt.secret_code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert crm.track_complaint(receipt.report_number, secret_code=typed).description == "lampu jalan mati"
    for reporter, code in [(None, None), ("warga", None), ("warga", "AAAA-AAAA"), (None, "")]:
        with pytest.raises(ComplaintNotFound):
            crm.track_complaint(receipt.report_number, reporter=reporter, secret_code=code)


def test_an_anonymous_draft_filed_again_gets_a_new_code_that_replaces_the_old(crm: Crm) -> None:
    confirmed = draft(Privacy.ANONIM)
    first, again = crm.file_complaint(confirmed), crm.file_complaint(confirmed)
    assert again == replace(first, secret_code=again.secret_code)
    assert crm.track_complaint(first.report_number, secret_code=again.secret_code)
    with pytest.raises(ComplaintNotFound):
        crm.track_complaint(first.report_number, secret_code=first.secret_code)


def test_an_anonymous_report_leaves_no_draft_id_code_or_minute_in_any_table(
    crm: Crm, clock: Clock, database_url: str
) -> None:
    confirmed = draft(Privacy.ANONIM)
    code = crm.file_complaint(confirmed).secret_code
    assert code
    values = all_values(database_url)
    assert not [value for value in values if confirmed.draft_id in value]
    assert not [value for value in values if code in value or code.replace("-", "") in value]
    assert not [value for value in values if f":{clock.now:%M}:" in value or f":{clock.now:%S}" in value]


def test_pruning_cuts_the_last_tie_of_anonymous_reports_only(
    crm: Crm, clock: Clock, opened: Callable[[], Crm]
) -> None:
    anonymous, named = draft(Privacy.ANONIM), draft()
    number = crm.file_complaint(named).report_number
    crm.file_complaint(anonymous)
    clock.advance(days=2)
    assert crm.prune() == 0
    clock.advance(days=2)
    assert opened().prune() == 1
    assert crm.prune() == 0
    assert crm.file_complaint(named).report_number == number
