"""The list and its filters, as addresses that can be bookmarked."""

import re

import pytest

from crm.bootstrap import Crm
from crm.domain.complaint import Location
from crm.domain.officers import Officer
from crm.domain.status import Status
from tests.crm.conftest import Clock
from tests.crm.web.city import file_report
from tests.crm.web.console.conftest import SignedIn
from tests.crm.web.reader import Reader

ELSEWHERE = Location("Jalan Kebon Sirih", "31.71.01.1001")


def listed(reader: Reader) -> list[str]:
    return re.findall(r'class="report-link" href="/petugas/laporan/(JK\d+)"', reader.text)


async def test_the_list_can_be_narrowed_by_address(
    signed_in: SignedIn, crm: Crm, officers: dict[str, Officer]
) -> None:
    road = str(file_report(crm))
    lamp = str(file_report(crm, "Lampu gang mati total.", "pju", location=ELSEWHERE))
    crm.change_status(road, Status.KOORDINASI, officer=officers["lurah"], unit="bina_marga")
    biro = await signed_in("biro")
    for query, expected in {
        "": [road, lamp],
        "status=Koordinasi": [road],
        "kategori=pju": [lamp],
        "unit=bina_marga&status=Koordinasi": [road],
        "wilayah=31.71": [lamp],
        "wilayah=31.74.06.1005": [road],
        "cari=lampu+gang": [lamp],
        f"cari={lamp}": [lamp],
        "cari=pasar&kategori=pju": [],
        "status=Tidak+Ada&urut=aneh&sesudah=aneh&unit=": [road, lamp],
    }.items():
        await biro.open(f"/petugas/laporan?{query}")
        assert biro.page.status_code == 200
        assert sorted(listed(biro)) == sorted(expected), query


@pytest.mark.parametrize(
    "query",
    [
        "sesudah=1.2026-01-01T00:00:00",
        "sesudah=99999999999999999999999",
        "sesudah=-1&urut=mendesak",
        "cari=%00%27%22*+NEAR(&unit=%00&kategori=%27&wilayah=%25",
        "cari=" + "kata+" * 200,
        "wilayah=31.74.06.10&unit=tidak_ada",
        "status=&status=Proses&cari=a&cari=b",
    ],
)
async def test_odd_addresses_do_no_harm(signed_in: SignedIn, number: str, query: str) -> None:
    for username in ("biro", "lurah"):
        reader = await signed_in(username)
        assert (await reader.open(f"/petugas/laporan?{query}")).status_code == 200


async def test_the_filters_show_what_the_address_says(signed_in: SignedIn, number: str) -> None:
    biro = await signed_in("biro")
    address = (
        "/petugas/laporan?cari=pasar&status=Menunggu&kategori=jalan&wilayah=31.74&terlambat=1&urut=terbaru"
    )
    await biro.open(address)
    fields = biro.form("/petugas/laporan").fields
    assert fields == {
        "cari": "pasar",
        "status": "Menunggu",
        "kategori": "jalan",
        "unit": "",
        "wilayah": "31.74",
        "terlambat": "1",
        "urut": "terbaru",
    }


async def test_overdue_is_said_in_words(signed_in: SignedIn, clock: Clock, number: str) -> None:
    biro = await signed_in("biro")
    await biro.open("/petugas/laporan")
    assert "Sisa 6 jam" in biro.text and "Terlambat 1" not in biro.text
    assert listed(biro) == [number]
    await biro.open("/petugas/laporan?terlambat=1")
    assert listed(biro) == []
    clock.advance(hours=8)
    await biro.open("/petugas/laporan?terlambat=1")
    assert "Terlambat 2 jam" in biro.text
    assert listed(biro) == [number]


@pytest.mark.parametrize("order", ["mendesak", "terbaru"])
async def test_pages_follow_each_other_without_gap_or_repeat(
    signed_in: SignedIn, crm: Crm, clock: Clock, order: str
) -> None:
    numbers = []
    for at in range(65):
        numbers.append(str(file_report(crm, f"Lubang nomor {at}", reporter=f"warga{at}")))
        clock.advance(seconds=30)
    biro = await signed_in("biro")
    await biro.open(f"/petugas/laporan?urut={order}&kategori=jalan")
    seen = listed(biro)
    while following := re.search(r'href="([^"]+)" rel="next"', biro.text):
        await biro.open(following.group(1).replace("&amp;", "&"))
        assert "kategori=jalan" in str(biro.page.url)
        seen += listed(biro)
    assert seen == (numbers if order == "mendesak" else numbers[::-1])


async def test_closed_reports_are_found_by_status_and_by_words(
    signed_in: SignedIn, crm: Crm, officers: dict[str, Officer], number: str
) -> None:
    refusal = {"reason": "bukan_aduan", "note": "Terima kasih."}
    crm.change_status(number, Status.DITOLAK, officer=officers["biro"], **refusal)
    biro = await signed_in("biro")
    for query, expected in {"": [], "status=Ditolak&urut=mendesak": [number], "cari=pasar": [number]}.items():
        await biro.open(f"/petugas/laporan?{query}")
        assert listed(biro) == expected, query


async def test_everybody_sees_their_own_reports_only(signed_in: SignedIn, crm: Crm) -> None:
    here, elsewhere = str(file_report(crm)), str(file_report(crm, location=ELSEWHERE))
    lurah, supervisor = await signed_in("lurah"), await signed_in("supervisor")
    await lurah.open("/petugas/laporan")
    assert listed(lurah) == [here]
    await lurah.open("/petugas/laporan?wilayah=31.71")
    assert listed(lurah) == []
    await supervisor.open("/petugas/laporan")
    assert sorted(listed(supervisor)) == sorted([here, elsewhere])


async def test_what_citizens_write_stays_text(signed_in: SignedIn, crm: Crm) -> None:
    number = file_report(crm, '<script>alert("1")</script> & <b>lubang</b>')
    biro = await signed_in("biro")
    for address in ("/petugas/laporan", f"/petugas/laporan/{number}", "/petugas/laporan?cari=<script>"):
        await biro.open(address)
        assert "<script>alert" not in biro.text and "<b>lubang" not in biro.text
