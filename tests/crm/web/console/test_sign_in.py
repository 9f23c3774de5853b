import re

import pytest

from crm.bootstrap import Crm
from crm.domain.officers import NewOfficer
from crm.domain.status import Role
from crm.domain.totp import step_of, totp_code
from tests.crm.conftest import Clock
from tests.crm.web.conftest import Pages
from tests.crm.web.reader import PASSWORD


@pytest.fixture
def budi(crm: Crm) -> str:
    account = NewOfficer("budi", "Budi Santoso", Role.DINAS, unit="bina_marga")
    return crm.create_officer(account, PASSWORD, by=None).username


async def test_who_is_not_signed_in_signs_in_first_and_then_goes_on(pages: Pages, budi: str) -> None:
    reader = pages.reader()
    await reader.open("/petugas/laporan?status=Proses")
    assert reader.page.url.path == "/petugas/masuk"
    await reader.send("/petugas/masuk", username=budi, password=PASSWORD)
    assert str(reader.page.url).endswith("/petugas/laporan?status=Proses")


@pytest.mark.parametrize(
    "onward", ["https://example.org/", "//example.org", "/petugas/masuk", "javascript:1"]
)
async def test_signing_in_leads_nowhere_else(pages: Pages, budi: str, onward: str) -> None:
    reader = pages.reader()
    await reader.open("/petugas/masuk")
    await reader.send("/petugas/masuk", username=budi, password=PASSWORD, ke=onward)
    assert reader.page.url.path == "/petugas/laporan"


async def test_the_cookie_is_for_this_site_and_no_script(pages: Pages, budi: str) -> None:
    reader = pages.reader()
    await reader.open("/petugas/masuk")
    form = reader.form("/petugas/masuk").fields | {"username": budi, "password": PASSWORD}
    answer = await reader.http.post("/petugas/masuk", data=form)
    cookie = next(one for one in answer.headers.get_list("set-cookie") if "aduan_petugas" in one)
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie


async def test_wrong_name_and_wrong_password_read_alike(pages: Pages, budi: str) -> None:
    reader = pages.reader()
    answers = []
    for username, password in (("siapa", PASSWORD), (budi, "kata sandi lain yang panjang")):
        answer = await reader.sign_in(username, password)
        assert answer.status_code == 403
        assert password not in answer.text
        answers.append(re.sub(r'value="[^"]*"', "", answer.text))
    assert answers[0] == answers[1]


async def test_too_many_attempts_are_told_and_refused(pages: Pages, budi: str) -> None:
    reader = pages.reader()
    for _ in range(5):
        await reader.sign_in(budi, "kata sandi lain yang panjang")
    answer = await reader.sign_in(budi)
    assert answer.status_code == 429
    assert "Terlalu banyak percobaan" in answer.text


async def test_the_second_factor_is_asked_for_once_it_is_set_up(
    pages: Pages, crm: Crm, clock: Clock, budi: str
) -> None:
    _, officer = crm.sign_in(budi, PASSWORD, "", "")
    secret = crm.enrol_totp(officer).secret
    crm.confirm_totp(officer, totp_code(secret, step_of(clock())))
    clock.advance(minutes=2)
    reader = pages.reader()
    assert (await reader.sign_in(budi)).status_code == 403
    assert (await reader.sign_in(budi, code=totp_code(secret, step_of(clock())))).status_code == 200


async def test_a_form_without_the_browsers_token_is_refused(pages: Pages, budi: str) -> None:
    reader, other = pages.reader(), pages.reader()
    await reader.open("/petugas/masuk")
    await other.open("/petugas/masuk")
    fields = {"username": budi, "password": PASSWORD, "code": "", "ke": ""}
    foreign = other.form("/petugas/masuk").fields["token"]
    for token in ("", "x", foreign):
        answer = await reader.post("/petugas/masuk", fields | {"token": token})
        assert answer.status_code == 403
        assert "tidak berlaku" in answer.text


async def test_signing_out_ends_the_session(pages: Pages, budi: str) -> None:
    reader = pages.reader()
    await reader.sign_in(budi)
    cookies = dict(reader.http.cookies)
    await reader.send("/petugas/keluar")
    assert reader.page.url.path == "/petugas/masuk"
    reader.http.cookies.update(cookies)
    await reader.open("/petugas/laporan")
    assert reader.page.url.path == "/petugas/masuk"


async def test_what_is_not_there_is_told_on_a_page_of_ours(pages: Pages) -> None:
    answer = await pages.reader().open("/petugas/tidak/ada")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "Tidak ada di sini" in answer.text
