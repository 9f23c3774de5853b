"""A report over Telegram and WhatsApp, through all processes, and what is left of an anonymous one."""

import io
from pathlib import Path

import pytest
from PIL import Image
from PIL.ExifTags import Base

from tests.conversations.responses import names_in
from tests.system.citizen import ANSWER_SECONDS, REPORT_NUMBER, SECRET_CODE
from tests.system.kept import files_holding, is_forgotten
from tests.system.phones import Phone, Telegram, WhatsApp
from tests.system.running import System, until

NAME = "KanariSiti"
COMPLAINT = "lampu jalan mati di depan SDN 01 kelurahan Tebet Timur"


class Conversation:
    """Says and waits, over one phone."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.read = 0

    @property
    def new(self) -> list[str]:
        return [heard.text for heard in self.phone.heard[self.read :]]

    @property
    def titles(self) -> set[str]:
        return {title for heard in self.phone.heard[self.read :] for title in heard.titles}

    def does(self, deed: str, *what: object) -> None:
        self.read = len(self.phone.heard)
        getattr(self.phone, deed)(*what)

    def is_offered(self, title: str) -> None:
        until(lambda: title in self.titles, ANSWER_SECONDS, f"[{title}]; heard: {self.new}")

    def gets(self, response: str) -> str:
        def arrived() -> list[str]:
            return [text for text in self.new if f"utter_{response}" in names_in(text)]

        return until(arrived, ANSWER_SECONDS, f"{response}; heard: {self.new}")[-1]


@pytest.fixture(params=["telegram", "whatsapp"])
def talk(request: pytest.FixtureRequest, platforms: tuple[Telegram, WhatsApp]) -> Conversation:
    """Give a citizen whose name and numbers are canaries."""
    return Conversation(platforms[request.param == "whatsapp"].phone(NAME))


def reach_confirmation(talk: Conversation, privacy: str, bird: str) -> None:
    """Report with a photo, a bird in every text; the summary stands."""
    talk.does("says", f"{COMPLAINT}, {bird} di kabel")
    talk.is_offered("Lewati")
    talk.does("sends_photo", photo(), f"{bird} di tiang")
    talk.is_offered("Cukup")
    talk.does("taps", "Cukup")
    talk.is_offered(privacy)
    talk.does("taps", privacy)
    talk.is_offered("Kirim")


def photo() -> bytes:
    """Return a photo that tells in its metadata who made it."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[Base.ImageDescription] = NAME
    Image.new("RGB", (640, 480), "grey").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_report_is_filed_and_its_news_arrive(talk: Conversation, connected: System) -> None:
    reach_confirmation(talk, "Privat (disarankan)", "gelatik")
    talk.does("taps", "Kirim")
    number = REPORT_NUMBER.findall(talk.gets("filed_privat"))[0]
    talk.read = len(talk.phone.heard)
    connected.officer("move", number, "proses", "--note", "Tim berangkat siang ini")
    assert "Tim berangkat siang ini" in talk.gets("news_proses")
    talk.does("says", "status laporan saya")
    assert number in talk.gets("status_one")
    assert files_holding(connected, *talk.phone.canaries) == []


def test_nothing_joins_an_anonymous_report_to_its_conversation(talk: Conversation, connected: System) -> None:
    bird = f"kanari {talk.phone.channel}"
    reach_confirmation(talk, "Anonim", bird)
    talk.does("taps", "Kirim")
    receipt = talk.gets("filed_anonim")
    [number], [code] = REPORT_NUMBER.findall(receipt), SECRET_CODE.findall(receipt)
    for words in (number, bird):
        is_forgotten(connected, words)
    assert files_holding(connected, code, *talk.phone.canaries) == []
    holding = {Path(file).name.split(".")[0] for file in files_holding(connected, number)}
    assert holding == {"crm"}


def test_no_log_tells_who_wrote_what(talk: Conversation, connected: System) -> None:
    talk.does("says", COMPLAINT)
    talk.is_offered("Lewati")
    talk.does("says", "kanari hijau, batal saja")
    talk.is_offered("Ya, batalkan")
    logs = [file for file in connected.var.rglob("*.log")]
    assert len(logs) >= 3
    secrets = (*talk.phone.canaries, "kanari", *connected_tokens(connected))
    assert [word for word in secrets for log in logs if word in log.read_text(encoding="utf-8")] == []


def connected_tokens(system: System) -> list[str]:
    """Give the secrets of both platforms."""
    names = ("TELEGRAM_TOKEN", "TELEGRAM_WEBHOOK_SECRET", "WHATSAPP_TOKEN", "WHATSAPP_APP_SECRET")
    return [system.settings.environment[name] for name in names]
