"""Report numbers: as they are shown, and as people type them."""

from datetime import date

import pytest

from crm.domain.report_number import ReportNumber


@pytest.mark.parametrize(
    "typed", ["JK2611240001", "jk2611240001", " JK 261124 0001 ", "JK-261124-0001", "#JK2611240001"]
)
def test_a_number_is_understood_as_people_type_it(typed: str) -> None:
    assert ReportNumber.parse(typed) == ReportNumber("JK", date(2026, 11, 24), 1)


@pytest.mark.parametrize("sequence", [1, 9999, 10000, 123456])
def test_a_number_reads_back_as_it_is_shown(sequence: int) -> None:
    number = ReportNumber("JK", date(2026, 1, 2), sequence)
    assert ReportNumber.parse(str(number)) == number


@pytest.mark.parametrize(
    "typed",
    ["", "JK", "2611240001", "JK261124001", "JK2613240001", "JK2602300001", "JK26112४0001", "J" * 5000],
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        ReportNumber.parse(typed)
