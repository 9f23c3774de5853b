"""A message's way through inbox, Rasa and outbox, on both databases, with a clock that the tests move."""

import asyncio
from typing import Any

import pytest

from crm.domain.status import Status
from gateway.app import Gateway
from gateway.messages import InboundMessage, intent
from tests.gateway.browser import until
from tests.gateway.conftest import Clock, CrmNews, news_of
from tests.gateway.rasa_stand_in import StandIn, says


def text(conversation: str, words: str, message_id: str = "") -> InboundMessage:
    return InboundMessage("web", conversation, message_id or words, words)


def tap(conversation: str, token: str, message_id: str) -> InboundMessage:
    return InboundMessage("web", conversation, message_id, "", button_token=token)


async def outbox(gateway: Gateway, conversation: str) -> list[str]:
    return [row.text for row in await gateway.outbox.waiting(conversation)]


async def buttons(gateway: Gateway, conversation: str) -> list[dict[str, str]]:
    return [button for row in await gateway.outbox.waiting(conversation) for button in row.buttons]


async def test_a_message_is_answered_and_then_forgotten(
    gateway: Gateway, rasa: StandIn, conversation: str
) -> None:
    assert await gateway.keep(text(conversation, "lampu mati"))
    await gateway.settle()
    rows = await gateway.outbox.waiting(conversation)
    assert [row.text for row in rows] == ["echo: lampu mati"]
    await gateway.outbox.arrived(conversation, [rows[0].public_id])
    assert await outbox(gateway, conversation) == []


async def test_a_redelivery_is_dropped_before_and_after_it_was_handled(
    gateway: Gateway, rasa: StandIn, conversation: str
) -> None:
    assert await gateway.keep(text(conversation, "halo", "1"))
    assert not await gateway.keep(text(conversation, "halo", "1"))
    await gateway.settle()
    assert not await gateway.keep(text(conversation, "halo", "1"))
    await gateway.settle()
    assert rasa.texts == ["halo"]


async def test_the_same_message_id_of_another_conversation_is_another_message(
    gateway: Gateway, rasa: StandIn, conversation: str
) -> None:
    other = gateway.identity.conversation_id("web", b"budi")
    assert await gateway.keep(text(conversation, "halo", "1"))
    assert await gateway.keep(text(other, "hai", "1"))


async def test_messages_of_a_conversation_are_handled_in_order_one_at_a_time(
    gateway: Gateway, rasa: StandIn, conversation: str
) -> None:
    for number in range(12):
        await gateway.keep(text(conversation, f"pesan {number}"))
    await gateway.settle()
    assert rasa.texts == [f"pesan {number}" for number in range(12)]
    assert rasa.most_busy == 1


async def test_a_slow_conversation_does_not_hold_up_another(gateway: Gateway, rasa: StandIn) -> None:
    slow, quick = (gateway.identity.conversation_id("web", name) for name in (b"slow", b"quick"))
    rasa.gate.clear()
    for conversation in (slow, quick):
        await gateway.keep(text(conversation, "halo"))
    settling = asyncio.create_task(gateway.settle())
    await until(lambda: rasa.busy == 2)
    rasa.gate.set()
    await settling
    assert rasa.most_busy == 2


async def test_while_rasa_is_down_the_citizen_is_told_once_and_answered_later_in_order(
    gateway: Gateway, rasa: StandIn, clock: Clock, conversation: str
) -> None:
    rasa.stop()
    await gateway.keep(text(conversation, "satu"))
    await gateway.settle()
    await gateway.keep(text(conversation, "dua"))
    for _ in range(10):
        clock.move(seconds=20)
        await gateway.settle()
    assert await outbox(gateway, conversation) == ["tunda"]
    rasa.start()
    clock.move(seconds=20)
    await gateway.settle()
    assert await outbox(gateway, conversation) == ["tunda", "echo: satu", "echo: dua"]


async def test_a_failed_message_is_tried_again_only_when_its_time_has_come(
    gateway: Gateway, rasa: StandIn, clock: Clock, conversation: str
) -> None:
    tries: list[str] = []

    def down(path: str, body: dict[str, Any]) -> int:
        tries.append(path)
        return 503

    rasa.fail = down
    await gateway.keep(text(conversation, "halo"))
    for seconds, expected in ((0, 1), (0.9, 1), (0.1, 2), (1.9, 2), (0.1, 3), (3.9, 3), (0.1, 4)):
        clock.move(seconds=seconds)
        await gateway.settle()
        assert len(tries) == expected


async def test_first_contact_fails_silently_but_a_citizen_behind_it_is_told(
    gateway: Gateway, rasa: StandIn, clock: Clock, conversation: str
) -> None:
    rasa.stop()
    await gateway.keep(
        InboundMessage("web", conversation, "start", "[mulai]", intent("start"), from_citizen=False)
    )
    await gateway.settle()
    assert await outbox(gateway, conversation) == []
    await gateway.keep(text(conversation, "ada banjir"))
    clock.move(seconds=20)
    await gateway.settle()
    assert await outbox(gateway, conversation) == ["tunda"]


