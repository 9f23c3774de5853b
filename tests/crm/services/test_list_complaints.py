"""Lists: a citizen's own five a page, an officer's filters."""

from crm.bootstrap import Crm
from crm.domain.complaint import ComplaintFilter
from crm.domain.privacy import Privacy
from crm.domain.status import Role, Status
from tests.crm.conftest import draft


def test_own_reports_come_five_a_page_newest_first(crm: Crm) -> None:
    for _ in range(7):
        crm.file_complaint(draft())
    crm.file_complaint(draft(reporter="tetangga"))
    pages = [crm.list_complaints("warga", page=page) for page in (1, 2, 3)]
    assert [[item.report_number.sequence for item in page.items] for page in pages] == [
        [7, 6, 5, 4, 3],
        [2, 1],
        [],
    ]
    assert [page.has_next for page in pages] == [True, False, False]
    assert pages[0].total == 7


def test_own_reports_can_be_narrowed_to_a_category(crm: Crm) -> None:
    crm.file_complaint(draft())
    wanted = crm.file_complaint(draft(category_code="parkir_liar"))
    found = crm.list_complaints("warga", category="parkir_liar")
    assert [item.report_number for item in found.items] == [wanted.report_number]


def test_anonymous_reports_are_in_nobodys_list(crm: Crm) -> None:
    crm.file_complaint(draft(Privacy.ANONIM))
    assert crm.list_complaints("warga").total == 0
    assert crm.list_complaints("").total == 0


def test_officers_see_all_reports_and_filter_them(crm: Crm) -> None:
    first = crm.file_complaint(draft(Privacy.ANONIM)).report_number
    crm.file_complaint(draft(category_code="sampah"))
    crm.change_status(first, Status.KOORDINASI, role=Role.KELURAHAN, unit="sda")
    assert crm.search_complaints(ComplaintFilter()).total == 2
    for wanted in [
        ComplaintFilter(status=Status.KOORDINASI),
        ComplaintFilter(category_code="pju"),
        ComplaintFilter(unit="sda"),
    ]:
        assert [item.report_number for item in crm.search_complaints(wanted).items] == [first]
    assert crm.search_complaints(ComplaintFilter(kelurahan_code="31.71.01.1001")).total == 0
