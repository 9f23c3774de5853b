"""Messages on their way to a platform: order, limits, failures, with a platform and a clock the tests rule."""

import logging
from typing import Any

import pytest

from crm.domain.status import Status
from gateway.app import Gateway
from gateway.delivery.errors import (
    ChannelDown,
    Refused,
    RetryLater,
    SendError,
    Unreachable,
    WindowClosed,
)
from tests.gateway.conftest import Clock, CrmNews, news_of
from tests.gateway.fake_platform import FakeClient
from tests.gateway.pushed import wrote
from tests.gateway.rasa_stand_in import StandIn, says


async def waiting(gateway: Gateway, conversation: str) -> list[str]:
    return [row.text for row in await gateway.outbox.waiting(conversation)]


async def test_an_answer_is_sent_to_the_citizens_own_id_and_then_forgotten(
    pushing: Gateway, telegram: FakeClient, siti: str
) -> None:
    await pushing.keep(wrote(siti, "lampu mati"))
    await pushing.settle()
    assert [(call.address, call.message.text) for call in telegram.calls] == [("siti", "echo: lampu mati")]
    assert await waiting(pushing, siti) == []


async def test_messages_of_a_conversation_go_out_in_order_though_one_has_to_wait(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, clock: Clock
) -> None:
    telegram.faults = [RetryLater("HTTP 500")]
    rasa.answer = lambda message: says("satu", "dua")
    await pushing.keep(wrote(siti, "halo"))
    await pushing.settle()
    assert (telegram.tries, telegram.texts) == (1, [])
    rasa.answer = lambda message: says("tiga")
    await pushing.keep(wrote(siti, "lagi"))
    await pushing.settle()
    assert telegram.texts == []
    clock.move(seconds=1)
    await pushing.settle()
    assert telegram.texts == ["satu", "dua", "tiga"]


async def test_a_conversation_that_waits_holds_up_no_other(
    pushing: Gateway, telegram: FakeClient, siti: str
) -> None:
    budi = await pushing.addresses.conversation("telegram", [b"budi"])
    telegram.always = lambda address, message: RetryLater("HTTP 500") if address == "siti" else None
    for conversation in (siti, budi):
        await pushing.keep(wrote(conversation, "halo"))
    await pushing.settle()
    assert telegram.texts == telegram.texts_to("budi") == ["echo: halo"]


async def test_a_channel_that_fails_holds_up_no_other(
    pushing: Gateway, telegram: FakeClient, whatsapp: FakeClient, siti: str, wati: str
) -> None:
    telegram.always = lambda address, message: ChannelDown("code 401")
    for conversation in (siti, wati):
        await pushing.keep(wrote(conversation, "halo"))
    await pushing.settle()
    assert (telegram.texts, whatsapp.texts) == ([], ["echo: halo"])


async def test_tries_become_rarer_up_to_every_five_minutes_and_never_end(
    pushing: Gateway, telegram: FakeClient, siti: str, clock: Clock
) -> None:
    telegram.always = lambda address, message: RetryLater("not reached")
    await pushing.keep(wrote(siti, "halo"))
    await pushing.settle()
    for tries, wait in enumerate([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300], start=1):
        clock.move(seconds=0.74 * wait)
        await pushing.settle()
        assert telegram.tries == tries
        clock.move(seconds=0.26 * wait)
        await pushing.settle()
        assert telegram.tries == tries + 1
    telegram.always = lambda address, message: None
    clock.move(seconds=300)
    await pushing.settle()
    assert telegram.texts == ["echo: halo"]


async def test_the_platforms_own_waiting_time_is_kept_to_the_second(
    pushing: Gateway, telegram: FakeClient, siti: str, clock: Clock
) -> None:
    telegram.faults = [RetryLater("HTTP 429", seconds=37)]
    await pushing.keep(wrote(siti, "halo"))
    await pushing.settle()
    clock.move(seconds=36.9)
    await pushing.settle()
    assert telegram.tries == 1
    clock.move(seconds=0.1)
    await pushing.settle()
    assert telegram.texts == ["echo: halo"]