async def test_an_answer_that_got_lost_is_fetched_again_without_a_second_turn(
    gateway: Gateway, rasa: StandIn, clock: Clock, conversation: str
) -> None:
    rasa.lose_answers = True
    await gateway.keep(text(conversation, "kirim"))
    await gateway.settle()
    rasa.lose_answers = False
    clock.move(seconds=20)
    await gateway.settle()
    assert rasa.texts == ["kirim"]
    assert await outbox(gateway, conversation) == ["tunda", "echo: kirim"]


@pytest.mark.parametrize("status", [400, 422, 500])
async def test_a_message_that_a_healthy_rasa_keeps_refusing_is_set_aside(
    gateway: Gateway, rasa: StandIn, clock: Clock, conversation: str, status: int
) -> None:
    rasa.fail = lambda path, body: status if body.get("text") == "racun" else None
    await gateway.keep(text(conversation, "racun"))
    await gateway.keep(text(conversation, "sesudahnya"))
    for _ in range(6):
        await gateway.settle()
        clock.move(seconds=20)
    assert await outbox(gateway, conversation) == ["tunda", "gagal", "echo: sesudahnya"]


async def test_a_message_that_fails_while_others_are_answered_is_set_aside(
    gateway: Gateway, rasa: StandIn, clock: Clock, conversation: str
) -> None:
    other = gateway.identity.conversation_id("web", b"budi")
    rasa.fail = lambda path, body: 503 if body.get("text") == "racun" else None
    await gateway.keep(text(conversation, "racun"))
    for number in range(25):
        await gateway.inbox.settle()
        clock.move(seconds=8)
        await gateway.keep(text(other, f"halo {number}"))
        await gateway.inbox.settle()
        clock.move(seconds=8)
    assert await outbox(gateway, conversation) == ["tunda", "gagal"]


async def test_no_message_is_set_aside_while_rasa_is_ill(
    gateway: Gateway, rasa: StandIn, clock: Clock, conversation: str
) -> None:
    rasa.healthy = False
    rasa.fail = lambda path, body: 500
    await gateway.keep(text(conversation, "halo"))
    for _ in range(20):
        await gateway.settle()
        clock.move(seconds=20)
    rasa.fail = lambda path, body: None
    await gateway.settle()
    assert await outbox(gateway, conversation) == ["tunda", "echo: halo"]


async def test_a_turn_without_any_answer_is_not_silence(
    gateway: Gateway, rasa: StandIn, conversation: str
) -> None:
    rasa.answer = lambda message: {"messages": [], "draft_open": False}
    await gateway.keep(text(conversation, "halo"))
    await gateway.settle()
    assert await outbox(gateway, conversation) == ["gagal"]


async def test_a_tapped_button_reaches_rasa_as_parse_data(
    gateway: Gateway, rasa: StandIn, conversation: str
) -> None:
    payload = '/choose_privacy{"privacy": "anonim"}'
    rasa.answer = lambda message: says("siapa?", buttons=[{"title": "Anonim", "payload": payload}])
    await gateway.keep(text(conversation, "halo"))
    await gateway.settle()
    [button] = await buttons(gateway, conversation)
    assert button["title"] == "Anonim" and payload not in button["token"]
    await gateway.keep(tap(conversation, button["token"], "2"))
    await gateway.settle()
    assert rasa.executed[-1]["text"] == "Anonim"
    assert rasa.executed[-1]["parse_data"] == intent("choose_privacy", privacy="anonim")


async def test_buttons_are_old_after_a_tap_and_after_newer_buttons(
    gateway: Gateway, rasa: StandIn, conversation: str
) -> None:
    rasa.answer = lambda message: says("?", buttons=[{"title": "Ya", "payload": "/affirm"}])
    for number in range(2):
        await gateway.keep(text(conversation, f"halo {number}"))
    await gateway.settle()
    older, newer = await buttons(gateway, conversation)
    rasa.answer = lambda message: says("baik")
    for number, button in enumerate((older, newer, newer)):
        await gateway.keep(tap(conversation, button["token"], f"tap {number}"))
    await gateway.settle()
    assert (await outbox(gateway, conversation))[2:] == ["tombol lama", "baik", "tombol lama"]


async def test_an_answer_without_buttons_leaves_the_last_ones_in_force(
    gateway: Gateway, rasa: StandIn, conversation: str
) -> None:
    rasa.answer = lambda message: says("?", buttons=[{"title": "Ya", "payload": "/affirm"}])
    await gateway.keep(text(conversation, "halo"))
    await gateway.settle()
    [button] = await buttons(gateway, conversation)
    rasa.answer = lambda message: says("baik")
    await gateway.keep(text(conversation, "apa ini?"))
    await gateway.keep(tap(conversation, button["token"], "tap"))
    await gateway.settle()
    assert (await outbox(gateway, conversation))[1:] == ["baik", "baik"]


