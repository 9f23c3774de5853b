"""Links nobody can guess, and that end where they should."""

from datetime import UTC, date, datetime, timedelta

import pytest

from crm.domain.report_number import ReportNumber
from crm.domain.tracking_link import TrackingLinks

NUMBER = ReportNumber("JK", date(2026, 11, 24), 1)
NOW = datetime(2026, 11, 24, 3, 59, tzinfo=UTC)
LINKS = TrackingLinks("rahasia")


def key_of(path: str) -> str:
    return path.rpartition("k=")[2]


def test_a_link_opens_its_own_report_only() -> None:
    path = LINKS.path(NUMBER)
    assert path.startswith("/lacak/JK2611240001?k=")
    assert LINKS.opens(NUMBER, key_of(path))
    assert not LINKS.opens(ReportNumber("JK", NUMBER.day, 2), key_of(path))


@pytest.mark.parametrize("key", ["", "a", "x" * 22, "ключ", "\udcff"])
def test_other_keys_open_nothing(key: str) -> None:
    assert not LINKS.opens(NUMBER, key)


def test_another_secret_makes_other_links() -> None:
    assert not TrackingLinks("lain").opens(NUMBER, key_of(LINKS.path(NUMBER)))


def test_photos_are_shown_for_an_hour_at_least_and_two_at_most() -> None:
    path = LINKS.photo_path("a.jpg", NOW)
    until = path.partition("s=")[2].partition("&")[0]
    for later, shown in ((0, True), (60, True), (121, False)):
        assert LINKS.shows_photo("a.jpg", until, key_of(path), NOW + timedelta(minutes=later)) is shown
    assert not LINKS.shows_photo("b.jpg", until, key_of(path), NOW)
    assert not LINKS.shows_photo("a.jpg", str(int(until) + 1), key_of(path), NOW)
    assert not LINKS.shows_photo("a.jpg", "²", key_of(path), NOW)


def test_the_key_of_a_report_shows_no_photo() -> None:
    assert not LINKS.shows_photo("JK2611240001", "9", key_of(LINKS.path(NUMBER)), NOW)