async def test_who_blocked_us_is_left_alone_until_they_write_again(
    pushing: Gateway, telegram: FakeClient, siti: str, clock: Clock, crm: CrmNews
) -> None:
    telegram.faults = [Unreachable("blocked")]
    await pushing.keep(wrote(siti, "halo"))
    await pushing.settle()
    crm.news.append(news_of(1, siti, Status.SELESAI))
    clock.move(hours=5)
    await pushing.settle()
    assert telegram.tries == 1
    await pushing.keep(wrote(siti, "saya kembali"))
    await pushing.settle()
    assert telegram.texts == ["echo: halo", "JK2611240001 selesai.", "echo: saya kembali"]


async def test_what_the_gateway_says_itself_does_not_make_a_citizen_reachable(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, clock: Clock
) -> None:
    rasa.answer = lambda message: says("di mana?", draft_open=True)
    telegram.faults = [Unreachable("blocked")]
    await pushing.keep(wrote(siti, "halo"))
    await pushing.settle()
    clock.move(hours=25)
    await pushing.settle()
    assert rasa.executed[-1]["parse_data"]["intent"]["name"] == "draft_expired"
    assert telegram.tries == 1


async def test_outside_the_window_news_go_by_template(
    pushing: Gateway, whatsapp: FakeClient, wati: str, crm: CrmNews
) -> None:
    whatsapp.faults = [WindowClosed("code 131047")]
    crm.news.append(news_of(1, wati, Status.SELESAI))
    await pushing.settle()
    assert [(call.by_template, call.message.is_news) for call in whatsapp.calls] == [
        (False, True),
        (True, True),
    ]
    assert whatsapp.texts == ["JK2611240001 selesai."]


async def test_a_template_that_fails_is_tried_again_as_template(
    pushing: Gateway, whatsapp: FakeClient, wati: str, crm: CrmNews, clock: Clock
) -> None:
    whatsapp.faults = [WindowClosed("code 131047"), RetryLater("HTTP 500")]
    crm.news.append(news_of(1, wati, Status.SELESAI))
    await pushing.settle()
    clock.move(seconds=2)
    await pushing.settle()
    assert [call.by_template for call in whatsapp.calls] == [False, True, True]


async def test_without_a_template_messages_wait_until_the_citizen_opens_the_window(
    pushing: Gateway, whatsapp: FakeClient, wati: str, crm: CrmNews, clock: Clock
) -> None:
    await pushing.keep(wrote(wati, "halo"))
    await pushing.settle()
    whatsapp.faults, whatsapp.has_template = [WindowClosed("code 131047")], WindowClosed("no template")
    crm.news.append(news_of(1, wati, Status.SELESAI))
    await pushing.settle()
    clock.move(hours=1)
    await pushing.settle()
    assert whatsapp.texts == ["echo: halo"]
    await pushing.keep(wrote(wati, "ada kabar?"))
    await pushing.settle()
    assert whatsapp.texts[1:] == ["JK2611240001 selesai.", "echo: ada kabar?"]
    assert not any(call.by_template for call in whatsapp.calls)


