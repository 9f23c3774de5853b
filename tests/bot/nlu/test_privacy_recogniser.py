"""Who may see the report, in the citizen's words."""

from collections.abc import Callable

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.privacy_recogniser import PRIVACY, PrivacyRecogniser

Read = Callable[[str], Message]


@pytest.fixture(scope="module")
def recogniser() -> PrivacyRecogniser:
    return PrivacyRecogniser()


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("lampu mati dpn gang, rahasiain ya", "privat"),
        ("mohon identitas saya dirahasiakan", "privat"),
        ("privat aja", "privat"),
        ("jangan dipublikasikan", "privat"),
        ("jangan dibuka ke publik", "privat"),
        ("ga usah dipublish", "privat"),
        ("cuma petugas yang boleh liat", "privat"),
        ("jgn sebut nama saya ya", "anonim"),
        ("anonim dong", "anonim"),
        ("tanpa nama", "anonim"),
        ("keep me anonymous please", "anonim"),
        ("ga mau ketauan, anonim", "anonim"),
        ("publik", "publik"),
        ("boleh dipublikasikan", "publik"),
        ("gapapa dipublikasikan", "publik"),
        ("saya tidak keberatan dipublikasikan", "publik"),
        ("ga usah rahasia", "publik"),
        ("gak perlu dirahasiain", "publik"),
        ("bukan publik, privat", "privat"),
        ("tadi publik, jadi rahasia aja", "privat"),
        ("halte transportasi publik rusak parah di depan kantor saya", None),
        ("kode rahasia saya hilang", None),
        ("jalan rusak parah", None),
        ("the wall of the public school near my house is cracked", None),
    ],
)
def test_the_wish_is_read(read: Read, recogniser: PrivacyRecogniser, text: str, wish: str | None) -> None:
    message = read(text)
    recogniser.process([message])
    assert message.get(PRIVACY) == wish


@pytest.mark.parametrize("intent", ["ask_privacy_difference", "ask_service_info", "check_status"])
def test_a_question_is_no_wish(read: Read, recogniser: PrivacyRecogniser, intent: str) -> None:
    message = read("apa bedanya privat dan anonim")
    message.set("intent", {"name": intent, "confidence": 0.9})
    recogniser.process([message])
    assert message.get(PRIVACY) is None