async def test_a_button_of_another_conversation_is_old(
    gateway: Gateway, rasa: StandIn, conversation: str
) -> None:
    thief = gateway.identity.conversation_id("web", b"budi")
    rasa.answer = lambda message: says("?", buttons=[{"title": "Ya", "payload": "/affirm"}])
    await gateway.keep(text(conversation, "halo"))
    await gateway.settle()
    [button] = await buttons(gateway, conversation)
    await gateway.keep(tap(thief, button["token"], "1"))
    await gateway.settle()
    assert await outbox(gateway, thief) == ["tombol lama"]
    assert len(rasa.executed) == 1


async def test_an_answer_with_a_malformed_button_counts_as_a_failure(
    gateway: Gateway, rasa: StandIn, clock: Clock, conversation: str
) -> None:
    rasa.answer = lambda message: says("?", buttons=[{"title": "Ya", "payload": "affirm{"}])
    await gateway.keep(text(conversation, "halo"))
    for _ in range(5):
        await gateway.settle()
        clock.move(seconds=20)
    assert await outbox(gateway, conversation) == ["tunda", "gagal"]


@pytest.mark.parametrize("scope", ["turn", "conversation"])
async def test_what_rasa_shall_forget_is_forgotten_after_its_answer_is_kept(
    gateway: Gateway, rasa: StandIn, clock: Clock, conversation: str, scope: str
) -> None:
    await gateway.keep(text(conversation, "sebelumnya"))
    await gateway.settle()
    rasa.fail = lambda path, body: 503 if path.endswith("/forget") else None
    rasa.answer = lambda message: says("rahasia", custom={"forget": scope, "secret": True})
    await gateway.keep(text(conversation, "kirim", "7"))
    await gateway.settle()
    assert (await outbox(gateway, conversation))[-1] == "rahasia"
    await gateway.keep(text(conversation, "lagi"))
    clock.move(seconds=20)
    await gateway.settle()
    assert "lagi" not in rasa.texts, "a message ran before the forgetting"
    rasa.fail = lambda path, body: None
    rasa.answer = lambda message: says("baik")
    clock.move(seconds=20)
    await gateway.settle()
    assert rasa.forgotten[-1] == {"conversation_id": conversation, "message_id": "7", "scope": scope}
    assert rasa.texts[-1] == "lagi"


async def test_a_forgotten_conversation_takes_its_unread_replies_along_but_no_news(
    gateway: Gateway, rasa: StandIn, conversation: str, crm: CrmNews
) -> None:
    crm.news.append(news_of(1, conversation, Status.SELESAI))
    await gateway.keep(text(conversation, "isi laporan"))
    await gateway.settle()
    rasa.answer = lambda message: says("tanda terima", custom={"forget": "conversation"})
    await gateway.keep(text(conversation, "kirim"))
    await gateway.settle()
    assert await outbox(gateway, conversation) == ["JK2611240001 selesai.", "tanda terima"]


async def test_a_draft_silent_for_a_day_is_closed_once(
    gateway: Gateway, rasa: StandIn, clock: Clock, conversation: str
) -> None:
    rasa.answer = lambda message: says("di mana?", draft_open=True)
    await gateway.keep(text(conversation, "jalan rusak"))
    await gateway.settle()
    clock.move(hours=23)
    await gateway.settle()
    assert len(rasa.executed) == 1
    rasa.answer = lambda message: says("draf ditutup")
    clock.move(hours=2)
    await gateway.settle()
    await gateway.settle()
    assert rasa.executed[-1]["parse_data"] == intent("draft_expired")
    clock.move(hours=48)
    await gateway.settle()
    assert len(rasa.executed) == 2


async def test_an_unfetched_message_expires_and_a_secret_one_sooner(
    gateway: Gateway, rasa: StandIn, clock: Clock, conversation: str
) -> None:
    await gateway.keep(text(conversation, "halo"))
    rasa.answer = lambda message: says("kode", custom={"secret": True})
    await gateway.settle()
    await gateway.keep(text(conversation, "kirim"))
    clock.move(days=4)
    await gateway.settle()
    clock.move(days=4)
    await gateway.settle()
    assert await outbox(gateway, conversation) == []
    rasa.answer = lambda message: says("biasa")
    await gateway.keep(text(conversation, "lagi"))
    await gateway.settle()
    clock.move(days=29)
    await gateway.settle()
    assert await outbox(gateway, conversation) == ["biasa"]
    clock.move(days=2)
    await gateway.settle()
    assert await outbox(gateway, conversation) == []
