"""A message of which nobody knows whether it arrived: said honestly, never silence."""

import pytest

from gateway.app import Gateway
from gateway.delivery.errors import RetryLater, Unknown, WindowClosed
from gateway.settings import Settings
from tests.gateway.conftest import NEWS_STATUSES, Clock, CrmNews
from tests.gateway.fake_platform import Crash, FakeClient, platforms_of
from tests.gateway.pushed import wrote
from tests.gateway.rasa_stand_in import StandIn, says


async def test_on_telegram_it_is_sent_again_after_half_a_minute_and_says_so(
    pushing: Gateway, telegram: FakeClient, siti: str, clock: Clock
) -> None:
    telegram.faults, telegram.lost_answers = [Unknown("broken connection")], True
    await pushing.keep(wrote(siti, "halo"))
    await pushing.settle()
    clock.move(seconds=29)
    await pushing.settle()
    assert telegram.tries == 1
    clock.move(seconds=1)
    await pushing.settle()
    assert telegram.texts == ["echo: halo", "mungkin dua kali\necho: halo"]
    clock.move(minutes=5)
    await pushing.settle()
    assert telegram.tries == 2


async def test_later_messages_wait_behind_a_doubtful_one(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, clock: Clock
) -> None:
    telegram.faults = [Unknown("broken connection")]
    rasa.answer = lambda message: says("satu", "dua")
    await pushing.keep(wrote(siti, "halo"))
    await pushing.settle()
    assert telegram.texts == []
    clock.move(seconds=30)
    await pushing.settle()
    assert telegram.texts == ["mungkin dua kali\nsatu", "dua"]


async def test_a_doubtful_message_stays_doubtful_while_the_platform_is_busy(
    pushing: Gateway, telegram: FakeClient, siti: str, clock: Clock
) -> None:
    telegram.faults = [Unknown("broken connection"), RetryLater("HTTP 429", seconds=5)]
    await pushing.keep(wrote(siti, "halo"))
    await pushing.settle()
    clock.move(seconds=30)
    await pushing.settle()
    clock.move(seconds=5)
    await pushing.settle()
    assert telegram.texts == ["mungkin dua kali\necho: halo"]


async def test_on_whatsapp_a_status_says_that_it_arrived(
    pushing: Gateway, whatsapp: FakeClient, wati: str, clock: Clock
) -> None:
    whatsapp.faults, whatsapp.lost_answers = [Unknown("broken connection")], True
    await pushing.keep(wrote(wati, "halo"))
    await pushing.settle()
    await pushing.senders.reports.arrived(whatsapp.last.tag)
    clock.move(minutes=2)
    await pushing.settle()
    assert whatsapp.texts == ["echo: halo"]
    assert await pushing.outbox.waiting(wati) == []


async def test_on_whatsapp_it_is_sent_again_after_a_minute_without_a_status(
    pushing: Gateway, whatsapp: FakeClient, wati: str, clock: Clock
) -> None:
    whatsapp.faults = [Unknown("broken connection")]
    await pushing.keep(wrote(wati, "halo"))
    await pushing.settle()
    clock.move(seconds=59)
    await pushing.settle()
    assert whatsapp.tries == 1
    clock.move(seconds=1)
    await pushing.settle()
    assert whatsapp.texts == ["echo: halo"]


async def test_a_status_may_be_quicker_than_the_broken_connection(
    pushing: Gateway, whatsapp: FakeClient, wati: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def send(address: str, message: object) -> str:
        await pushing.senders.reports.arrived(message.tag)  # type: ignore[attr-defined]
        whatsapp.typed.append((address, "sent"))
        raise Unknown("broken connection")

    monkeypatch.setattr(whatsapp, "send", send)
    await pushing.keep(wrote(wati, "halo"))
    await pushing.settle()
    clock.move(minutes=2)
    await pushing.settle()
    assert whatsapp.typed.count(("wati", "sent")) == 1
    assert await pushing.outbox.waiting(wati) == []


async def test_a_failure_may_be_reported_before_the_platforms_answer_is_noted(
    pushing: Gateway, whatsapp: FakeClient, wati: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def send(address: str, message: object) -> str:
        tag = message.tag  # type: ignore[attr-defined]
        await pushing.senders.reports.failed("id", WindowClosed("code 131047"), tag)
        return "id"

    monkeypatch.setattr(whatsapp, "send", send)
    await pushing.keep(wrote(wati, "halo"))
    await pushing.settle()
    assert [call.by_template for call in whatsapp.calls] == [True]


@pytest.mark.parametrize("taken", [True, False], ids=["after the platform took it", "before"])
async def test_a_process_that_dies_while_sending_leaves_a_doubt_and_no_silence(
    pushing: Gateway, settings: Settings, telegram: FakeClient, siti: str, clock: Clock, taken: bool
) -> None:
    telegram.faults, telegram.lost_answers = [Crash()], taken
    await pushing.keep(wrote(siti, "halo"))
    with pytest.raises(Crash):
        await pushing.settle()
    revived = Gateway(settings, CrmNews(), NEWS_STATUSES, clock, platforms_of(telegram))
    await revived.open()
    await revived.settle()
    assert telegram.tries == 1, "nothing is sent again before its time"
    clock.move(seconds=30)
    await revived.settle()
    await revived.settle()
    assert telegram.texts == ["echo: halo"] * taken + ["mungkin dua kali\necho: halo"]
    await revived.close()
