import pytest

from crm.bootstrap import Crm
from crm.domain.officers import Officer
from crm.domain.status import Status
from tests.crm.web.console.conftest import SignedIn

Officers = dict[str, Officer]


@pytest.fixture
def held(crm: Crm, officers: Officers, number: str) -> str:
    """A report that Dinas Bina Marga holds."""
    crm.change_status(number, Status.KOORDINASI, officer=officers["lurah"], unit="bina_marga")
    return number


async def test_a_unit_asks_and_a_supervisor_approves(signed_in: SignedIn, crm: Crm, held: str) -> None:
    dinas, supervisor = await signed_in("dinas"), await signed_in("supervisor")
    await dinas.open(f"/petugas/laporan/{held}")
    await dinas.send("/pindah", unit="sda", reason="Ini saluran air.")
    assert "Permintaan pemindahan terkirim" in dinas.text
    assert not dinas.offers("/pindah")
    await dinas.open("/petugas/pemindahan")
    assert "Ini saluran air." in dinas.text
    await supervisor.open("/petugas/pemindahan")
    (request,) = crm.pending_transfers(None)
    await supervisor.send(f"/pemindahan/{request.transfer_id}", decision="approve")
    assert "Permintaan sudah disetujui." in supervisor.text
    assert "Tidak ada yang menunggu" in supervisor.text
    assert crm.read_complaint(held).unit == "sda"


async def test_refusing_needs_a_note(signed_in: SignedIn, crm: Crm, officers: Officers, held: str) -> None:
    request = crm.request_transfer(held, officers["dinas"], "sda", "Ini saluran.")
    biro = await signed_in("biro")
    await biro.open("/petugas/pemindahan")
    await biro.send(f"/pemindahan/{request.transfer_id}", decision="refuse")
    assert biro.page.status_code == 422
    assert "masih perlu: catatan" in biro.text
    await biro.send(
        f"/pemindahan/{request.transfer_id}", decision="refuse", note="Jalan ini tetap milik Anda."
    )
    assert biro.page.status_code == 200
    dinas = await signed_in("dinas")
    await dinas.open(f"/petugas/laporan/{held}")
    assert "Jalan ini tetap milik Anda." in dinas.text


async def test_who_decides_second_sees_it_and_keeps_the_note(
    signed_in: SignedIn, crm: Crm, officers: Officers, held: str
) -> None:
    request = crm.request_transfer(held, officers["dinas"], "sda", "Ini saluran.")
    biro = await signed_in("biro")
    await biro.open("/petugas/pemindahan")
    crm.decide_transfer(request.transfer_id, officers["supervisor"], approve=True)
    await biro.send(f"/pemindahan/{request.transfer_id}", decision="refuse", note="Catatan yang panjang.")
    assert biro.page.status_code == 422
    assert "sudah diputuskan" in biro.text
    assert "Catatan yang panjang." in biro.text
    assert crm.read_complaint(held).unit == "sda"
