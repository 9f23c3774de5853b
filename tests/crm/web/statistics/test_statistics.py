"""The statistics page and its files: the city's own numbers exactly, ours as they may be published."""

import csv
import json
import re
from io import StringIO

import pytest

from crm.bootstrap import Crm
from crm.domain.complaint import Location
from crm.domain.privacy import Privacy
from crm.settings import REFERENCE
from crm.web.statistics.charts import bars_of, columns_of
from tests.crm.conftest import draft
from tests.crm.officers import finish
from tests.crm.web.conftest import Pages
from tests.crm.web.reader import Reader

PUBLISHED = REFERENCE / "published_figures.yml"


@pytest.fixture
def reader(pages: Pages) -> Reader:
    return pages.reader()


def file(crm: Crm, number: int = 1, privacy: Privacy = Privacy.PUBLIK, **changes: object) -> None:
    for _ in range(number):
        crm.file_complaint(draft(privacy, **changes))


def words(page: str) -> str:
    """Return what stands on a page, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


async def test_the_published_month_is_shown_exactly(crm: Crm, reader: Reader) -> None:
    crm.load_published(PUBLISHED)
    await reader.open("/statistik?periode=2023-01")
    text = words(reader.text)
    for expected in (
        "14.233",
        "13.671 96,1 %",
        "Jalan 2.171",
        "Gangguan Ketenteraman dan Ketertiban 1.412",
        "Pohon 1.344",
    ):
        assert expected in text
    assert "Keadaan per 7 Mar 2023 . Sumber: Pemerintah Provinsi" in text
    assert "Dibuka lagi" not in text, "the city did not publish that"


async def test_without_a_period_the_latest_month_is_shown(crm: Crm, reader: Reader) -> None:
    await reader.open("/statistik")
    assert "Belum ada angka" in reader.text
    crm.load_published(PUBLISHED)
    await reader.open("/statistik")
    assert "DKI Jakarta, Januari 2023" in reader.text
    file(crm, 3)
    crm.refresh_figures()
    await reader.open("/statistik")
    assert "DKI Jakarta, November 2026" in reader.text
    assert "Keadaan per 24 Nov 2026, 10.17 WIB" in words(reader.text)
    assert "kelipatan lima" in reader.text


async def test_every_chart_has_a_title_a_description_and_a_table(crm: Crm, reader: Reader) -> None:
    file(crm, 3)
    crm.refresh_figures()
    await reader.open("/statistik")
    charts = re.findall(
        r'<svg[^>]*role="img"[^>]*aria-labelledby="(\S+)" aria-describedby="(\S+)"', reader.text
    )
    assert len(charts) == len(re.findall("<svg", reader.text)) == len(re.findall("<table>", reader.text)) == 5
    for title, description in charts:
        assert re.search(rf'<title id="{title}">[^<]+</title>', reader.text)
        assert re.search(rf'<desc id="{description}">Terbanyak[^<]+</desc>', reader.text)
    assert "style=" not in reader.text and "<script>" not in reader.text


async def test_from_jakarta_one_comes_down_to_a_kelurahan(crm: Crm, reader: Reader) -> None:
    file(crm, 2)
    file(crm, 1, location=Location("di sini", "31.71.01.1001"))
    crm.refresh_figures()
    await reader.open("/statistik?periode=2026-11")
    for place in ("31.74", "31.74.01", "31.74.01.1001"):
        address = f"/statistik?periode=2026-11&amp;wilayah={place}"
        assert f'href="{address}"' in reader.text
        await reader.open(address.replace("&amp;", "&"))
        assert "Laporan masuk 2" in words(reader.text)
    assert 'aria-label="Wilayah"' in reader.text


async def test_a_year_is_shown_by_month(crm: Crm, reader: Reader) -> None:
    file(crm, 3)
    crm.refresh_figures()
    await reader.open("/statistik?periode=2026")
    assert "DKI Jakarta, Tahun 2026" in reader.text
    assert "Laporan per hari</h2>" not in reader.text


@pytest.mark.parametrize("query", ["periode=x", "periode=2026-13", "wilayah=32", "periode=2026-11&wilayah='"])
@pytest.mark.parametrize("page", ["/statistik", "/statistik.csv", "/statistik.json"])
async def test_what_is_none_is_not_found(reader: Reader, page: str, query: str) -> None:
    await reader.open(f"{page}?{query}")
    assert reader.page.status_code == 404
    assert "Tidak ada di sini" in reader.text


async def test_the_same_figures_as_json(crm: Crm, reader: Reader) -> None:
    file(crm, 6, Privacy.PRIVAT)
    finish(crm, crm.file_complaint(draft(Privacy.PUBLIK)).report_number)
    crm.refresh_figures()
    await reader.open("/statistik.json?periode=2026-11")
    found = json.loads(reader.text)
    assert (found["masuk"], found["selesai"], found["per_kategori"]) == (7, 1, {"Lampu jalan (PJU)": 6})
    assert found["per_wilayah"] == [{"kode": "31.74", "nama": "Jakarta Selatan", "masuk": 6, "selesai": 1}]
    assert found["wilayah"] == {"kode": "31", "nama": "DKI Jakarta"}
    assert found["keadaan_per"] == "2026-11-24T10:17+07:00"
    assert "kelipatan lima" in found["catatan"]


async def test_the_same_figures_as_csv(crm: Crm, reader: Reader) -> None:
    crm.load_published(PUBLISHED)
    await reader.open("/statistik.csv?periode=2023-01")
    assert 'filename="statistik-2023-01-31.csv"' in reader.page.headers["content-disposition"]
    lines = list(csv.reader(StringIO(reader.text)))
    assert lines[0] == ["angka", "rincian", "nilai"]
    for line in (["masuk", "", "14233"], ["selesai", "", "13671"], ["per_kategori", "Pohon", "1344"]):
        assert line in lines
    assert ["dibuka_lagi_oleh_pelapor", "", ""] in lines


async def test_anybody_may_keep_a_copy_for_a_minute(reader: Reader) -> None:
    await reader.open("/statistik")
    assert reader.page.headers["cache-control"] == "public, max-age=60"


@pytest.mark.parametrize(
    ("largest", "ticks"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (7, [0, 2, 4, 6, 8]),
        (800, [0, 200, 400, 600, 800]),
        (14_233, [0, 5000, 10000, 15000]),
    ],
)
def test_charts_have_round_numbers_beside_them(largest: int, ticks: list[int]) -> None:
    assert [tick.value for tick in columns_of({"1": largest}).ticks] == ticks


def test_nothing_stands_outside_its_chart() -> None:
    columns = columns_of({str(day): day for day in range(1, 32)}, {"31": 99})
    assert all(0 <= one.y <= columns.bottom and one.x + one.width <= columns.width for one in columns.columns)
    assert columns.columns[-1].inner == columns.columns[-1].height, "not more is finished than came in"
    bars = bars_of({"a": 10, "b": 0}, {"a": 11})
    assert [(bar.width, bar.inner) for bar in bars.bars] == [(bars.width, bars.width), (0, 0)]
