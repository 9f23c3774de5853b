"""Statistics: counted beforehand, as of a moment, only what may be published; the city's own figures exactly."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crm.bootstrap import Crm
from crm.domain.complaint import Location
from crm.domain.errors import FiguresUnreadable, NoSuchPlace
from crm.domain.figures import Figures, Period
from crm.domain.privacy import Privacy
from crm.domain.report_number import ReportNumber
from crm.domain.status import Role, Status
from crm.domain.times import day_in_jakarta
from crm.settings import REFERENCE
from tests.crm.conftest import Clock, draft
from tests.crm.officers import BIRO, LURAH, declare_done, finish

NOVEMBER = Period(2026, 11)
PUBLISHED = REFERENCE / "published_figures.yml"
KELURAHAN = "31.74.01.1001"


def counted(crm: Crm, period: Period = NOVEMBER, place: str = "31") -> Figures:
    found = crm.figures(period, place).figures
    assert found is not None
    return found


def file(
    crm: Crm, number: int = 1, privacy: Privacy = Privacy.PUBLIK, **changes: object
) -> list[ReportNumber]:
    return [crm.file_complaint(draft(privacy, **changes)).report_number for _ in range(number)]


def test_what_was_filed_and_finished_in_a_month(crm: Crm, clock: Clock) -> None:
    first, *others = file(crm, 4)
    file(crm, 2, category_code="jalan", channel="telegram")
    clock.advance(hours=4)
    finish(crm, first)
    clock.advance(days=1)
    declare_done(crm, others[0])
    crm.change_status(others[0], Status.TL_DITOLAK, officer=BIRO, note="belum rata")
    assert crm.refresh_figures() == 1
    found = counted(crm)
    assert (found["received"], found["finished"], found["answered"], found["refused_closures"]) == (
        6,
        1,
        2,
        1,
    )
    assert found.breakdown("status") == {"Menunggu": 4, "Selesai": 1, "TL Ditolak": 1}
    assert list(found.breakdown("category").items()) == [("pju", 4), ("jalan", 2)]
    assert found.breakdown("channel") == {"web": 4, "telegram": 2}
    assert found.breakdown("finished_category") == {"pju": 1}
    assert (found["finish_mean"], found["finish_median"]) == (240, 247)
    assert found["answer_mean"] == (4 * 60 + 28 * 60) // 2
    assert found["proven"] == 1
    assert found.finished_share == pytest.approx(1 / 6)
    assert found.as_of == clock.now


def test_the_day_with_most_reports_is_a_day_in_jakarta(crm: Crm, clock: Clock) -> None:
    file(crm)
    clock.now = datetime(2026, 11, 25, 16, 59, tzinfo=UTC)
    file(crm)
    clock.now = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
    file(crm, 2)
    crm.refresh_figures()
    found = counted(crm)
    assert [number for _, number in found.days.items()] == [1, 1, 2]
    assert found.peak_day is not None
    assert (found.peak_day[0].isoformat(), found.peak_day[1]) == ("2026-11-26", 2)


def test_a_report_of_the_last_night_belongs_to_the_month_it_is_in_jakarta(crm: Crm, clock: Clock) -> None:
    clock.now = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
    file(crm)
    crm.refresh_figures()
    assert crm.figures(NOVEMBER).figures is None
    assert counted(crm, Period(2026, 12))["received"] == 1


def test_kelurahan_add_up_to_kecamatan_kota_and_jakarta(crm: Crm) -> None:
    file(crm, 2)
    file(crm, location=Location("di sini", "31.74.02.1001"))
    file(crm, location=Location("entah di mana"))
    crm.refresh_figures()
    places = ("31", "31.74", "31.74.01", KELURAHAN, "31.74.02.1001")
    assert [counted(crm, place=place)["received"] for place in places] == [4, 3, 2, 2, 1]
    parts = crm.figures(NOVEMBER, "31.74").parts
    assert [(place.code, figures["received"]) for place, figures in parts] == [
        ("31.74.01", 2),
        ("31.74.02", 1),
    ]


def test_a_year_adds_up_its_months(crm: Crm, clock: Clock) -> None:
    (first,) = file(crm)
    clock.advance(days=30)
    file(crm, 2)
    finish(crm, first)
    assert crm.refresh_figures() == 2
    year = counted(crm, Period(2026))
    assert (year["received"], year["finished"]) == (3, 1)
    assert year["finish_median"] == counted(crm)["finish_median"]
    shown = crm.figures(Period(2026))
    assert [str(one.period) for one in shown.months] == ["2026-11", "2026-12"]
    assert [str(one) for one in shown.periods] == ["2026-12", "2026-11", "2026"]


def test_only_months_that_changed_are_counted_again(
    crm: Crm, clock: Clock, opened: Callable[[], Crm]
) -> None:
    (first,) = file(crm)
    clock.advance(days=30)
    file(crm)
    assert crm.refresh_figures() == 2
    assert crm.refresh_figures() == 2, "what the last refresh saw is looked at once more"
    assert crm.refresh_figures() == 0
    finish(opened(), first)
    clock.advance(minutes=5)
    assert crm.refresh_figures() == 1
    assert counted(crm)["finished"] == 1
    assert counted(crm, Period(2026, 12)).as_of == clock.now, "nothing changed there up to this moment"


def test_after_very_many_changes_every_month_is_counted_even_years_without_reports(
    crm: Crm, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm.services.refresh_figures.ALL_AFTER", 0)
    clock.now = datetime(2024, 11, 9, tzinfo=UTC)
    file(crm)
    clock.now = datetime(2026, 2, 9, tzinfo=UTC)
    file(crm, 2)
    assert crm.refresh_figures() == 16
    assert [str(one) for one in crm.figures(Period(2026)).periods] == ["2026-02", "2026", "2024-11", "2024"]
    assert crm.figures(Period(2025)).figures is None


def test_reopened_reports_are_counted_and_no_longer_finished(crm: Crm) -> None:
    (number,) = file(crm)
    finish(crm, number)
    crm.still_open(number, "masih gelap", reporter="warga")
    crm.refresh_figures()
    found = counted(crm)
    assert (found["reopened"], found["finished"], found["proven"]) == (1, 0, 0)
    assert found["refused_closures"] == 0, "that was the reporter, not the validator"


def test_done_without_a_photo_is_not_done_with_proof(crm: Crm) -> None:
    (number,) = file(crm)
    crm.change_status(number, Status.PROSES, officer=LURAH)
    crm.change_status(
        number, Status.MENUNGGU_VALIDASI, officer=LURAH, note="beres", no_photo_reason="malam, gelap"
    )
    crm.change_status(number, Status.SELESAI, officer=BIRO)
    crm.refresh_figures()
    assert (counted(crm)["finished"], counted(crm)["proven"]) == (1, 0)


@pytest.mark.parametrize("privacy", [Privacy.PRIVAT, Privacy.ANONIM])
def test_few_private_reports_look_like_none(crm: Crm, privacy: Privacy) -> None:
    file(crm, 4, privacy)
    crm.refresh_figures()
    assert crm.figures(NOVEMBER).figures is None
    file(crm, 1, privacy)
    crm.refresh_figures()
    found = counted(crm)
    assert (found["received"], found.breakdown("category")) == (5, {"pju": 5})
    assert counted(crm, place=KELURAHAN)["received"] == 5


def test_private_reports_of_small_places_come_in_fives(crm: Crm) -> None:
    file(crm, 7, Privacy.PRIVAT)
    file(crm, 2)
    crm.refresh_figures()
    assert counted(crm)["received"] == 9, "the whole city is counted exactly"
    assert counted(crm, place="31.74")["received"] == 7
    assert counted(crm)["answer_mean"] is None


def test_times_of_few_private_reports_are_left_out(crm: Crm, clock: Clock) -> None:
    private = file(crm, 4, Privacy.PRIVAT)
    (public,) = file(crm)
    clock.advance(hours=2)
    finish(crm, public)
    clock.advance(hours=40)
    for number in private:
        finish(crm, number)
    crm.refresh_figures()
    assert counted(crm)["finish_mean"] == 120


def test_the_published_month_is_shown_exactly(crm: Crm, clock: Clock) -> None:
    assert crm.load_published(PUBLISHED) == [Period(2023, 1)]
    found = counted(crm, Period(2023, 1))
    assert (found["received"], found["finished"]) == (14_233, 13_671)
    assert found.finished_share == pytest.approx(0.961, abs=0.0005)
    assert list(found.breakdown("category").items()) == [
        ("Jalan", 2171),
        ("Gangguan Ketenteraman dan Ketertiban", 1412),
        ("Pohon", 1344),
    ]
    assert day_in_jakarta(found.as_of).isoformat() == "2023-03-07" and found.source
    assert found["reopened"] is None, "what the city did not publish is not zero"


def test_no_count_replaces_what_the_city_published(crm: Crm, clock: Clock) -> None:
    clock.now = datetime(2023, 1, 9, tzinfo=UTC)
    file(crm)
    crm.load_published(PUBLISHED)
    crm.refresh_figures()
    assert counted(crm, Period(2023, 1))["received"] == 14_233
    crm.load_published(PUBLISHED)
    assert counted(crm, Period(2023, 1))["received"] == 14_233


@pytest.mark.parametrize(
    "content",
    ["", "- period: 2023-13", "just words", "- {period: '2023-01', source: x, as_of: 2023-03-07}", "["],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_reason(crm: Crm, tmp_path: Path, content: str) -> None:
    file = tmp_path / "figures.yml"
    file.write_text(content)
    with pytest.raises(FiguresUnreadable, match="published_figures"):
        crm.load_published(file)
    with pytest.raises(FiguresUnreadable, match="tidak bisa dibaca"):
        crm.load_published(tmp_path / "none.yml")


def test_there_are_no_figures_of_a_place_that_is_none(crm: Crm) -> None:
    with pytest.raises(NoSuchPlace):
        crm.figures(NOVEMBER, "32")


def test_without_reports_there_is_nothing_to_show(crm: Crm) -> None:
    assert crm.refresh_figures() == 0
    assert crm.figures(NOVEMBER).figures is None


def test_the_command_line_may_name_a_role_and_is_counted_alike(crm: Crm) -> None:
    (number,) = file(crm)
    crm.change_status(number, Status.KOORDINASI, role=Role.KELURAHAN, unit="bina_marga")
    crm.refresh_figures()
    assert counted(crm).breakdown("status") == {"Koordinasi": 1}
