"""Buttons on messages already sent: taken off when they are old, and numbers where a platform has no buttons."""

import pytest

from gateway.app import Gateway
from gateway.delivery.errors import ChannelDown, Refused, RetryLater, Unreachable
from gateway.messages import Button, OutboundMessage, intent
from tests.gateway.conftest import Clock
from tests.gateway.fake_platform import FakeClient
from tests.gateway.pushed import tapped, wrote
from tests.gateway.rasa_stand_in import StandIn, says

YES_NO = [{"title": "Ya", "payload": "/affirm"}, {"title": "Tidak", "payload": "/deny"}]
MANY = [{"title": f"Kelurahan nomor {number}", "payload": f'/give_location{{"kelurahan_code": "{number}"}}'}
        for number in range(1, 13)]  # fmt: skip


async def ask(gateway: Gateway, rasa: StandIn, conversation: str, buttons: list[dict[str, str]]) -> None:
    rasa.answer = lambda message: says("pilih", buttons=buttons)
    await gateway.keep(wrote(conversation, "halo"))
    await gateway.settle()
    rasa.answer = lambda message: says("baik")


async def tap(gateway: Gateway, clock: Clock, conversation: str, token: str, message_id: str = "tap") -> None:
    await gateway.keep(tapped(conversation, token, message_id))
    clock.move(seconds=1)
    await gateway.settle()


async def test_after_a_tap_the_buttons_are_taken_off(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, clock: Clock
) -> None:
    await ask(pushing, rasa, siti, YES_NO)
    assert telegram.retired == []
    await tap(pushing, clock, siti, telegram.last.buttons[0].token)
    assert telegram.retired == [("siti", "telegram-1")]
    assert rasa.executed[-1]["parse_data"] == intent("affirm")
    await pushing.keep(wrote(siti, "lagi"))
    await pushing.settle()
    assert len(telegram.retired) == 1


async def test_buttons_of_news_stay_on_and_work_after_other_answers(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, clock: Clock
) -> None:
    done = Button("Sudah", '/confirm_done{"report_number": "JK2611240001"}')
    await pushing.outbox.put_once("news:1", siti, OutboundMessage("selesai", (done,), kind="news"))
    await pushing.settle()
    of_news = telegram.last.buttons[0].token
    await ask(pushing, rasa, siti, YES_NO)
    await tap(pushing, clock, siti, telegram.last.buttons[0].token)
    assert telegram.retired == [("siti", "telegram-2")]
    await tap(pushing, clock, siti, of_news, "tap on news")
    assert rasa.executed[-1]["parse_data"] == intent("confirm_done", report_number="JK2611240001")
    assert telegram.retired == [("siti", "telegram-2")]


async def test_newer_buttons_take_the_older_ones_off_and_other_answers_leave_them(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str
) -> None:
    await ask(pushing, rasa, siti, YES_NO)
    await pushing.keep(wrote(siti, "apa ini?"))
    await pushing.settle()
    assert telegram.retired == []
    rasa.answer = lambda message: says("lagi?", buttons=YES_NO)
    await pushing.keep(wrote(siti, "hmm"))
    await pushing.settle()
    assert telegram.retired == [("siti", "telegram-1")]


async def test_buttons_that_became_old_before_they_were_sent_are_not_sent(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, clock: Clock
) -> None:
    telegram.faults = [RetryLater("HTTP 500")]
    await ask(pushing, rasa, siti, YES_NO)
    rasa.answer = lambda message: says("lagi?", buttons=YES_NO)
    await pushing.keep(wrote(siti, "hmm"))
    clock.move(seconds=1)
    await pushing.settle()
    assert [(call.message.text, len(call.message.buttons)) for call in telegram.calls[1:]] == [
        ("pilih", 0),
        ("lagi?", 2),
    ]


async def test_buttons_the_platform_is_too_busy_to_take_off_go_later(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, clock: Clock
) -> None:
    await ask(pushing, rasa, siti, YES_NO)
    telegram.retire_faults = [RetryLater("HTTP 429", seconds=7)]
    await tap(pushing, clock, siti, telegram.last.buttons[0].token)
    clock.move(seconds=6)
    await pushing.settle()
    assert telegram.retired == []
    clock.move(seconds=1)
    await pushing.settle()
    assert telegram.retired == [("siti", "telegram-1")]


@pytest.mark.parametrize("fault", [Unreachable("blocked"), Refused("too old")])
async def test_buttons_that_cannot_be_taken_off_are_left(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, clock: Clock, fault: Exception
) -> None:
    await ask(pushing, rasa, siti, YES_NO)
    token = telegram.last.buttons[0].token
    telegram.retire_faults = [fault]
    await tap(pushing, clock, siti, token)
    await tap(pushing, clock, siti, token, "tap again")
    assert telegram.retired == []
    assert telegram.texts[-1] == "tombol lama"


async def test_a_refused_token_found_while_taking_buttons_off_stops_the_channel(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, clock: Clock
) -> None:
    await ask(pushing, rasa, siti, YES_NO)
    telegram.retire_faults = [ChannelDown("code 401")]
    await tap(pushing, clock, siti, telegram.last.buttons[0].token)
    assert pushing.channel_health()["telegram"] is False
    clock.move(minutes=10)
    await pushing.settle()
    assert telegram.retired == [("siti", "telegram-1")]


async def test_nothing_is_taken_off_where_the_platform_cannot(
    pushing: Gateway, rasa: StandIn, whatsapp: FakeClient, wati: str, clock: Clock
) -> None:
    await ask(pushing, rasa, wati, YES_NO)
    await tap(pushing, clock, wati, whatsapp.last.buttons[0].token)
    assert whatsapp.retired == []


@pytest.mark.parametrize("words", ["2", " 2. ", "2)", "nomor 2", "No. 2"])
async def test_choices_sent_as_numbers_are_answered_by_number(
    pushing: Gateway, rasa: StandIn, whatsapp: FakeClient, wati: str, words: str
) -> None:
    await ask(pushing, rasa, wati, MANY)
    assert whatsapp.texts[-1].splitlines()[3] == "2. Kelurahan nomor 2"
    await pushing.keep(wrote(wati, words))
    await pushing.settle()
    assert rasa.executed[-1]["parse_data"] == intent("give_location", kelurahan_code="2")
    assert rasa.executed[-1]["text"] == "Kelurahan nomor 2"


async def test_a_number_is_only_a_number_when_no_choice_has_it_or_choices_are_old(
    pushing: Gateway, rasa: StandIn, whatsapp: FakeClient, wati: str
) -> None:
    await ask(pushing, rasa, wati, MANY)
    for number, words in enumerate(("13", "2", "2")):
        await pushing.keep(wrote(wati, words, f"{number}"))
        await pushing.settle()
    assert [bool(request["parse_data"]) for request in rasa.executed[1:]] == [False, True, False]


async def test_a_number_is_only_a_number_where_buttons_are_buttons(
    pushing: Gateway, rasa: StandIn, whatsapp: FakeClient, wati: str
) -> None:
    await ask(pushing, rasa, wati, YES_NO)
    await pushing.keep(wrote(wati, "2"))
    await pushing.settle()
    assert rasa.executed[-1]["parse_data"] is None
