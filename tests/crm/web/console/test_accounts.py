"""Accounts by administrators, and one's own account."""

import re

import pytest

from crm.bootstrap import Crm
from crm.domain.errors import SignInRefused
from crm.domain.totp import step_of, totp_code
from tests.crm.conftest import Clock
from tests.crm.web.console.conftest import SignedIn
from tests.crm.web.reader import PASSWORD

NEW = {"name": "Joko", "username": "joko", "role": "sudin", "unit": "sudin_sda", "area": "31.74"}
OTHER = "kata sandi lain yang panjang"


async def test_an_administrator_makes_an_account_that_can_be_used(signed_in: SignedIn, crm: Crm) -> None:
    admin = await signed_in("admin")
    assert admin.page.url.path == "/petugas/akun"
    await admin.send("/petugas/akun", password=PASSWORD, **NEW)
    assert "Akun sudah dibuat" in admin.text
    _, joko = crm.sign_in("joko", PASSWORD, "", "")
    assert (joko.name, joko.role, joko.unit, joko.area) == ("Joko", "sudin", "sudin_sda", "31.74")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"unit": ""}, "perlu unit"),
        ({"username": "lurah"}, "sudah dipakai"),
        ({"password": "pendek"}, "12 sampai 200 karakter"),
        ({"role": "kelurahan", "area": ""}, "perlu wilayah"),
    ],
)
async def test_what_does_not_fit_is_told_and_stays_in_the_form(
    signed_in: SignedIn, wrong: dict[str, str], told: str
) -> None:
    admin = await signed_in("admin")
    await admin.send("/petugas/akun", **({"password": PASSWORD} | NEW | wrong))
    assert admin.page.status_code == 422
    assert told in admin.text
    assert admin.form("/petugas/akun").fields["name"] == "Joko"
    assert PASSWORD not in admin.text


async def test_a_stopped_account_is_out_at_once_and_comes_back_with_a_new_password(
    signed_in: SignedIn, crm: Crm
) -> None:
    admin, lurah = await signed_in("admin"), await signed_in("lurah")
    await admin.send("/akun/lurah/henti")
    assert "Dihentikan" in admin.text
    await lurah.open("/petugas/laporan")
    assert lurah.page.url.path == "/petugas/masuk"
    await admin.send("/akun/lurah/atur-ulang", password=OTHER)
    assert crm.sign_in("lurah", OTHER, "", "")[1].active


async def test_nobody_stops_their_own_account(signed_in: SignedIn, crm: Crm) -> None:
    admin = await signed_in("admin")
    assert not admin.offers("/akun/admin/henti")
    token = admin.form("/petugas/keluar").fields["token"]
    await admin.post("/petugas/akun/admin/henti", {"token": token})
    assert admin.page.status_code == 422
    assert crm.sign_in("admin", PASSWORD, "", "")


async def test_a_password_is_changed_by_its_owner(signed_in: SignedIn, crm: Crm) -> None:
    lurah = await signed_in("lurah")
    await lurah.open("/petugas/saya")
    for typed, told in [
        ({"present": "salah salah salah", "wanted": OTHER, "again": OTHER}, "tidak cocok"),
        ({"present": PASSWORD, "wanted": OTHER, "again": OTHER + "x"}, "tidak sama"),
        ({"present": PASSWORD, "wanted": "pendek", "again": "pendek"}, "12 sampai 200"),
    ]:
        await lurah.send("/saya/kata-sandi", **typed)
        assert lurah.page.status_code == 422
        assert told in lurah.text
    await lurah.send("/saya/kata-sandi", present=PASSWORD, wanted=OTHER, again=OTHER)
    assert lurah.page.url.path == "/petugas/masuk"
    assert "Kata sandi sudah diganti" in lurah.text
    with pytest.raises(SignInRefused):
        crm.sign_in("lurah", PASSWORD, "", "")
    assert crm.sign_in("lurah", OTHER, "", "")


async def test_the_second_factor_is_set_up_with_a_code_of_it(
    signed_in: SignedIn, crm: Crm, clock: Clock
) -> None:
    lurah = await signed_in("lurah")
    assert "belum memakai kode kedua" in lurah.text
    await lurah.open("/petugas/saya")
    await lurah.send("/saya/kode-kedua")
    found = re.search(r"secret=([A-Z2-7]+)", lurah.text)
    assert found and found[1] in lurah.text.replace(" ", "")
    await lurah.send("/saya/kode-kedua/pasang", code="000000")
    assert lurah.page.status_code == 422
    await lurah.send("/saya/kode-kedua/pasang", code=totp_code(found[1], step_of(clock())))
    assert "Kode kedua sudah terpasang" in lurah.text
    assert not lurah.offers("/saya/kode-kedua")
    with pytest.raises(SignInRefused):
        crm.sign_in("lurah", PASSWORD, "", "")
