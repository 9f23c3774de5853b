"""News of the real CRM reach their reporter once and in order, and nobody else."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import crm.settings
from crm.bootstrap import Crm, open_crm
from crm.domain.complaint import ComplaintDraft, Location
from crm.domain.privacy import Privacy
from crm.domain.status import Role, Status
from gateway.app import Gateway
from gateway.settings import ROOT, Settings
from tests.gateway.conftest import Clock

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def city(tmp_path: Path, clock: Clock) -> Iterator[Crm]:
    city = open_crm(crm.settings.Settings(f"sqlite:///{tmp_path}/crm.db", tmp_path), clock=clock)
    yield city
    city.close()


@pytest.fixture
async def gateway(settings: Settings, city: Crm, clock: Clock) -> Gateway:
    real_words = replace(settings, domain=ROOT / "domain.yml")
    gateway = Gateway(real_words, city, [status.name for status in Status], clock)
    await gateway.open()
    return gateway


def draft(reporter: str | None, privacy: Privacy = Privacy.PRIVAT) -> ComplaintDraft:
    return ComplaintDraft(
        draft_id=f"draft of {reporter}",
        description="lampu jalan mati",
        category_code="pju",
        predicted_category="pju",
        location=Location(text="depan gang mawar", kelurahan_code="31.74.01.1001"),
        photos=(),
        channel="web",
        privacy=privacy,
        reporter=reporter,
    )


async def test_each_change_is_told_once_and_in_order_to_the_reporter_only(
    gateway: Gateway, city: Crm, clock: Clock, conversation: str
) -> None:
    other = gateway.identity.conversation_id("web", b"budi")
    number = city.file_complaint(draft(conversation)).report_number
    city.file_complaint(draft(other))
    city.change_status(number, Status.PROSES, role=Role.KELURAHAN, note="Petugas {unit} berangkat")
    city.change_status(
        number, Status.MENUNGGU_VALIDASI, role=Role.KELURAHAN, note="Lampu diganti", photos=("bukti.jpg",)
    )
    for _ in range(3):
        await gateway.settle()
        clock.move(minutes=5)
    told = await gateway.outbox.waiting(conversation)
    assert [row.kind for row in told] == ["news", "news"]
    assert all(str(number) in row.text for row in told)
    assert "Petugas {unit} berangkat" in told[0].text and "Lampu diganti" in told[1].text
    assert all("  " not in row.text for row in told)
    assert await gateway.outbox.waiting(other) == []
    await gateway.close()


async def test_an_anonymous_report_makes_no_news(gateway: Gateway, city: Crm, clock: Clock) -> None:
    number = city.file_complaint(draft(None, Privacy.ANONIM)).report_number
    city.change_status(number, Status.PROSES, role=Role.KELURAHAN)
    await gateway.settle()
    assert city.pending_news(10) == []
    await gateway.close()
