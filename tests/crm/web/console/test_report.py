"""The report page over HTTP, without JavaScript: every form as it stands in the page."""

import io

import pytest
from PIL import Image

from crm.bootstrap import Crm
from crm.domain.officers import Officer
from crm.domain.privacy import Privacy
from crm.domain.status import Status
from gateway.media import Media
from tests.crm.web.city import file_report
from tests.crm.web.console.conftest import SignedIn
from tests.crm.web.reader import Reader, forms_of

Officers = dict[str, Officer]


def photo(size: tuple[int, int] = (40, 30)) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", size, (120, 110, 100)).save(content, "JPEG")
    return content.getvalue()


def proof(*contents: bytes) -> list[tuple[str, tuple[str, bytes]]]:
    return [("photos", (f"{at}.jpg", content)) for at, content in enumerate(contents)]


def start_work(crm: Crm, officers: Officers, number: str) -> None:
    crm.change_status(number, Status.PROSES, officer=officers["lurah"])


def form_of(reader: Reader, to: Status) -> dict[str, str]:
    """The fields of the form that leads to a status."""
    return next(form for form in forms_of(reader.text) if form.fields.get("to") == to.name).fields


async def send_status(reader: Reader, number: str, to: Status, files: object = None, **typed: str) -> None:
    await reader.post(f"/petugas/laporan/{number}/status", form_of(reader, to) | typed, files)


async def test_a_new_report_goes_to_the_suggested_unit(signed_in: SignedIn, crm: Crm, number: str) -> None:
    lurah = await signed_in("lurah")
    await lurah.open(f"/petugas/laporan/{number}")
    assert "Usul: Dinas Bina Marga, karena" in lurah.text
    await send_status(lurah, number, Status.KOORDINASI, note="Kami teruskan.")
    view = crm.read_complaint(number)
    assert (view.status, view.unit, view.history[-1].note) == (
        Status.KOORDINASI,
        "bina_marga",
        "Kami teruskan.",
    )
    assert "Status sekarang: Koordinasi" in lurah.text


async def test_done_needs_a_note_and_a_photo_which_the_next_officer_sees(
    signed_in: SignedIn, crm: Crm, officers: Officers, number: str
) -> None:
    start_work(crm, officers, number)
    lurah = await signed_in("lurah")
    await lurah.open(f"/petugas/laporan/{number}")
    await send_status(lurah, number, Status.MENUNGGU_VALIDASI, note="Sudah ditambal.")
    assert lurah.page.status_code == 422
    assert "foto bukti atau alasan mengapa tidak ada foto" in lurah.text
    assert "Sudah ditambal." in lurah.text
    await send_status(lurah, number, Status.MENUNGGU_VALIDASI, proof(photo(), photo()))
    view = crm.read_complaint(number)
    assert view.status is Status.MENUNGGU_VALIDASI
    assert len(view.history[-1].photos) == 2
    biro = await signed_in("biro")
    await biro.open(f"/petugas/laporan/{number}")
    shown = await biro.http.get(f"/petugas/laporan/{number}/foto/{view.history[-1].photos[0]}")
    assert shown.headers["content-type"] == "image/jpeg"
    await send_status(biro, number, Status.SELESAI)
    assert crm.read_complaint(number).status is Status.SELESAI


async def test_a_reason_why_there_is_no_photo_will_do(
    signed_in: SignedIn, crm: Crm, officers: Officers, number: str
) -> None:
    start_work(crm, officers, number)
    lurah = await signed_in("lurah")
    await lurah.open(f"/petugas/laporan/{number}")
    await send_status(
        lurah, number, Status.MENUNGGU_VALIDASI, note="Sudah ditegur.", no_photo_reason="Menyangkut orang."
    )
    assert "Tanpa foto: Menyangkut orang." in lurah.text


async def test_a_file_that_is_no_photo_is_told_and_the_good_one_is_not_lost(
    signed_in: SignedIn, crm: Crm, officers: Officers, number: str
) -> None:
    start_work(crm, officers, number)
    lurah = await signed_in("lurah")
    await lurah.open(f"/petugas/laporan/{number}")
    await send_status(
        lurah, number, Status.MENUNGGU_VALIDASI, proof(photo(), b"%PDF-1.4"), note="Sudah ditambal."
    )
    assert lurah.page.status_code == 422
    assert "Berkas itu bukan foto" in lurah.text
    assert "1 foto sudah tersimpan" in lurah.text
    assert crm.read_complaint(number).status is Status.PROSES
    await send_status(lurah, number, Status.MENUNGGU_VALIDASI)
    view = crm.read_complaint(number)
    assert (view.status, view.history[-1].note) == (Status.MENUNGGU_VALIDASI, "Sudah ditambal.")
    assert len(view.history[-1].photos) == 1


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (proof(*[photo()] * 5), "Fotonya terlalu banyak"),
        (proof(photo()[:100]), "rusak"),
        (proof(b"x" * (10 * 1024 * 1024 + 1)), "terlalu besar"),
    ],
    ids=["five", "broken", "large"],
)
async def test_other_photos_are_refused_with_the_reason(
    signed_in: SignedIn, crm: Crm, officers: Officers, number: str, files: object, told: str
) -> None:
    start_work(crm, officers, number)
    lurah = await signed_in("lurah")
    await lurah.open(f"/petugas/laporan/{number}")
    await send_status(lurah, number, Status.MENUNGGU_VALIDASI, files, note="Sudah ditambal.")
    assert lurah.page.status_code == 422
    assert told in lurah.text


