"""The corpus: what was predicted beside what the citizen chose, and nothing that leads back to anybody."""

from datetime import date

import pytest

from crm.bootstrap import Crm
from crm.domain.complaint import Location
from crm.domain.privacy import Privacy
from crm.services import corpus as reading
from tests.crm.conftest import Clock, draft


def test_what_the_citizen_corrected_stands_beside_the_prediction(crm: Crm) -> None:
    for predicted in ("utilitas", "pju", None):
        crm.file_complaint(draft(Privacy.PUBLIK, predicted_category=predicted))
    told = [(one.predicted_category, one.category, one.corrected) for one in crm.corpus()]
    assert told == [("utilitas", "pju", True), ("pju", "pju", False), (None, "pju", False)]


def test_private_and_anonymous_reports_stay_with_the_officers(crm: Crm) -> None:
    for privacy in Privacy:
        crm.file_complaint(draft(privacy, description=f"lampu mati {privacy}"))
    assert [one.text for one in crm.corpus()] == ["lampu mati publik"]
    assert [one.privacy for one in crm.corpus(with_private=True)] == list(Privacy)


def test_nothing_leads_back_to_report_or_person(crm: Crm) -> None:
    secrets = {
        "report number": "JK2611240001",
        "code": "7KQM-4TXD",
        "phone": "0812-3456-7890",
        "plate": "B 1234 XYZ",
        "e-mail": "sari@contoh.id",
        "point": "-6.17539",
        "address": "https://peta.contoh/x?q=1",
    }
    words = " lalu ".join(secrets.values()) + " di rumah pak joko"
    place = Location("patokan rahasia", "31.74.01.1001", -6.23, 106.85)
    crm.file_complaint(draft(Privacy.PUBLIK, reporter="percakapan", description=words, location=place))
    told = str(list(crm.corpus()))
    assert "▒▒▒ lalu ▒▒▒" in told
    for secret in (*secrets.values(), "joko", "percakapan", "patokan", "31.74", "106.85", "2026"):
        assert secret not in told


def test_since_begins_at_midnight_in_jakarta(crm: Crm, clock: Clock) -> None:
    clock.now = clock.now.replace(hour=16, minute=59)
    crm.file_complaint(draft(Privacy.PUBLIK, description="kemarin"))
    clock.advance(minutes=1)
    crm.file_complaint(draft(Privacy.PUBLIK, description="hari ini"))
    assert [one.text for one in crm.corpus(since=date(2026, 11, 25))] == ["hari ini"]
    assert len(list(crm.corpus(since=date(2026, 11, 24)))) == 2


def test_pages_neither_lose_nor_repeat_also_while_others_file(
    crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PAGE", 2)
    for number in range(5):
        crm.file_complaint(draft(Privacy.PUBLIK, description=f"lampu {number}"))
    lessons = crm.corpus()
    texts = [next(lessons).text]
    crm.file_complaint(draft(Privacy.PUBLIK, description="lampu 5"))
    assert texts + [one.text for one in lessons] == [f"lampu {number}" for number in range(6)]
