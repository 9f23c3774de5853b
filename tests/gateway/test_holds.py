"""Messages of channels that push: what overtook goes back in line, what belongs together is together."""

from typing import Any

import pytest

from gateway import texts
from gateway.app import Gateway
from gateway.messages import PHOTO_TEXT, ParseData, intent
from tests.gateway.browser import until
from tests.gateway.conftest import Clock
from tests.gateway.fake_platform import FakeClient
from tests.gateway.pushed import edited, photo, tapped, wrote
from tests.gateway.rasa_stand_in import StandIn, says


async def test_a_tap_lets_the_message_it_overtook_go_first(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, clock: Clock
) -> None:
    rasa.answer = lambda message: says("?", buttons=[{"title": "Ya", "payload": "/affirm"}])
    await pushing.keep(wrote(siti, "halo", sequence=1))
    await pushing.settle()
    await pushing.keep(tapped(siti, telegram.last.buttons[0].token, sequence=3))
    await pushing.settle()
    assert rasa.texts == ["halo"], "the tap is held"
    await pushing.keep(wrote(siti, "tunggu", sequence=2))
    clock.move(seconds=0.3)
    rasa.answer = lambda message: says("baik")
    await pushing.settle()
    assert rasa.texts == ["halo", "tunggu", "Ya"]


async def test_a_tap_on_the_web_chat_is_not_held(gateway: Gateway, rasa: StandIn, conversation: str) -> None:
    rasa.answer = lambda message: says("?", buttons=[{"title": "Ya", "payload": "/affirm"}])
    await gateway.keep(wrote(conversation, "halo"))
    await gateway.settle()
    [row] = await gateway.outbox.waiting(conversation)
    await gateway.keep(tapped(conversation, row.buttons[0]["token"]))
    await gateway.settle()
    assert rasa.texts == ["halo", "Ya"]


async def test_in_the_background_a_held_tap_is_taken_by_itself(
    pushing: Gateway, rasa: StandIn, siti: str, clock: Clock
) -> None:
    pushing.inbox.start()
    await pushing.keep(tapped(siti, "old"))
    clock.move(seconds=1)
    await until(lambda: not pushing.inbox._workers._tasks)
    await pushing.keep(wrote(siti, "halo"))
    await until(lambda: rasa.texts == ["halo"])


async def test_waiting_messages_are_handled_in_the_platforms_order(
    pushing: Gateway, rasa: StandIn, siti: str
) -> None:
    for number in (3, 1, 2):
        await pushing.keep(wrote(siti, f"pesan {number}", sequence=1_700_000_000 + number))
    await pushing.settle()
    assert rasa.texts == ["pesan 1", "pesan 2", "pesan 3"]


async def test_what_came_late_does_not_overtake_a_forgetting(
    pushing: Gateway, rasa: StandIn, siti: str, clock: Clock
) -> None:
    rasa.fail = lambda path, body: 503 if path.endswith("/forget") else None
    rasa.answer = lambda message: says("kode", custom={"forget": "conversation"})
    await pushing.keep(wrote(siti, "kirim", sequence=9))
    await pushing.settle()
    await pushing.keep(wrote(siti, "terlambat", sequence=8))
    await pushing.settle()
    assert rasa.texts == ["kirim"]
    rasa.fail = lambda path, body: None
    clock.move(seconds=20)
    await pushing.settle()
    assert rasa.texts == ["kirim", "terlambat"]


async def test_messages_of_a_channel_that_is_off_wait_and_trouble_nobody(
    gateway: Gateway, rasa: StandIn, conversation: str
) -> None:
    off = gateway.identity.conversation_id("telegram", b"siti")
    await gateway.keep(wrote(off, "halo"))
    await gateway.keep(wrote(conversation, "hai"))
    await gateway.settle()
    assert rasa.texts == ["hai"]


# ── Edits ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def drafting(message: dict[str, Any]) -> dict[str, Any]:
    return says(f"echo: {message['text']}", draft_open=True)


async def test_an_edit_of_a_waiting_message_replaces_its_words(
    pushing: Gateway, rasa: StandIn, siti: str
) -> None:
    await pushing.keep(wrote(siti, "lampu mti", "1"))
    await pushing.keep(edited(siti, "1", "lampu mat"))
    await pushing.keep(edited(siti, "1", "lampu mati"))
    await pushing.settle()
    assert rasa.texts == ["lampu mati"]


async def test_a_waiting_command_edited_into_words_is_words(
    pushing: Gateway, rasa: StandIn, siti: str
) -> None:
    await pushing.keep(wrote(siti, "[mulai]", "1", parse_data=intent("start")))
    await pushing.keep(edited(siti, "1", "lampu mati"))
    await pushing.keep(wrote(siti, "halo", "2"))
    await pushing.keep(edited(siti, "2", "[bantuan]", parse_data=intent("ask_help")))
    await pushing.settle()
    assert [turn["parse_data"] for turn in rasa.executed] == [None, intent("ask_help")]


async def test_a_waiting_photo_can_be_replaced_and_an_album_keeps_its_photos(
    pushing: Gateway, siti: str, telegram: FakeClient, clock: Clock
) -> None:
    await pushing.keep(photo(siti, "a"))
    await pushing.keep(edited(siti, "photo a", "lubang", attachments=("b",)))
    for reference in ("c", "d"):
        await pushing.keep(photo(siti, reference, album="x"))
    await pushing.keep(edited(siti, "photo c", "lubang", attachments=("c",)))
    clock.move(seconds=2)
    await pushing.settle()
    assert telegram.fetched == ["b", "c", "d"]