async def test_a_photo_of_another_report_cannot_be_put_into_a_form(
    signed_in: SignedIn, crm: Crm, officers: Officers, number: str, media: Media
) -> None:
    start_work(crm, officers, number)
    foreign = await media.keep_photo(photo())
    lurah = await signed_in("lurah")
    await lurah.open(f"/petugas/laporan/{number}")
    for kept in (foreign, f"{foreign}~", f"{foreign}~{'0' * 32}"):
        await send_status(lurah, number, Status.MENUNGGU_VALIDASI, note="Sudah ditambal.", kept=kept)
        assert lurah.page.status_code == 422


async def test_two_officers_at_once_the_second_sees_what_happened_and_loses_nothing(
    signed_in: SignedIn, crm: Crm, officers: Officers, number: str
) -> None:
    biro, lurah = await signed_in("biro"), await signed_in("lurah")
    await biro.open(f"/petugas/laporan/{number}")
    await lurah.open(f"/petugas/laporan/{number}")
    await send_status(
        biro, number, Status.DITOLAK, refusal="bukan_aduan", note="Ini ucapan terima kasih, bukan aduan."
    )
    await send_status(lurah, number, Status.KOORDINASI, note="Kalimat panjang yang sayang kalau hilang.")
    assert lurah.page.status_code == 409
    assert "baru saja diubah orang lain" in lurah.text
    assert "biro pemerintahan mengubahnya menjadi" in lurah.text
    assert "Ini ucapan terima kasih, bukan aduan." in lurah.text
    assert "Kalimat panjang yang sayang kalau hilang." in lurah.text
    assert crm.read_complaint(number).status is Status.DITOLAK


async def test_where_the_step_is_still_possible_the_second_officer_can_send_again(
    signed_in: SignedIn, crm: Crm, officers: Officers, number: str
) -> None:
    start_work(crm, officers, number)
    lurah = await signed_in("lurah")
    await lurah.open(f"/petugas/laporan/{number}")
    crm.change_status(
        number, Status.MENUNGGU_VALIDASI, officer=officers["lurah"], note="a", no_photo_reason="b"
    )
    crm.change_status(number, Status.TL_DITOLAK, officer=officers["biro"], note="Foto ulang.")
    crm.change_status(number, Status.PROSES, officer=officers["lurah"])
    await send_status(
        lurah, number, Status.MENUNGGU_VALIDASI, proof(photo()), note="Sudah ditambal sampai rata."
    )
    assert lurah.page.status_code == 409
    assert crm.read_complaint(number).status is Status.PROSES
    await send_status(lurah, number, Status.MENUNGGU_VALIDASI)
    view = crm.read_complaint(number)
    assert (view.status, view.history[-1].note) == (
        Status.MENUNGGU_VALIDASI,
        "Sudah ditambal sampai rata.",
    )
    assert len(view.history[-1].photos) == 1


async def test_templates_work_without_javascript_and_blanks_are_not_sent(
    signed_in: SignedIn, crm: Crm, officers: Officers, number: str
) -> None:
    start_work(crm, officers, number)
    lurah = await signed_in("lurah")
    await lurah.open(f"/petugas/laporan/{number}")
    await send_status(lurah, number, Status.MENUNGGU_VALIDASI, template="sudah_dikerjakan")
    assert lurah.page.status_code == 200
    assert form_of(lurah, Status.MENUNGGU_VALIDASI)["note"] == "Sudah kami kerjakan, yaitu …"
    await send_status(lurah, number, Status.MENUNGGU_VALIDASI, no_photo_reason="hujan")
    assert lurah.page.status_code == 422
    assert "Masih ada tanda …" in lurah.text
    assert crm.read_complaint(number).status is Status.PROSES


async def test_a_refusal_brings_its_sentence(signed_in: SignedIn, crm: Crm, number: str) -> None:
    lurah = await signed_in("lurah")
    await lurah.open(f"/petugas/laporan/{number}")
    await send_status(lurah, number, Status.DITOLAK, refusal="luar_jakarta", template="refusal")
    note = form_of(lurah, Status.DITOLAK)["note"]
    assert note == crm.reference.refusals["luar_jakarta"].sentence
    await send_status(lurah, number, Status.DITOLAK)
    view = crm.read_complaint(number)
    assert (view.status, view.refusal, view.history[-1].note) == (Status.DITOLAK, "luar_jakarta", note)
    assert "Lokasinya di luar Jakarta" in lurah.text


