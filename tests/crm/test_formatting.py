from datetime import UTC, date, datetime, timedelta

import pytest

from crm import formatting


@pytest.mark.parametrize(
    ("value", "written"), [(14233, "14.233"), (0, "0"), (None, "–"), (1_000_000, "1.000.000")]
)
def test_numbers_have_dots(value: int | None, written: str) -> None:
    assert formatting.number(value) == written


def test_shares_are_percent_with_a_comma() -> None:
    assert formatting.percent(0.961) == "96,1 %"
    assert formatting.percent(None) == "–"


def test_moments_are_told_in_wib() -> None:
    assert formatting.moment(datetime(2026, 11, 26, 7, 5, tzinfo=UTC)) == "26 Nov 2026, 14.05 WIB"
    assert formatting.day(datetime(2026, 7, 31, 17, 0, tzinfo=UTC)) == "1 Agu 2026"
    assert formatting.month(date(2026, 5, 1)) == "Mei 2026"


@pytest.mark.parametrize(
    ("length", "written"),
    [
        (timedelta(days=2, hours=3, minutes=59), "2 hari 3 jam"),
        (timedelta(days=2, minutes=5), "2 hari"),
        (timedelta(hours=3, minutes=20), "3 jam 20 menit"),
        (timedelta(minutes=5, seconds=59), "5 menit"),
        (timedelta(seconds=20), "kurang dari 1 menit"),
        (timedelta(seconds=-5), "kurang dari 1 menit"),
    ],
)
def test_durations_have_two_units(length: timedelta, written: str) -> None:
    assert formatting.duration(length) == written