@pytest.mark.parametrize("parse_data", [None, intent("ask_help")])
async def test_an_edit_that_changes_no_word_is_not_answered_again(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, parse_data: ParseData | None
) -> None:
    rasa.answer = drafting
    await pushing.keep(wrote(siti, "satu", "1", parse_data=parse_data))
    await pushing.settle()
    for number in (2, 3):
        again = wrote(siti, "satu", f"edit:{number}", replaces="1", parse_data=parse_data)
        await pushing.keep(again)
        await pushing.settle()
    assert rasa.texts == ["satu"] and rasa.forgotten == []
    assert telegram.texts == ["echo: satu"]
    await pushing.keep(edited(siti, "1", "dua"))
    await pushing.keep(wrote(siti, "dua", "edit:4", replaces="1"))
    await pushing.settle()
    assert telegram.texts == ["echo: satu", "echo: dua"]


async def test_an_edit_of_the_last_answered_message_takes_its_place_in_the_draft(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str
) -> None:
    rasa.answer = drafting
    for words in ("lampu mati", "di tebet"):
        await pushing.keep(wrote(siti, words))
        await pushing.settle()
    await pushing.keep(edited(siti, "di tebet", "di tebet barat"))
    await pushing.settle()
    assert [turn.request["text"] for turn in rasa.turns[siti]] == ["lampu mati", "di tebet barat"]
    assert telegram.texts[-1] == "echo: di tebet barat"


async def test_an_edit_can_be_edited_again(pushing: Gateway, rasa: StandIn, siti: str) -> None:
    rasa.answer = drafting
    await pushing.keep(wrote(siti, "satu", "1"))
    await pushing.settle()
    for words in ("dua", "tiga"):
        await pushing.keep(edited(siti, "1", words))
        await pushing.settle()
    assert [turn.request["text"] for turn in rasa.turns[siti]] == ["tiga"]


async def test_an_edit_whose_answer_got_lost_is_not_run_twice(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, clock: Clock
) -> None:
    rasa.answer = drafting
    await pushing.keep(wrote(siti, "satu", "1"))
    await pushing.settle()
    await pushing.keep(edited(siti, "1", "dua"))
    rasa.lose_answers = True
    await pushing.settle()
    rasa.lose_answers = False
    for _ in range(3):
        clock.move(seconds=20)
        await pushing.settle()
    assert rasa.texts == ["satu", "dua"]
    assert [turn.request["text"] for turn in rasa.turns[siti]] == ["dua"]
    assert telegram.texts == ["echo: satu", "tunda", "echo: dua"]


async def test_an_edit_of_a_message_that_is_being_tried_follows_it(
    pushing: Gateway, rasa: StandIn, siti: str, clock: Clock
) -> None:
    rasa.answer = drafting
    rasa.lose_answers = True
    await pushing.keep(wrote(siti, "satu", "1"))
    await pushing.settle()
    rasa.lose_answers = False
    await pushing.keep(edited(siti, "1", "dua"))
    clock.move(seconds=20)
    await pushing.settle()
    assert rasa.texts == ["satu", "dua"]
    assert [turn.request["text"] for turn in rasa.turns[siti]] == ["dua"]


async def test_an_edit_makes_the_buttons_of_the_edited_turn_old(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str
) -> None:
    rasa.answer = lambda message: says("?", draft_open=True, buttons=[{"title": "Ya", "payload": "/affirm"}])
    await pushing.keep(wrote(siti, "satu", "1"))
    await pushing.settle()
    rasa.answer = drafting
    await pushing.keep(edited(siti, "1", "dua"))
    await pushing.settle()
    assert telegram.retired == [("siti", "telegram-1")]


@pytest.mark.parametrize("later", ["an answer", "the end of the draft"])
async def test_an_edit_of_anything_older_is_told_how_to_change_an_answer(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, later: str
) -> None:
    rasa.answer = drafting
    await pushing.keep(wrote(siti, "satu", "1"))
    await pushing.settle()
    if later == "the end of the draft":
        rasa.answer = lambda message: says("selesai")
    await pushing.keep(wrote(siti, "dua", "2"))
    await pushing.settle()
    await pushing.keep(edited(siti, "1" if later == "an answer" else "2", "tiga"))
    await pushing.settle()
    assert telegram.texts[-1] == "sunting terlambat"
    assert rasa.texts == ["satu", "dua"] and rasa.forgotten == []


# ── What the gateway answers itself ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", sorted(texts.NOTICES))
async def test_a_notice_is_answered_without_rasa(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, name: str
) -> None:
    await pushing.keep(wrote(siti, "", "1", notice=name))
    await pushing.settle()
    assert telegram.texts == [pushing.texts.say(name)]
    assert rasa.executed == []


async def test_a_notice_leaves_draft_and_last_answer_as_they_are(
    pushing: Gateway, rasa: StandIn, siti: str
) -> None:
    rasa.answer = drafting
    await pushing.keep(wrote(siti, "satu", "1"))
    await pushing.keep(wrote(siti, "", "2", notice=texts.STICKER))
    await pushing.settle()
    await pushing.keep(edited(siti, "1", "dua"))
    await pushing.settle()
    assert [turn.request["text"] for turn in rasa.turns[siti]] == ["dua"]


async def test_a_notice_nobody_wrote_is_an_error_of_the_channel(pushing: Gateway, siti: str) -> None:
    with pytest.raises(ValueError, match="utter_x"):
        await pushing.keep(wrote(siti, "", "1", notice="utter_x"))


async def test_an_album_of_things_we_cannot_read_is_answered_once(
    pushing: Gateway, telegram: FakeClient, siti: str, clock: Clock
) -> None:
    for number in range(3):
        await pushing.keep(wrote(siti, PHOTO_TEXT, f"{number}", notice=texts.VIDEO, album="a"))
    clock.move(seconds=1.5)
    await pushing.settle()
    assert telegram.texts == ["video"]
