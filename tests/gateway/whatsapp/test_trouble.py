"""What goes wrong on the way to the telephone: every message arrives, or is kept until it can."""

from dataclasses import replace

import pytest

from crm.domain.status import Status
from gateway.app import Gateway
from gateway.settings import Settings
from tests.gateway.conftest import NEWS_STATUSES, Clock, CrmNews, news_of
from tests.gateway.rasa_stand_in import StandIn, says
from tests.gateway.whatsapp.conftest import TEMPLATE, Line, whatsapp_settings
from tests.servers.whatsapp_citizen import Citizen
from tests.servers.whatsapp_errors import ApiError
from tests.servers.whatsapp_platform import Fault, Template

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

NEWS = "JK2611240001 selesai. Terima kasih."


@pytest.fixture
def template(line: Line) -> None:
    line.meta.platform.templates[TEMPLATE, "id"] = Template()


async def known(line: Line, citizen: Citizen, rasa: StandIn) -> str:
    """Let a citizen write, and return the conversation."""
    citizen.write("halo")
    await line.exchange()
    citizen.user.received.clear()
    return str(rasa.executed[-1]["conversation_id"])


def news_for(crm: CrmNews, conversation: str) -> None:
    crm.news.append(news_of(1, conversation, Status.SELESAI, "Terima kasih."))


# ── Tried again ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "fault",
    [
        Fault("error", 130429),
        Fault("error", 131056),
        Fault("error", 131016),
        Fault("error", 2),
        Fault("html", status=502),
        Fault("cut"),
    ],
    ids=["rate", "pair rate", "500", "503", "html", "cut"],
)
async def test_what_fails_for_a_moment_arrives_once(
    line: Line, siti: Citizen, rasa: StandIn, fault: Fault
) -> None:
    line.meta.platform.fail_next(fault, fault)
    siti.write("halo")
    await line.exchange()
    assert siti.texts == []
    for _ in range(3):
        await line.exchange(seconds=61)
    assert siti.texts == ["echo: halo"]


async def test_the_platform_may_be_gone_altogether(line: Line, siti: Citizen, rasa: StandIn) -> None:
    siti.write("halo")
    await line.deliver()
    line.meta._http.stop()
    await line.exchange()
    line.meta._http.start()
    await line.exchange(seconds=61)
    assert siti.texts == ["echo: halo"]


async def test_a_status_tells_that_a_message_without_answer_arrived(
    line: Line, siti: Citizen, rasa: StandIn
) -> None:
    line.meta.platform.fail_next(Fault("cut", after_accepting=True))
    siti.write("halo")
    await line.exchange()
    for _ in range(3):
        await line.exchange(seconds=61)
    assert siti.texts == ["echo: halo"]


async def test_without_a_status_a_message_without_answer_is_sent_again(
    line: Line, siti: Citizen, rasa: StandIn
) -> None:
    line.meta.tells_statuses = False
    line.meta.platform.fail_next(Fault("cut", after_accepting=True))
    siti.write("halo")
    await line.exchange()
    assert siti.texts == ["echo: halo"]
    await line.exchange(seconds=61)
    assert siti.texts == ["echo: halo", "echo: halo"]


def parts_of(words: str) -> list[str]:
    return [f"{part} {words}" for part in ("satu", "dua", "tiga")]


def long(words: str) -> str:
    """Return a text that does not fit into one message with another."""
    return words.ljust(600, "!")


async def test_more_than_the_pair_rate_allows_arrives_in_time_and_in_order(
    line: Line, siti: Citizen, rasa: StandIn
) -> None:
    rasa.answer = lambda message: says(*map(long, parts_of(message["text"])))
    said = [f"pesan {at}" for at in range(20)]
    for words in said:
        siti.write(words)
    await line.exchange()
    assert 40 <= len(siti.texts) <= 45
    for _ in range(30):
        await line.exchange(seconds=6)
    assert siti.texts == [long(part) for words in said for part in parts_of(words)]
    assert {call.status for call in line.meta.platform.calls} == {200}


# ── The window ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("tells_later", [False, True], ids=["at once", "by a status"])
async def test_news_after_24_hours_go_by_the_template(
    line: Line, siti: Citizen, rasa: StandIn, crm: CrmNews, template: None, tells_later: bool
) -> None:
    line.meta.platform.tells_later = tells_later
    news_for(crm, await known(line, siti, rasa))
    line.clock.move(hours=25)
    await line.exchange()
    await line.exchange()
    assert siti.texts == [NEWS]
    assert siti.messages[0].body["type"] == "template"
    await line.exchange(seconds=3600)
    assert len(siti.messages) == 1


async def test_a_failure_told_twice_makes_no_message_twice(
    line: Line, siti: Citizen, rasa: StandIn, crm: CrmNews, template: None
) -> None:
    line.meta.platform.tells_later = True
    news_for(crm, await known(line, siti, rasa))
    line.meta.tells_statuses = False
    line.clock.move(hours=25)
    await line.exchange()
    await line.exchange()
    line.meta.webhooks.repeat()
    await line.exchange()
    siti.write("halo lagi")
    await line.exchange()
    assert siti.texts == [NEWS, "echo: halo lagi"]