async def test_merging_names_the_other_report(signed_in: SignedIn, crm: Crm, number: str) -> None:
    other = str(file_report(crm, "Lubang yang sama di depan pasar."))
    lurah = await signed_in("lurah")
    await lurah.open(f"/petugas/laporan/{number}")
    assert f'value="{other}"' in lurah.text
    await send_status(lurah, number, Status.DIGABUNG, into="JK2611249999")
    assert lurah.page.status_code == 422
    assert "Tidak ada laporan tujuan" in lurah.text
    await send_status(lurah, number, Status.DIGABUNG, into=other)
    assert crm.read_complaint(number).merged_into is not None
    assert f"/petugas/laporan/{other}" in lurah.text


async def test_a_question_reaches_the_reporter_once(signed_in: SignedIn, crm: Crm, number: str) -> None:
    lurah = await signed_in("lurah")
    for _ in range(2):
        await lurah.open(f"/petugas/laporan/{number}")
        await lurah.send("/tanya", text="Patokannya apa?")
        assert "Belum dijawab" in lurah.text
    view = crm.read_complaint(number)
    assert [one.text for one in view.questions] == ["Patokannya apa?"]
    crm.answer_question(view.questions[0].question_id, "Dekat masjid.", reporter="warga")
    await lurah.open(f"/petugas/laporan/{number}")
    assert "Dekat masjid." in lurah.text


async def test_a_second_problem_becomes_a_report_of_its_own(
    signed_in: SignedIn, crm: Crm, number: str
) -> None:
    lurah, other = await signed_in("lurah"), await signed_in("lurah")
    await lurah.open(f"/petugas/laporan/{number}")
    await other.open(f"/petugas/laporan/{number}")
    await lurah.send("/pecah", description="Lampunya juga mati.", category="pju")
    (part,) = crm.read_complaint(number).split_into
    assert f"/petugas/laporan/{part}" in lurah.text
    await other.send("/pecah", description="Lampu di sana mati.", category="pju")
    assert other.page.status_code == 409
    assert "Lampu di sana mati." in other.text
    assert len(crm.read_complaint(number).split_into) == 1


async def test_nothing_of_the_reporter_is_on_the_page(
    signed_in: SignedIn, crm: Crm, officers: Officers
) -> None:
    number = str(file_report(crm, privacy=Privacy.PRIVAT, reporter="percakapan-rahasia"))
    for username in ("lurah", "biro", "supervisor"):
        reader = await signed_in(username)
        await reader.open(f"/petugas/laporan/{number}")
        assert reader.page.status_code == 200
        assert "percakapan-rahasia" not in reader.text
        assert "web" not in reader.text.replace("WebP", "")


async def test_what_is_not_theirs_is_not_there(signed_in: SignedIn, crm: Crm, media: Media) -> None:
    name = await media.keep_photo(photo())
    number = file_report(crm, photos=(name,))
    for username in ("sudin", "admin"):
        reader = await signed_in(username)
        assert (await reader.open(f"/petugas/laporan/{number}")).status_code == 404
        assert "Jalan berlubang" not in reader.text
        assert (await reader.open(f"/petugas/laporan/{number}/foto/{name}")).status_code == 404


async def test_a_photo_is_shown_with_its_own_report_only(
    signed_in: SignedIn, crm: Crm, officers: Officers, media: Media
) -> None:
    name = await media.keep_photo(photo())
    own = file_report(crm, photos=(name,))
    other = file_report(crm)
    lurah = await signed_in("lurah")
    assert (await lurah.open(f"/petugas/laporan/{own}/foto/{name}")).status_code == 200
    assert lurah.page.headers["cache-control"] == "private, no-cache"
    known = {"If-None-Match": lurah.page.headers["etag"]}
    again = await lurah.http.get(f"/petugas/laporan/{own}/foto/{name}", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert (await lurah.http.get(f"/petugas/laporan/{other}/foto/{name}", headers=known)).status_code == 404
    assert (await lurah.open(f"/petugas/laporan/{other}/foto/{name}")).status_code == 404


async def test_a_session_that_ended_shows_what_was_written(
    signed_in: SignedIn, crm: Crm, officers: Officers, number: str
) -> None:
    lurah = await signed_in("lurah")
    await lurah.open(f"/petugas/laporan/{number}")
    crm.stop_officer("lurah", by=None)
    await send_status(lurah, number, Status.KOORDINASI, note="Kalimat panjang yang sayang kalau hilang.")
    assert lurah.page.status_code == 403
    assert "Kalimat panjang yang sayang kalau hilang." in lurah.text
    assert crm.read_complaint(number).status is Status.MENUNGGU
