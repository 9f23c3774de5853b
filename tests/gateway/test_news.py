"""News of the real CRM reach their reporter once and in order, with buttons and photo, and nobody else."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy.exc import OperationalError

import crm.settings
from crm.bootstrap import Crm, open_crm
from crm.domain.complaint import ComplaintDraft, Location
from crm.domain.officers import NewOfficer
from crm.domain.privacy import Privacy
from crm.domain.report_number import ReportNumber
from crm.domain.status import Role, Status
from gateway.app import Gateway
from gateway.messages import intent
from gateway.payloads import parse_payload
from gateway.settings import ROOT, Settings
from gateway.store import outbox
from gateway.store.orm import OutboxRow
from tests.gateway.conftest import Clock, CrmNews, Served, news_of
from tests.gateway.rasa_stand_in import StandIn
from tests.gateway.test_media import encoded

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

STATUSES = [status.name for status in Status]


@pytest.fixture
def city(tmp_path: Path, clock: Clock) -> Iterator[Crm]:
    city = open_crm(crm.settings.Settings(f"sqlite:///{tmp_path}/crm.db", tmp_path), clock=clock)
    yield city
    city.close()


@pytest.fixture
async def gateway(settings: Settings, city: Crm, clock: Clock) -> Gateway:
    real_words = replace(settings, domain=ROOT / "domain.yml")
    gateway = Gateway(real_words, city, STATUSES, clock)
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


async def finish(city: Crm, number: ReportNumber, photo: str = "bukti.jpg") -> None:
    """Have a report worked on, declared done and accepted."""
    city.change_status(number, Status.PROSES, role=Role.KELURAHAN)
    city.change_status(
        number, Status.MENUNGGU_VALIDASI, role=Role.KELURAHAN, note="Lampu diganti", photos=(photo,)
    )
    city.change_status(number, Status.SELESAI, role=Role.BIRO_PEMERINTAHAN, note="Sudah menyala")


async def settled(gateway: Gateway, clock: Clock, conversation: str) -> list[OutboxRow]:
    """Return what waits after some minutes."""
    for _ in range(4):
        await gateway.settle()
        clock.move(minutes=2)
    return await gateway.outbox.waiting(conversation)


async def test_the_photo_goes_along_and_the_end_asks_whether_it_is_done(
    gateway: Gateway, city: Crm, clock: Clock, conversation: str
) -> None:
    number = city.file_complaint(draft(conversation)).report_number
    await finish(city, number)
    _, done, accepted = await settled(gateway, clock, conversation)
    assert done.image == "bukti.jpg" and "Lampu diganti. Hasilnya diperiksa" in done.text
    assert [button["title"] for button in accepted.buttons] == ["Sudah", "Belum"]
    button = await gateway.store.read(outbox.button, conversation, accepted.buttons[1]["token"])
    assert parse_payload(button.payload) == intent("still_open", report_number=str(number))
    await gateway.close()


async def test_buttons_of_news_outlast_others_and_are_forgotten_after_a_month(
    gateway: Gateway, city: Crm, clock: Clock, conversation: str
) -> None:
    await finish(city, city.file_complaint(draft(conversation)).report_number)
    token = (await settled(gateway, clock, conversation))[-1].buttons[0]["token"]
    await gateway.store.write(outbox.retire_buttons, conversation)
    assert await gateway.store.read(outbox.button, conversation, token)
    clock.move(days=31)
    await gateway.settle()
    assert await gateway.store.read(outbox.button, conversation, token) is None
    await gateway.close()


async def test_an_officers_question_names_itself_in_its_button(
    gateway: Gateway, city: Crm, clock: Clock, conversation: str
) -> None:
    number = city.file_complaint(draft(conversation)).report_number
    account = NewOfficer("budi", "Budi", Role.BIRO_PEMERINTAHAN)
    officer = city.create_officer(account, "rahasia sekali 123", by=None)
    asked = city.ask_reporter(number, officer, "Tiang yang sebelah mana?")
    [row] = await settled(gateway, clock, conversation)
    assert '"Tiang yang sebelah mana?"' in row.text
    button = await gateway.store.read(outbox.button, conversation, row.buttons[0]["token"])
    expected = intent("answer_question", report_number=str(number), question=str(asked.question_id))
    assert parse_payload(button.payload) == expected
    await gateway.close()


async def test_a_missed_target_is_told_with_the_new_date(
    gateway: Gateway, city: Crm, clock: Clock, conversation: str
) -> None:
    city.file_complaint(draft(conversation))
    clock.move(hours=6, minutes=1)
    [row] = await settled(gateway, clock, conversation)
    assert "Selasa, 24 Nov 2026 pukul 22.01 WIB" in row.text
    await gateway.close()


async def test_seven_days_without_a_word_close_it_and_that_is_told(
    gateway: Gateway, city: Crm, clock: Clock, conversation: str
) -> None:
    number = city.file_complaint(draft(conversation)).report_number
    await finish(city, number)
    await settled(gateway, clock, conversation)
    clock.move(days=7)
    last = (await settled(gateway, clock, conversation))[-1]
    assert "saya tutup" in last.text and str(number) in last.text
    assert city.track_complaint(number, reporter=conversation).closed_at
    await gateway.close()


async def test_a_refusal_is_told_with_its_reason_in_words(
    gateway: Gateway, city: Crm, clock: Clock, conversation: str
) -> None:
    number = city.file_complaint(draft(conversation)).report_number
    city.change_status(
        number, Status.DITOLAK, role=Role.KELURAHAN, reason="luar_jakarta", note="Ini di Bekasi"
    )
    [row] = await settled(gateway, clock, conversation)
    assert "Lokasinya di luar Jakarta. Ini di Bekasi." in row.text
    await gateway.close()


async def test_a_merged_report_is_told_what_became_of_the_other(
    gateway: Gateway, city: Crm, clock: Clock, conversation: str
) -> None:
    other = gateway.identity.conversation_id("web", b"budi")
    public = city.file_complaint(draft(other, Privacy.PUBLIK)).report_number
    number = city.file_complaint(draft(conversation)).report_number
    city.change_status(number, Status.DIGABUNG, role=Role.KELURAHAN, into=public)
    city.change_status(public, Status.PROSES, role=Role.KELURAHAN)
    merged, followed = await settled(gateway, clock, conversation)
    assert f"laporan lain {public}" in merged.text
    assert str(public) in followed.text and "Proses" in followed.text
    await gateway.close()


async def test_news_the_gateway_could_not_keep_come_again(
    gateway: Gateway, city: Crm, clock: Clock, conversation: str, tmp_path: Path
) -> None:
    number = city.file_complaint(draft(conversation)).report_number
    city.change_status(number, Status.PROSES, role=Role.KELURAHAN)
    without_tables = replace(gateway.settings, database_url=f"sqlite:///{tmp_path}/new.db")
    broken = Gateway(without_tables, city, STATUSES, clock)
    with pytest.raises(OperationalError):
        await broken.news.relay()
    clock.move(minutes=2)
    [row] = await settled(gateway, clock, conversation)
    assert str(number) in row.text
    await gateway.close()


async def test_the_web_chat_shows_a_photo_to_who_was_told_of_it(
    served: Served, rasa: StandIn, crm: CrmNews
) -> None:
    name = await served.gateway.media.keep_photo(encoded(Image.new("RGB", (40, 30), "red")))
    async with served.browser() as browser, served.browser() as stranger:
        await browser.begin()
        async with browser.listen() as events:
            await events.texts(1)
            conversation = rasa.executed[0]["conversation_id"]
            crm.news.append(replace(news_of(1, conversation, Status.PROSES), photo=name))
            image = (await events.message())["image"]
        shown = await browser.http.get(image)
        assert shown.headers["content-type"] == "image/jpeg" and shown.content
        assert (await browser.http.get("/chat/photos/unknown.jpg")).status_code == 404
        assert (await stranger.http.get(image)).status_code == 401
