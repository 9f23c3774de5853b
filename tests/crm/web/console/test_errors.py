"""What goes wrong is told on a page of ours; what was typed is shown again; logs hold nothing of it."""

import logging

import pytest

from crm.bootstrap import Crm
from crm.domain.errors import StoreUnavailable
from crm.domain.officers import Officer
from crm.domain.status import Status
from crm.web.shared.photos import PhotosUnavailable
from gateway.media import Media
from tests.crm.web.conftest import Pages
from tests.crm.web.console.conftest import SignedIn

SENTENCE = "Kalimat panjang yang sayang kalau hilang."


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (StoreUnavailable("away"), 503, "Sistem sedang tidak menjawab"),
        (RuntimeError(SENTENCE), 500, "Ada yang salah di pihak kami"),
    ],
)
async def test_what_fails_is_told_and_nothing_typed_is_lost(
    signed_in: SignedIn,
    number: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    status: int,
    told: str,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    lurah = await signed_in("lurah")
    await lurah.open(f"/petugas/laporan/{number}")
    monkeypatch.setattr(Crm, "ask_reporter", fail)
    with caplog.at_level(logging.WARNING):
        await lurah.send("/tanya", text=SENTENCE)
    assert lurah.page.status_code == status
    assert told in lurah.text and SENTENCE in lurah.text
    assert caplog.records
    assert SENTENCE not in caplog.text and number not in caplog.text


async def test_photos_that_cannot_be_kept_now_lose_nothing_typed(
    signed_in: SignedIn,
    crm: Crm,
    officers: dict[str, Officer],
    number: str,
    media: Media,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    crm.change_status(number, Status.PROSES, officer=officers["lurah"])
    lurah = await signed_in("lurah")
    await lurah.open(f"/petugas/laporan/{number}")
    fields = lurah.form("/status").fields | {"to": "MENUNGGU_VALIDASI", "note": SENTENCE}

    async def away(content: bytes) -> str:
        raise PhotosUnavailable

    monkeypatch.setattr(media, "keep_photo", away)
    await lurah.post(f"/petugas/laporan/{number}/status", fields, {"photos": ("a.jpg", b"a")})
    assert lurah.page.status_code == 503
    assert "Penyimpanan foto sedang tidak menjawab" in lurah.text and SENTENCE in lurah.text
    assert crm.read_complaint(number).status is Status.PROSES


async def test_what_is_too_large_or_no_form_is_refused(signed_in: SignedIn, number: str) -> None:
    lurah = await signed_in("lurah")
    address = f"/petugas/laporan/{number}/status"
    large = {"photos": ("a.jpg", b"x" * (41 * 1024 * 1024))}
    assert (await lurah.post(address, {}, large)).status_code == 413
    assert "Paling banyak 4 foto" in lurah.text
    for content_type in ("application/json", "multipart/form-data", ""):
        answer = await lurah.http.post(address, content=b"{}", headers={"Content-Type": content_type})
        assert answer.status_code == 400


async def test_somebody_unknown_may_not_send_much(pages: Pages, number: str) -> None:
    large = {"photos": ("a.jpg", b"x" * (5 * 1024 * 1024))}
    answer = await pages.reader().post(f"/petugas/laporan/{number}/status", {}, large)
    assert answer.status_code == 413
