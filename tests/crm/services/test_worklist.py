"""Worklists: filters, words, order, and pages that neither miss nor repeat a report."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from crm.bootstrap import Crm
from crm.domain.complaint import Location
from crm.domain.report_number import ReportNumber
from crm.domain.status import Status
from crm.domain.worklist import Order, WorklistFilter
from tests.crm.conftest import Clock, draft
from tests.crm.officers import BIRO, DINAS, LURAH, OTHER_LURAH, finish, hand_on


def file(crm: Crm, **answers: object) -> ReportNumber:
    return crm.file_complaint(draft(**answers)).report_number  # type: ignore[arg-type]


def pages(crm: Crm, wanted: WorklistFilter, size: int) -> list[list[int]]:
    """Read all pages, as sequence numbers."""
    found, after = [], None
    while True:
        page = crm.worklist(BIRO, wanted, after=after, size=size)
        found.append([item.report_number.sequence for item in page.items])
        if not (after := page.after):
            return found


def found(crm: Crm, **wanted: object) -> list[ReportNumber]:
    items = crm.worklist(BIRO, WorklistFilter(**wanted)).items  # type: ignore[arg-type]
    return [item.report_number for item in items]


@pytest.mark.parametrize(
    "wanted", [WorklistFilter(), WorklistFilter(text="lampu"), WorklistFilter(unit="bina_marga")]
)
def test_newest_first_page_after_page(crm: Crm, wanted: WorklistFilter) -> None:
    for _ in range(6):
        file(crm)
    assert pages(crm, wanted, 4) == [[6, 5, 4, 3], [2, 1]]
    assert pages(crm, wanted, 3) == [[6, 5, 4], [3, 2, 1]]
    first = crm.worklist(BIRO, wanted, size=4)
    file(crm)  # what comes in meanwhile moves nothing
    assert [one.report_number.sequence for one in crm.worklist(BIRO, wanted, after=first.after).items] == [
        2,
        1,
    ]


@pytest.mark.parametrize("text", ["", "lampu"])
def test_most_urgent_first_leaves_out_what_is_done(crm: Crm, clock: Clock, text: str) -> None:
    """Due at: 1 done; 2 in seven days; 3 and 4 in six hours, filed at the same moment; 5 an hour later."""
    numbers = [file(crm) for _ in range(4)]
    finish(crm, numbers[0])
    hand_on(crm, numbers[1])
    clock.advance(hours=1)
    file(crm)
    wanted = WorklistFilter(order=Order.URGENT, text=text)
    assert pages(crm, wanted, 1) == [[3], [4], [5], [2]]
    assert pages(crm, wanted, 10) == [[3, 4, 5, 2]]


def test_filters_narrow_down_and_combine(crm: Crm, clock: Clock) -> None:
    first = file(crm)
    hand_on(crm, first, "sda")
    second = file(crm, category_code="sampah", location=Location("pasar", "31.71.01.1001"))
    third = file(crm, location=Location("entah di mana"))
    assert found(crm, status=Status.KOORDINASI) == [first]
    assert found(crm, unit="sda") == [first]
    assert found(crm, category_code="pju") == [third, first]
    assert found(crm, area="31.71") == [second]
    assert found(crm, area="31.74.01") == found(crm, area="31.74.01.1001") == [first]
    assert found(crm, area="99") == []
    assert found(crm, category_code="pju", area="31.74", status=Status.KOORDINASI, unit="sda") == [first]
    assert found(crm, category_code="sampah", status=Status.KOORDINASI) == []
    clock.advance(hours=6)
    assert found(crm, overdue=True) == [third, second]
    assert found(crm, overdue=True, area="31.71") == [second]


def test_words_are_found_whole_or_begun_in_number_description_and_place(crm: Crm) -> None:
    first = file(crm, description="Lampu jalan mati, RT 05/RW 012", location=Location("dekat Masjid Al-Huda"))
    second = file(crm, description="sampah menumpuk", location=Location("pasar", "31.74.04.1001"))
    name = next(area for area in crm.reference.areas if area.code == "31.74.04.1001")
    assert found(crm, text="LAMPU mati") == [first]
    assert found(crm, text="lam") == [first]
    assert found(crm, text="ampu") == []
    assert found(crm, text="huda masjid 012") == [first]
    assert found(crm, text=f"{second}") == [second]
    assert found(crm, text=f" jk-{str(second)[2:]} ") == [second]
    assert found(crm, text=f"{second}", status=Status.PROSES) == []
    assert found(crm, text=str(second)[:8].lower()) == [second, first]
    assert found(crm, text=name.name) == [second]
    assert found(crm, text=f"sampah {name.kecamatan}") == [second]
    assert found(crm, text="lampu sampah") == []


@pytest.mark.parametrize(
    "text", ["'", '"', "lampu' OR 1=1 --", "lampu:*", "a & b | !c", "NEAR(", "*", "%", "\x00", "   "]
)
def test_signs_in_the_searched_words_do_no_harm(crm: Crm, text: str) -> None:
    number = file(crm)
    listed = found(crm, text=text)
    assert listed in ([], [number])


def test_a_search_keeps_to_what_an_officer_sees(crm: Crm) -> None:
    number = file(crm)
    wanted = WorklistFilter(text="lampu")
    assert [one.report_number for one in crm.worklist(LURAH, wanted).items] == [number]
    assert [one.report_number for one in crm.worklist(DINAS, wanted).items] == [number]
    assert crm.worklist(OTHER_LURAH, wanted).items == ()
    assert crm.worklist(OTHER_LURAH, WorklistFilter(text=str(number))).items == ()
    assert crm.worklist(OTHER_LURAH, WorklistFilter(area="31.74")).items == ()
    assert len(crm.worklist(LURAH, WorklistFilter(area="31.74")).items) == 1


def test_the_part_that_was_split_off_is_found_by_its_words(crm: Crm) -> None:
    part = crm.split(file(crm), LURAH, "gorong-gorong tersumbat", "banjir_saluran")
    assert found(crm, text="gorong tersumbat") == [part]


@pytest.mark.parametrize("after", ["", "x", "5.", "1.gestern", "-1", "9" * 30, "5.2026-01-01"])
def test_a_cursor_nobody_gave_does_no_harm(crm: Crm, after: str) -> None:
    file(crm)
    for order in Order:
        assert len(crm.worklist(BIRO, WorklistFilter(order=order), after=after).items) <= 1


def test_a_page_costs_one_query_however_many_reports_it_holds(crm: Crm) -> None:
    for _ in range(5):
        finish(crm, file(crm))
    statements: list[str] = []
    engine = crm._store._ready()
    listener = lambda *arguments: statements.append(arguments[2])  # noqa: E731
    event.listen(engine, "before_cursor_execute", listener)
    page = crm.worklist(BIRO, WorklistFilter())
    event.remove(engine, "before_cursor_execute", listener)
    assert len(page.items) == 5
    assert len([one for one in statements if one.lstrip().startswith("SELECT")]) == 1


def test_a_list_shows_what_is_due(crm: Crm, clock: Clock) -> None:
    number = file(crm)
    [item] = crm.worklist(BIRO, WorklistFilter()).items
    view = crm.read_complaint(number)
    assert (item.due_at, item.description, item.reopened) == (view.respond_by, "lampu jalan mati", 0)
    hand_on(crm, number)
    [moved] = crm.worklist(BIRO, WorklistFilter()).items
    assert replace(item, due_at=view.finish_by, status=Status.KOORDINASI) == moved
