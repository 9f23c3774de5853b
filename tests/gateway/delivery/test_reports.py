"""What WhatsApp tells later: a message arrived, or failed after all."""

import pytest

from crm.domain.status import Status
from gateway.app import Gateway
from gateway.delivery.client import Fitted
from gateway.delivery.errors import ChannelDown, Refused, RetryLater, Unreachable, WindowClosed
from gateway.store.orm import SentRow
from tests.gateway.conftest import Clock, CrmNews, news_of
from tests.gateway.fake_platform import FakeClient
from tests.gateway.pushed import wrote
from tests.gateway.rasa_stand_in import StandIn, says
from tests.gateway.test_anonymity_pushed import count


async def waiting(gateway: Gateway, conversation: str) -> list[str]:
    return [row.text for row in await gateway.outbox.waiting(conversation)]


async def send(gateway: Gateway, client: FakeClient, conversation: str) -> str:
    """Send one answer and return its tag."""
    await gateway.keep(wrote(conversation, "halo"))
    await gateway.settle()
    return client.last.tag


async def test_contents_are_kept_until_the_status_comes_and_hold_up_nothing(
    pushing: Gateway, whatsapp: FakeClient, wati: str
) -> None:
    tag = await send(pushing, whatsapp, wati)
    assert await waiting(pushing, wati) == ["echo: halo"]
    await pushing.keep(wrote(wati, "lagi"))
    await pushing.settle()
    assert whatsapp.texts == ["echo: halo", "echo: lagi"]
    await pushing.senders.reports.arrived(tag)
    await pushing.senders.reports.arrived(tag)
    assert await waiting(pushing, wati) == ["echo: lagi"]


async def test_without_a_status_contents_are_forgotten_after_five_minutes(
    pushing: Gateway, whatsapp: FakeClient, wati: str, clock: Clock
) -> None:
    await send(pushing, whatsapp, wati)
    clock.move(minutes=5)
    await pushing.settle()
    assert await waiting(pushing, wati) == []
    assert whatsapp.tries == 1


@pytest.mark.parametrize("words", ["pendek.", "panjang sekali. " * 400])
async def test_a_status_may_come_before_the_answer_to_the_call(
    pushing: Gateway, rasa: StandIn, whatsapp: FakeClient, wati: str, words: str
) -> None:
    rasa.answer = lambda message: says(words)
    send_as_before = whatsapp.send

    async def send_slowly(address: str, message: Fitted) -> str:
        platform_message_id = await send_as_before(address, message)
        await pushing.senders.reports.arrived(message.tag)
        return platform_message_id

    whatsapp.send = send_slowly  # type: ignore[method-assign]
    await send(pushing, whatsapp, wati)
    assert " ".join(" ".join(whatsapp.texts).split()) == words.strip()
    assert await waiting(pushing, wati) == []
    assert await pushing.store.read(count, SentRow, wati) == 0


async def test_news_that_failed_outside_the_window_go_by_template(
    pushing: Gateway, whatsapp: FakeClient, wati: str, crm: CrmNews
) -> None:
    crm.news.append(news_of(1, wati, Status.SELESAI))
    await pushing.settle()
    await pushing.senders.reports.failed("whatsapp-1", WindowClosed("code 131047"), whatsapp.last.tag)
    await pushing.settle()
    assert [call.by_template for call in whatsapp.calls] == [False, True]


async def test_a_failed_message_is_found_by_the_platforms_id_too(
    pushing: Gateway, whatsapp: FakeClient, wati: str, clock: Clock
) -> None:
    await send(pushing, whatsapp, wati)
    await pushing.senders.reports.failed("whatsapp-1", RetryLater("code 131000"))
    clock.move(seconds=1)
    await pushing.settle()
    assert whatsapp.texts == ["echo: halo", "echo: halo"]


async def test_a_citizen_who_is_not_on_whatsapp_is_left_alone(
    pushing: Gateway, whatsapp: FakeClient, wati: str, clock: Clock
) -> None:
    tag = await send(pushing, whatsapp, wati)
    await pushing.senders.reports.failed("whatsapp-1", Unreachable("code 131026"), tag)
    clock.move(hours=1)
    await pushing.settle()
    assert whatsapp.tries == 1
    assert await waiting(pushing, wati) == ["echo: halo"]


async def test_a_message_that_was_wrong_is_dropped(pushing: Gateway, whatsapp: FakeClient, wati: str) -> None:
    tag = await send(pushing, whatsapp, wati)
    await pushing.senders.reports.failed("whatsapp-1", Refused("code 131051"), tag)
    assert await waiting(pushing, wati) == []


async def test_a_restricted_account_stops_the_channel(
    pushing: Gateway, whatsapp: FakeClient, wati: str, clock: Clock
) -> None:
    tag = await send(pushing, whatsapp, wati)
    await pushing.senders.reports.failed("whatsapp-1", ChannelDown("code 131031"), tag)
    assert pushing.channel_health()["whatsapp"] is False
    clock.move(minutes=10)
    await pushing.settle()
    assert whatsapp.texts == ["echo: halo", "echo: halo"]


@pytest.mark.parametrize("tag", ["", "nobody.0", "..", "0", "nobody"])
async def test_reports_about_messages_of_others_change_nothing(
    pushing: Gateway, whatsapp: FakeClient, wati: str, tag: str
) -> None:
    await send(pushing, whatsapp, wati)
    await pushing.senders.reports.arrived(tag)
    await pushing.senders.reports.failed("nobody's", Unreachable("code 131026"), tag)
    assert await waiting(pushing, wati) == ["echo: halo"]


async def test_the_parts_of_a_long_message_are_confirmed_one_by_one(
    pushing: Gateway, rasa: StandIn, whatsapp: FakeClient, wati: str
) -> None:
    rasa.answer = lambda message: says("panjang sekali. " * 400)
    await send(pushing, whatsapp, wati)
    first, last = (call.message.tag for call in whatsapp.calls)
    await pushing.senders.reports.arrived(first)
    assert len(await waiting(pushing, wati)) == 1
    await pushing.senders.reports.arrived(last)
    assert await waiting(pushing, wati) == []