async def test_news_within_24_hours_are_plain_text(
    line: Line, siti: Citizen, rasa: StandIn, crm: CrmNews, template: None
) -> None:
    news_for(crm, await known(line, siti, rasa))
    await line.exchange()
    assert [sent.body["type"] for sent in siti.messages] == ["text"]


@pytest.mark.parametrize("state", [None, "PAUSED"], ids=["no template", "paused template"])
async def test_news_that_no_template_can_bring_come_when_the_citizen_writes(
    line: Line, siti: Citizen, rasa: StandIn, crm: CrmNews, state: str | None
) -> None:
    if state:
        line.meta.platform.templates[TEMPLATE, "id"] = Template(status=state)
    news_for(crm, await known(line, siti, rasa))
    line.clock.move(hours=25)
    await line.exchange()
    await line.exchange(seconds=3600)
    assert siti.texts == []
    siti.write("bagaimana laporan saya?")
    await line.exchange()
    await line.exchange(seconds=61)
    assert sorted(siti.texts) == [NEWS, "echo: bagaimana laporan saya?"]


async def test_without_a_template_set_news_wait_too(
    settings: Settings, line: Line, siti: Citizen, rasa: StandIn, crm: CrmNews
) -> None:
    conversation = await known(line, siti, rasa)
    line.clock.move(hours=25)
    bare = replace(settings, whatsapp=whatsapp_settings(line.meta, template=None))
    gateway = Gateway(bare, crm, NEWS_STATUSES, line.clock)
    await gateway.open()
    news_for(crm, conversation)
    await gateway.settle()
    assert siti.texts == []
    assert [row.text for row in await gateway.outbox.waiting(conversation)] == [NEWS]
    await gateway.close()


# ── Nobody there ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("tells_later", [False, True], ids=["at once", "by a status"])
async def test_who_cannot_be_reached_is_not_tried_until_they_write(
    line: Line, siti: Citizen, rasa: StandIn, crm: CrmNews, tells_later: bool
) -> None:
    conversation = await known(line, siti, rasa)
    line.meta.platform.tells_later = tells_later
    siti.user.refusal = 131026
    news_for(crm, conversation)
    await line.exchange()
    calls = len(line.meta.platform.calls)
    await line.exchange(seconds=3600)
    assert len(line.meta.platform.calls) == calls
    siti.user.refusal = None
    siti.write("saya kembali")
    await line.exchange()
    await line.exchange(seconds=61)
    assert sorted(siti.texts) == [NEWS, "echo: saya kembali"]


async def test_what_we_did_wrong_is_dropped_and_noted_without_content(
    line: Line, siti: Citizen, rasa: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    line.meta.platform.fail_next(Fault("error", 131009))
    siti.write("rahasia")
    siti.write("dua")
    await line.exchange()
    assert siti.texts == ["echo: dua"]
    assert "131009" in caplog.text and "rahasia" not in caplog.text


# ── The channel ────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_refused_token_stops_the_channel_and_loses_nothing(
    line: Line, siti: Citizen, rasa: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    budi = line.meta.citizen(user_id="ID.BUDI1")
    token, line.meta.platform.token = line.meta.platform.token, "renewed"
    for citizen in (siti, budi):
        citizen.write("halo")
    await line.exchange()
    assert line.gateway.channel_health() == {"whatsapp": False}
    calls = len(line.meta.platform.calls)
    await line.exchange(seconds=60)
    assert len(line.meta.platform.calls) == calls
    assert caplog.text.count("an operator is needed") == 1
    line.meta.platform.token = token
    await line.exchange(seconds=600)
    await line.exchange()
    assert siti.texts == budi.texts == ["echo: halo"]
    assert line.gateway.channel_health() == {"whatsapp": True}


async def test_a_status_that_the_account_is_limited_stops_the_channel(
    line: Line, siti: Citizen, rasa: StandIn
) -> None:
    line.meta.tells_statuses = False
    siti.write("halo")
    await line.exchange()
    line.meta.tell_failed(siti.messages[0], ApiError(131048))
    await line.deliver()
    assert line.gateway.channel_health() == {"whatsapp": False}
    await line.exchange(seconds=601)
    assert siti.texts == ["echo: halo"] * 2


async def test_statuses_are_never_answered(line: Line, siti: Citizen, rasa: StandIn, clock: Clock) -> None:
    siti.write("halo")
    await line.exchange()
    for state in ("sent", "delivered", "read", "failed"):
        line.meta.tell(siti.messages[0], state)
    line.meta.webhooks.repeat()
    await line.exchange()
    assert siti.texts == ["echo: halo"]
    assert len(rasa.executed) == 1
