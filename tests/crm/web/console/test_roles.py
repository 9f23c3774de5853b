"""What a role may not do is neither shown nor accepted: forged forms are refused and change nothing."""

import pytest

from crm.bootstrap import Crm
from crm.domain.officers import Officer
from crm.domain.status import Status
from tests.crm.web.console.conftest import SignedIn
from tests.crm.web.reader import PASSWORD, Reader, forms_of

Officers = dict[str, Officer]


async def forge(reader: Reader, address: str, **fields: str) -> int:
    """Send a form nobody showed, with the token of this officer's own session."""
    await reader.open("/petugas/saya")
    token = reader.form("/petugas/keluar").fields["token"]
    return (await reader.post(address, {"token": token, **fields})).status_code


def offered(reader: Reader) -> set[str]:
    """The names of the acts a report page offers."""
    forms = [form for form in forms_of(reader.text) if "/petugas/laporan/" in form.action]
    return {form.fields.get("to") or form.action.rpartition("/")[2] for form in forms}


@pytest.mark.parametrize(
    ("username", "expected"),
    [
        ("lurah", {"KOORDINASI", "PROSES", "DITOLAK", "DIGABUNG", "tanya", "pecah"}),
        ("dinas", {"tanya", "pecah"}),
        ("biro", {"KOORDINASI", "DITOLAK", "DIGABUNG", "tanya", "pecah"}),
        ("supervisor", set()),
    ],
)
async def test_a_new_report_offers_what_the_table_allows(
    signed_in: SignedIn, number: str, username: str, expected: set[str]
) -> None:
    reader = await signed_in(username)
    await reader.open(f"/petugas/laporan/{number}")
    assert offered(reader) == expected


@pytest.mark.parametrize(
    ("username", "to"),
    [
        ("dinas", Status.PROSES),
        ("dinas", Status.DITOLAK),
        ("supervisor", Status.DITOLAK),
        ("lurah", Status.SELESAI),
        ("lurah", Status.DIBATALKAN),
    ],
)
async def test_a_forged_change_is_refused(
    signed_in: SignedIn, crm: Crm, number: str, username: str, to: Status
) -> None:
    reader = await signed_in(username)
    given = {"note": "catatan", "unit": "sda", "refusal": "bukan_aduan", "version": "1"}
    assert await forge(reader, f"/petugas/laporan/{number}/status", to=to.name, **given) == 422
    assert crm.read_complaint(number).status is Status.MENUNGGU
    assert "catatan" in reader.text


async def test_nobody_accepts_their_own_work(
    signed_in: SignedIn, crm: Crm, officers: Officers, number: str
) -> None:
    crm.change_status(number, Status.PROSES, officer=officers["lurah"])
    crm.change_status(
        number, Status.MENUNGGU_VALIDASI, officer=officers["lurah"], note="a", no_photo_reason="b"
    )
    lurah = await signed_in("lurah")
    await lurah.open(f"/petugas/laporan/{number}")
    assert "SELESAI" not in offered(lurah)
    assert await forge(lurah, f"/petugas/laporan/{number}/status", to="SELESAI") == 422
    assert crm.read_complaint(number).status is Status.MENUNGGU_VALIDASI


@pytest.mark.parametrize("act", ["status", "tanya", "pindah", "pecah"])
@pytest.mark.parametrize("username", ["sudin", "admin"])
async def test_what_one_does_not_see_one_does_not_change(
    signed_in: SignedIn, crm: Crm, number: str, username: str, act: str
) -> None:
    reader = await signed_in(username)
    fields = {
        "to": "PROSES",
        "text": "a",
        "unit": "sda",
        "reason": "b",
        "description": "c",
        "category": "pju",
    }
    assert await forge(reader, f"/petugas/laporan/{number}/{act}", **fields) == 404
    view = crm.read_complaint(number)
    assert (view.version, view.questions, view.transfers, view.split_into) == (1, (), (), ())


@pytest.mark.parametrize("username", ["lurah", "dinas", "sudin", "biro", "supervisor"])
async def test_only_administrators_touch_accounts(signed_in: SignedIn, crm: Crm, username: str) -> None:
    reader = await signed_in(username)
    assert "/petugas/akun" not in (await reader.open("/petugas/laporan")).text
    assert (await reader.open("/petugas/akun")).status_code == 403
    account = {"username": "penyusup", "name": "P", "role": "administrator", "password": PASSWORD}
    assert await forge(reader, "/petugas/akun", **account) == 403
    assert await forge(reader, "/petugas/akun/admin/henti") == 403
    assert await forge(reader, "/petugas/akun/admin/atur-ulang", password=PASSWORD) == 403
    accounts = {one.username: one.active for one in crm.list_officers(by=None)}
    assert "penyusup" not in accounts and accounts["admin"]


@pytest.mark.parametrize("username", ["lurah", "dinas", "sudin", "admin"])
async def test_only_those_who_decide_decide_about_transfers(
    signed_in: SignedIn, crm: Crm, officers: Officers, number: str, username: str
) -> None:
    crm.change_status(number, Status.KOORDINASI, officer=officers["lurah"], unit="bina_marga")
    request = crm.request_transfer(number, officers["dinas"], "sda", "Ini saluran.")
    reader = await signed_in(username)
    address = f"/petugas/pemindahan/{request.transfer_id}"
    assert f'action="{address}"' not in (await reader.open("/petugas/pemindahan")).text
    assert await forge(reader, address, decision="approve") == 403
    assert crm.read_complaint(number).unit == "bina_marga"


@pytest.mark.parametrize(
    "address", ["/petugas/laporan/{}/status", "/petugas/laporan/{}/tanya", "/petugas/akun", "/petugas/keluar"]
)
async def test_a_form_without_the_sessions_token_is_refused(
    signed_in: SignedIn, crm: Crm, number: str, address: str
) -> None:
    lurah, other = await signed_in("lurah"), await signed_in("biro")
    await other.open("/petugas/saya")
    foreign = other.form("/petugas/keluar").fields["token"]
    for token in ("", foreign):
        fields = {"token": token, "to": "PROSES", "text": "Patokannya apa?"}
        assert (await lurah.post(address.format(number), fields)).status_code == 403
    view = crm.read_complaint(number)
    assert (view.version, view.questions) == (1, ())
    assert (await lurah.open("/petugas/laporan")).url.path == "/petugas/laporan"


@pytest.mark.parametrize("to", ["", "SELESAII", "menunggu"])
async def test_a_status_that_does_not_exist_is_no_form(signed_in: SignedIn, number: str, to: str) -> None:
    assert await forge(await signed_in("lurah"), f"/petugas/laporan/{number}/status", to=to) == 400