async def test_a_refused_message_is_dropped_and_the_next_one_goes(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.faults = [Refused("HTTP 400")]
    rasa.answer = lambda message: says("rahasia", "berikutnya")
    await pushing.keep(wrote(siti, "halo"))
    await pushing.settle()
    assert telegram.texts == ["berikutnya"]
    assert "HTTP 400" in caplog.text and "rahasia" not in caplog.text and "siti" not in caplog.text


async def test_an_error_of_the_client_is_tried_again_and_at_last_given_up(
    pushing: Gateway,
    rasa: StandIn,
    telegram: FakeClient,
    siti: str,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = ValueError("rahasia")
    telegram.always = lambda address, message: broken if message.text == "rahasia" else None
    rasa.answer = lambda message: says("rahasia", "berikutnya")
    await pushing.keep(wrote(siti, "halo"))
    for _ in range(8):
        await pushing.settle()
        clock.move(seconds=30)
    assert telegram.texts == ["berikutnya"]
    assert telegram.tries == 7
    assert "ValueError" in caplog.text and "rahasia" not in caplog.text


async def test_a_store_that_fails_after_sending_leaves_a_doubt(
    pushing: Gateway, telegram: FakeClient, siti: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await pushing.keep(wrote(siti, "halo"))
    await pushing.inbox.settle()
    write = pushing.store.write

    async def fail_once_sent(work: Any, *args: Any, **kwargs: Any) -> Any:
        if telegram.tries == 1:
            raise OSError("the disk is full")
        return await write(work, *args, **kwargs)

    monkeypatch.setattr(pushing.store, "write", fail_once_sent)
    with pytest.raises(OSError, match="disk"):
        await pushing.senders.settle()
    monkeypatch.setattr(pushing.store, "write", write)
    clock.move(seconds=30)
    await pushing.settle()
    assert telegram.texts == ["echo: halo", "mungkin dua kali\necho: halo"]


async def test_a_stopped_channel_keeps_everything_and_shows_until_it_works_again(
    pushing: Gateway, telegram: FakeClient, siti: str, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    budi = await pushing.addresses.conversation("telegram", [b"budi"])
    telegram.always = lambda address, message: ChannelDown("code 401")
    for conversation in (siti, budi):
        await pushing.keep(wrote(conversation, "halo"))
    await pushing.settle()
    at_once = telegram.tries
    assert pushing.channel_health() == {"telegram": False, "whatsapp": True}
    for tries in range(3):
        clock.move(minutes=9.9)
        await pushing.settle()
        assert telegram.tries == at_once + tries
        clock.move(minutes=0.1)
        await pushing.settle()
        assert telegram.tries == at_once + tries + 1, "one message tries it every ten minutes"
    assert len([record for record in caplog.records if record.levelno == logging.ERROR]) == 1
    telegram.always = lambda address, message: None
    clock.move(minutes=10)
    await pushing.settle()
    assert sorted(telegram.texts) == ["echo: halo", "echo: halo"]
    assert pushing.channel_health() == {"telegram": True, "whatsapp": True}


async def test_a_stopped_channel_takes_no_health_from_the_web_chat(
    pushing: Gateway, telegram: FakeClient, siti: str
) -> None:
    telegram.always = lambda address, message: ChannelDown("code 401")
    await pushing.keep(wrote(siti, "halo"))
    await pushing.settle()
    assert all((await pushing.health()).values())


async def test_one_citizen_gets_a_burst_and_then_a_message_a_second(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, clock: Clock
) -> None:
    rasa.answer = lambda message: says(*(f"baris {number}" for number in range(8)))
    await pushing.keep(wrote(siti, "halo"))
    for expected in (5, 6, 7, 8):
        await pushing.settle()
        assert telegram.tries == expected
        clock.move(seconds=1)
    assert telegram.texts == [f"baris {number}" for number in range(8)]


async def test_all_citizens_together_get_what_the_channel_allows(
    pushing: Gateway, telegram: FakeClient, clock: Clock, crm: CrmNews
) -> None:
    for number in range(1, 61):
        reporter = await pushing.addresses.conversation("telegram", [b"%d" % number])
        crm.news.append(news_of(number, reporter, Status.SELESAI))
    for expected in (25, 50, 60):
        await pushing.settle()
        assert telegram.tries == expected
        clock.move(seconds=1)
    assert {call.address for call in telegram.calls} == {str(number) for number in range(1, 61)}


@pytest.mark.parametrize("fault", [RetryLater("x"), ChannelDown("x"), Unreachable("x")])
async def test_an_answer_waits_for_a_new_process_as_well(
    pushing: Gateway, telegram: FakeClient, siti: str, clock: Clock, fault: SendError
) -> None:
    telegram.faults = [fault]
    await pushing.keep(wrote(siti, "halo"))
    await pushing.settle()
    assert await waiting(pushing, siti) == ["echo: halo"]


async def test_typing_is_shown_for_the_message_that_is_being_answered(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str
) -> None:
    await pushing.keep(wrote(siti, "halo", "42"))
    await pushing.settle()
    assert set(telegram.typed) <= {("siti", "42")}


async def test_running_in_the_background_it_sends_by_itself(
    pushing: Gateway, telegram: FakeClient, siti: str
) -> None:
    from tests.gateway.browser import until

    pushing.inbox.start()
    pushing.senders.start()
    await pushing.keep(wrote(siti, "halo"))
    await until(lambda: telegram.texts == ["echo: halo"])
