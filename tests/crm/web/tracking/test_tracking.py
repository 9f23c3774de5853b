"""Tracking: everybody sees what the privacy chosen allows, all else is one refusal; anonymous reporters act here."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from crm.bootstrap import Crm
from crm.domain.complaint import Receipt
from crm.domain.privacy import Privacy
from crm.domain.status import Role, Status
from crm.store.secrets import Argon2Hasher
from crm.web.tracking.attempts import MOST, Attempts, TooManyAttempts
from tests.crm.conftest import Clock, draft
from tests.crm.officers import BIRO, LURAH, finish
from tests.crm.web.conftest import LINKS, Pages
from tests.crm.web.reader import Reader

FIND, ACT = "/lacak", "/lacak/tindakan"
REFUSED = "tidak bisa ditampilkan"


def jpeg() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def reader(pages: Pages) -> Reader:
    return pages.reader()


def file(crm: Crm, privacy: Privacy, **changes: object) -> Receipt:
    return crm.file_complaint(draft(privacy, **({"photos": ()} | changes)))


async def look_up(reader: Reader, number: object, code: str = "") -> str:
    await reader.open("/lacak")
    await reader.send(FIND, nomor=str(number), kode=code)
    return reader.text


async def open_anonymous(reader: Reader, receipt: Receipt) -> None:
    assert receipt.secret_code
    assert str(receipt.report_number) in await look_up(reader, receipt.report_number, receipt.secret_code)


async def act(reader: Reader, what: str, files: object = None, **typed: str) -> None:
    """Send the form of the present page for this act."""
    pattern = rf'<form action="{ACT}"(?:(?!</form>).)*?value="{what}".*?</form>'
    found = re.search(pattern, reader.text, re.DOTALL)
    assert found, f"no form for {what}"
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', found[0]))
    await reader.post(ACT, fields | typed, files)


async def test_anybody_sees_a_public_report_by_its_number_without_personal_data(
    crm: Crm, reader: Reader
) -> None:
    number = file(crm, Privacy.PUBLIK, description="lampu mati, hubungi 081234567890").report_number
    text = await look_up(reader, f" jk{str(number)[2:]} ")
    assert reader.page.status_code == 200
    assert str(reader.page.url).endswith(f"/lacak/{number}")
    assert "lampu mati" in text and "081234567890" not in text
    assert "Menunggu" in text and "Lampu jalan" in text
    assert not reader.offers(ACT)


async def test_a_private_report_opens_by_the_link_from_the_chat_only(crm: Crm, reader: Reader) -> None:
    number = file(crm, Privacy.PRIVAT, description="tetangga ribut").report_number
    await reader.open(LINKS.path(number))
    assert reader.page.status_code == 200 and "tetangga ribut" in reader.text
    assert not reader.offers(ACT), "what is said about it is said in the chat"
    await reader.open(f"/lacak/{number}")
    assert reader.page.status_code == 404 and "tetangga" not in reader.text
    await reader.open(f"/lacak/{number}?k=x")
    assert reader.page.status_code == 404


async def test_no_link_opens_an_anonymous_report(crm: Crm, reader: Reader) -> None:
    receipt = file(crm, Privacy.ANONIM)
    await reader.open(LINKS.path(receipt.report_number))
    assert reader.page.status_code == 404


async def test_an_anonymous_report_opens_by_number_and_code(crm: Crm, reader: Reader) -> None:
    receipt = file(crm, Privacy.ANONIM, description="pungli di loket")
    assert receipt.secret_code
    text = await look_up(reader, receipt.report_number, receipt.secret_code.lower())
    assert "pungli di loket" in text
    assert receipt.secret_code not in str(reader.page.url)


async def test_absent_private_and_wrong_code_are_told_alike(crm: Crm, reader: Reader) -> None:
    private = file(crm, Privacy.PRIVAT).report_number
    anonymous = file(crm, Privacy.ANONIM).report_number
    answers = set()
    for number, code in (
        (private, "AAAA-AAA1"),
        (anonymous, "AAAA-AAA1"),
        ("JK2611249999", "AAAA-AAA1"),
    ):
        text = await look_up(reader, number, code)
        assert reader.page.status_code == 404 and REFUSED in text
        answers.add(re.sub(r'JK\d{10}|name="token" value="[^"]*"', "", text))
    for number in (private, anonymous, "JK2611249999"):
        await reader.open(f"/lacak/{number}")
        assert reader.page.status_code == 404
        answers.add(re.sub(r'JK\d{10}|name="token" value="[^"]*"', "", reader.text))
    assert len(answers) == 1


async def test_every_refusal_costs_one_comparison_of_codes(
    crm: Crm, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [file(crm, privacy).report_number for privacy in (Privacy.PRIVAT, Privacy.ANONIM)]
    compared: list[str] = []
    verify = Argon2Hasher.verify

    def counted(hasher: Argon2Hasher, secret_hash: str | None, code: str) -> bool:
        compared.append(code)
        return verify(hasher, secret_hash, code)

    monkeypatch.setattr(Argon2Hasher, "verify", counted)
    for number in (*numbers, "JK2611249999"):
        await look_up(reader, number, "AAAA-AAA1")
    assert compared == ["AAAAAAA1"] * 3


async def test_nobody_unknown_sends_very_much(crm: Crm, reader: Reader) -> None:
    receipt = file(crm, Privacy.ANONIM)
    await open_anonymous(reader, receipt)
    large = {"foto": ("a.jpg", b"x" * 13 * 1024 * 1024, "image/jpeg")}
    await act(reader, "tambah", files=large, text="Dua lampu.")
    assert reader.page.status_code == 413


@pytest.mark.parametrize("typed", ["", "abc", "'; DROP TABLE", "JK2611240001" * 9, "\x00"])
async def test_what_is_no_number_is_refused_alike(reader: Reader, typed: str) -> None:
    assert REFUSED in await look_up(reader, typed)
    assert reader.page.status_code == 404


async def test_pages_leave_no_trace(crm: Crm, reader: Reader) -> None:
    receipt = file(crm, Privacy.ANONIM)
    await open_anonymous(reader, receipt)
    assert reader.page.headers["referrer-policy"] == "same-origin", "other sites learn no address"
    assert reader.page.headers["cache-control"] == "no-store"
    assert all(str(receipt.secret_code) not in value for value in reader.http.cookies.values())
    assert reader.page.history == [], "the code is in no address that leads here"


async def test_who_tries_too_much_in_vain_has_to_wait(crm: Crm, reader: Reader, clock: Clock) -> None:
    public = file(crm, Privacy.PUBLIK).report_number
    for at in range(MOST):
        await reader.open(f"/lacak/JK26112{at:07d}")
    await reader.open(f"/lacak/{public}")
    assert reader.page.status_code == 429 and "Coba lagi 10 menit lagi" in reader.text
    clock.advance(minutes=11)
    await reader.open(f"/lacak/{public}")
    assert reader.page.status_code == 200


def test_attempts_are_counted_by_network(clock: Clock) -> None:
    attempts = Attempts(clock)
    for at in range(MOST):
        attempts.refused(f"2001:db8:1:2::{at:x}")
    with pytest.raises(TooManyAttempts):
        attempts.check("2001:db8:1:2:ffff::1")
    attempts.check("2001:db8:1:3::1")
    attempts.check("203.0.113.7")


async def test_an_anonymous_reporter_answers_an_officers_question(crm: Crm, reader: Reader) -> None:
    receipt = file(crm, Privacy.ANONIM)
    crm.ask_reporter(receipt.report_number, LURAH, "Lampu yang sebelah mana?")
    await open_anonymous(reader, receipt)
    assert "Lampu yang sebelah mana?" in reader.text
    await act(reader, "jawab", text="")
    assert reader.page.status_code == 422 and "Tulis dulu" in reader.text
    await act(reader, "jawab", text="Yang sebelah kiri.")
    assert "Jawaban Anda terkirim" in reader.text
    (question,) = crm.read_complaint(receipt.report_number, LURAH).questions
    assert question.answer == "Yang sebelah kiri."
    assert question.answered_at and question.answered_at.minute == 0


async def test_an_anonymous_reporter_adds_words_and_a_photo(crm: Crm, reader: Reader) -> None:
    receipt = file(crm, Privacy.ANONIM)
    await open_anonymous(reader, receipt)
    photo = {"foto": ("a.jpg", jpeg(), "image/jpeg")}
    await act(reader, "tambah", files=photo, text="Sekarang dua lampu.")
    assert "sudah ditambahkan" in reader.text
    (addition,) = crm.read_complaint(receipt.report_number, LURAH).additions
    assert addition.text == "Sekarang dua lampu." and len(addition.photos) == 1
    address = re.search(rf'src="(/lacak/foto/{addition.photos[0]}[^"]*)"', reader.text)
    assert address
    await reader.open(address[1].replace("&amp;", "&"))
    assert reader.page.headers["content-type"] == "image/jpeg"


async def test_a_file_that_is_no_photo_is_refused_and_the_words_stay(crm: Crm, reader: Reader) -> None:
    receipt = file(crm, Privacy.ANONIM)
    await open_anonymous(reader, receipt)
    await act(reader, "tambah", files={"foto": ("a.jpg", b"no photo", "image/jpeg")}, text="Dua lampu.")
    assert reader.page.status_code == 422
    assert "bukan foto" in reader.text and "Dua lampu." in reader.text
    assert crm.read_complaint(receipt.report_number, LURAH).additions == ()


async def test_an_anonymous_reporter_says_that_it_is_not_done(crm: Crm, reader: Reader) -> None:
    receipt = file(crm, Privacy.ANONIM)
    finish(crm, receipt.report_number)
    await open_anonymous(reader, receipt)
    await act(reader, "belum", text="Masih gelap.")
    assert "Laporan dibuka lagi" in reader.text
    assert crm.read_complaint(receipt.report_number).status is Status.TL_DITOLAK


async def test_an_anonymous_reporter_says_that_it_is_done(crm: Crm, reader: Reader) -> None:
    receipt = file(crm, Privacy.ANONIM)
    finish(crm, receipt.report_number)
    await open_anonymous(reader, receipt)
    await act(reader, "sudah", nilai="5")
    assert "Terima kasih" in reader.text
    (verdict,) = crm.read_complaint(receipt.report_number, BIRO).verdicts
    assert verdict.rating == 5


async def test_after_seven_days_nothing_can_be_reopened(crm: Crm, reader: Reader, clock: Clock) -> None:
    receipt = file(crm, Privacy.ANONIM)
    finish(crm, receipt.report_number)
    await open_anonymous(reader, receipt)
    page = reader.page
    clock.advance(days=8)
    await act(reader, "belum", text="Rusak lagi.")
    assert reader.page.status_code == 422 and "lebih dari 7 hari" in reader.text
    reader.page = page
    await open_anonymous(reader, receipt)
    assert 'value="belum"' not in reader.text


async def test_an_anonymous_reporter_withdraws(crm: Crm, reader: Reader) -> None:
    receipt = file(crm, Privacy.ANONIM)
    await open_anonymous(reader, receipt)
    await act(reader, "cabut", text="Sudah beres sendiri.")
    assert "Laporan sudah dicabut" in reader.text
    view = crm.read_complaint(receipt.report_number)
    assert (view.status, view.history[-1].note) == (Status.DIBATALKAN, "Sudah beres sendiri.")
    assert view.history[-1].role is Role.PELAPOR
    assert not reader.offers(ACT)


@pytest.mark.parametrize("privacy", list(Privacy))
async def test_nobody_acts_without_the_right_code_and_no_words_are_lost(
    crm: Crm, reader: Reader, privacy: Privacy, tmp_path: Path
) -> None:
    receipt = file(crm, privacy)
    await open_anonymous(reader, file(crm, Privacy.ANONIM))
    photo = {"foto": ("a.jpg", jpeg(), "image/jpeg")}
    await act(reader, "tambah", files=photo, text="Bukan punya saya.", nomor=str(receipt.report_number))
    assert reader.page.status_code == 404
    assert "Bukan punya saya." in reader.text
    assert crm.read_complaint(receipt.report_number, LURAH).additions == ()
    assert not list(tmp_path.rglob("*.jpg")), "nobody's photo is kept"


async def test_a_form_of_another_page_is_refused(crm: Crm, reader: Reader) -> None:
    receipt = file(crm, Privacy.ANONIM)
    await open_anonymous(reader, receipt)
    await act(reader, "cabut", token="x")
    assert reader.page.status_code == 403
    assert crm.read_complaint(receipt.report_number).status is Status.MENUNGGU


async def test_photos_need_the_page_that_showed_them(
    crm: Crm, pages: Pages, reader: Reader, clock: Clock
) -> None:
    name = await pages.media.keep_photo(jpeg())
    number = file(crm, Privacy.PRIVAT, photos=(name,)).report_number
    await reader.open(LINKS.path(number))
    (address,) = set(re.findall(rf'/lacak/foto/{name}[^"]*', reader.text))
    address = address.replace("&amp;", "&")
    assert (await reader.open(address)).status_code == 200
    assert (await reader.open(f"/lacak/foto/{name}")).status_code == 404
    clock.advance(hours=3)
    assert (await reader.open(address)).status_code == 404


async def test_a_public_report_does_not_show_what_reporter_and_officers_said(
    crm: Crm, reader: Reader
) -> None:
    number = file(crm, Privacy.PUBLIK).report_number
    question = crm.ask_reporter(number, LURAH, "Dekat rumah nomor berapa?")
    crm.answer_question(question.question_id, "Nomor tujuh.", reporter="warga")
    await reader.open(f"/lacak/{number}")
    assert "nomor berapa" not in reader.text and "Nomor tujuh" not in reader.text
    await reader.open(LINKS.path(number))
    assert "Nomor tujuh." in reader.text
