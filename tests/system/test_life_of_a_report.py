"""A report's whole life through all processes: chat, console, reopened by its reporter, closed by its reporter."""

import asyncio
import io
import re
from collections.abc import Awaitable, Callable
from typing import TypeVar

import httpx
from PIL import Image

from crm.bootstrap import Crm
from crm.domain.officers import NewOfficer
from crm.domain.status import Role, Status
from tests.crm.web.reader import PASSWORD, Reader, forms_of
from tests.system.citizen import PLACE, Citizen, file_privately
from tests.system.running import System

T = TypeVar("T")
QUESTION = "Tiang yang sebelah mana?"
LINK = re.compile(r"/lacak/\S+\?k=\S+")


class Officer:
    """Somebody at the console, signed in anew for each piece of work, as on a shared machine."""

    def __init__(self, system: System, username: str) -> None:
        self._url = system.url
        self._username = username

    def works(self, deed: Callable[[Reader], Awaitable[T]]) -> T:
        """Do something at the console."""

        async def signed_in() -> T:
            async with httpx.AsyncClient(base_url=self._url, trust_env=False, timeout=30) as http:
                reader = Reader(http)
                page = await reader.sign_in(self._username, PASSWORD)
                assert page.status_code == 200, page.text
                return await deed(reader)

        return asyncio.run(signed_in())

    def reads(self, address: str) -> str:
        """Open a page of the console."""

        async def read(reader: Reader) -> str:
            return (await reader.open(address)).text

        return self.works(read)

    def moves(self, number: str, to: Status, proof: bool = False, **typed: str) -> None:
        """Send the form that leads to a status, as the report's page shows it."""

        async def move(reader: Reader) -> None:
            await reader.open(f"/petugas/laporan/{number}")
            form = next(form for form in forms_of(reader.text) if form.fields.get("to") == to.name)
            files = [("photos", ("bukti.jpg", photo()))] if proof else None
            await reader.post(f"/petugas/laporan/{number}/status", form.fields | typed, files)
            assert f"Status sekarang: {to.label}" in reader.text

        self.works(move)

    def asks(self, number: str, question: str) -> None:
        """Ask the reporter."""

        async def ask(reader: Reader) -> None:
            await reader.open(f"/petugas/laporan/{number}")
            await reader.send(f"/petugas/laporan/{number}/tanya", text=question)
            assert question in reader.text

        self.works(ask)


def photo() -> bytes:
    """Return a photo as proof."""
    content = io.BytesIO()
    Image.new("RGB", (640, 480), "tan").save(content, "JPEG")
    return content.getvalue()


def officers_of(system: System, crm: Crm) -> tuple[Officer, ...]:
    """Make who works in Tebet Timur, at Bina Marga, at Biro Pemerintahan, and at a unit without a part in it."""
    [area] = [kelurahan.code for kelurahan in crm.reference.areas if kelurahan.name == "Tebet Timur"]
    accounts = (
        NewOfficer("lurah", "Siti Aminah", Role.KELURAHAN, area=area),
        NewOfficer("dinas", "Budi Santoso", Role.DINAS, unit="bina_marga"),
        NewOfficer("biro", "Agus Pratama", Role.BIRO_PEMERINTAHAN),
        NewOfficer("lain", "Rina Wulandari", Role.DINAS, unit="dlh"),
    )
    for account in accounts:
        crm.create_officer(account, PASSWORD, by=None)
    return tuple(Officer(system, account.username) for account in accounts)


def finish(citizen: Citizen, number: str, dinas: Officer, biro: Officer) -> None:
    """Work on it, declare it done with a photo, accept it; the citizen hears each."""
    dinas.moves(number, Status.PROSES)
    citizen.gets("news_proses")
    dinas.moves(number, Status.MENUNGGU_VALIDASI, proof=True, note="Lampunya sudah kami ganti.")
    citizen.gets("news_menunggu_validasi")
    biro.moves(number, Status.SELESAI)
    citizen.gets("news_selesai")


def test_from_chat_to_closed_to_reopened_to_closed(citizen: Citizen, system: System, crm: Crm) -> None:
    lurah, dinas, biro, elsewhere = officers_of(system, crm)
    number = file_privately(citizen)
    page = lurah.reads("/petugas/laporan")
    assert number in page and "Tebet Timur" in page
    assert number not in elsewhere.reads("/petugas/laporan")
    lurah.moves(number, Status.KOORDINASI, note="Diteruskan, ini lampu jalan umum.")
    citizen.gets("news_koordinasi")
    dinas.asks(number, QUESTION)
    citizen.gets("news_question")
    citizen.taps("Jawab")
    citizen.says("yang di depan warung kopi")
    citizen.gets("answered")
    answered = dinas.reads(f"/petugas/laporan/{number}")
    assert "yang di depan warung kopi" in answered and citizen.conversation_id not in answered
    finish(citizen, number, dinas, biro)
    citizen.taps("Belum")
    citizen.says("semalam masih mati juga")
    citizen.gets("reopened")
    assert "semalam masih mati juga" in dinas.reads(f"/petugas/laporan/{number}")
    finish(citizen, number, dinas, biro)
    citizen.taps("Sudah")
    citizen.gets("ask_rating")
    citizen.says("5")
    citizen.gets("ask_comment")
    citizen.says("terima kasih sudah cepat")
    citizen.gets("commented")
    view = crm.read_complaint(number)
    assert (view.status, view.reopened, view.verdicts[-1].rating) == (Status.SELESAI, 1, 5)
    assert view.closed_at is not None


def test_the_tracking_page_opens_by_the_link_from_the_chat_alone(citizen: Citizen, system: System) -> None:
    number = file_privately(citizen)
    citizen.says("status laporan saya")
    citizen.gets("status_one")
    citizen.sees("/lacak/")
    link = LINK.search(citizen.text)
    assert link
    with httpx.Client(base_url=system.url, trust_env=False, follow_redirects=True) as http:
        by_link, by_number = http.get(link.group()), http.get(f"/lacak/{number}")
    assert "lampu jalan mati" in by_link.text and "Tebet Timur" in by_link.text
    assert "lampu jalan mati" not in by_number.text and PLACE not in by_number.text
