"""Dates and times as citizens read them."""

from datetime import UTC, datetime

from crm.domain.dates import day_in_words, moment_in_words, short_moment


def test_times_are_told_in_wib():
    evening = datetime(2026, 11, 24, 18, 5, tzinfo=UTC)
    assert moment_in_words(evening) == "Rabu, 25 Nov 2026 pukul 01.05 WIB"
    assert short_moment(evening) == "25 Nov 2026, 01.05 WIB"
    assert day_in_words(datetime(2026, 12, 31, 17, 0, tzinfo=UTC)) == "Jumat, 1 Jan 2027"
