"""On channels that push, too, nothing stays of an anonymous intake, and nothing tells a citizen's number."""

import logging
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gateway.app import Gateway
from gateway.delivery.errors import ChannelDown, Refused, RetryLater, SendError, Unknown, Unreachable
from gateway.store import conversations
from gateway.store.orm import AliasRow, ConversationRow, SentRow
from tests.gateway.conftest import Clock
from tests.gateway.fake_platform import FakeClient
from tests.gateway.pushed import edited, photo, tapped, wrote
from tests.gateway.rasa_stand_in import StandIn
from tests.gateway.test_anonymity import (
    CANARIES,
    CAPTION,
    DESCRIPTION,
    NUMBER,
    anonymous_intake,
    places_holding,
)
from tests.gateway.test_anonymity import photo as photo_file

ADDRESS = "6281KANARI890"


def count(session: Session, table: Any, conversation: str) -> int:
    own = table.conversation_id == conversation
    return session.scalar(select(func.count()).select_from(table).where(own)) or 0


async def intake(gateway: Gateway, client: FakeClient, clock: Clock) -> str:
    """Report anonymously, with a corrected description and an album; return the conversation."""
    conversation = await gateway.addresses.conversation(client.name, [ADDRESS.encode(), b"KANARI-other-id"])
    client.files = {"a": photo_file(), "b": photo_file()}
    await gateway.keep(wrote(conversation, f"{DESCRIPTION} salah", "KANARI-1"))
    await gateway.settle()
    await gateway.keep(edited(conversation, "KANARI-1", DESCRIPTION))
    for reference in ("a", "b"):
        await gateway.keep(photo(conversation, reference, caption=CAPTION, album="KANARI-album"))
    clock.move(seconds=2)
    await gateway.settle()
    await gateway.keep(wrote(conversation, "lanjut", "KANARI-5"))
    await gateway.settle()
    await gateway.keep(tapped(conversation, client.last.buttons[0].token, "KANARI-6"))
    for _ in range(2):  # The second time for what the limits held back.
        clock.move(seconds=5)
        await gateway.settle()
    return conversation


@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
async def test_no_byte_of_an_anonymous_intake_stays(
    pushing: Gateway,
    rasa: StandIn,
    clock: Clock,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    request: pytest.FixtureRequest,
    channel: str,
) -> None:
    client: FakeClient = request.getfixturevalue(channel)
    rasa.answer = anonymous_intake
    with caplog.at_level(logging.INFO):
        conversation = await intake(pushing, client, clock)
    assert NUMBER in client.texts[-1]
    await pushing.senders.reports.arrived(client.last.tag)
    await pushing.settle()
    url = pushing.settings.database_url
    assert {words: places_holding(url, tmp_path, words) for words in CANARIES} == dict.fromkeys(CANARIES, [])
    assert places_holding(url, tmp_path, "03:00") == []
    assert await pushing.store.read(count, SentRow, conversation) == 0
    assert rasa.turns[conversation] == []
    assert "KANARI" not in caplog.text and NUMBER not in caplog.text and conversation not in caplog.text


@pytest.mark.parametrize(
    "fault", [RetryLater("x"), Unknown("x"), Unreachable("x"), ChannelDown("x"), Refused("x")], ids=repr
)
async def test_failures_are_logged_without_number_and_words(
    pushing: Gateway, whatsapp: FakeClient, caplog: pytest.LogCaptureFixture, fault: SendError
) -> None:
    whatsapp.faults = [fault]
    conversation = await pushing.addresses.conversation("whatsapp", [ADDRESS.encode()])
    with caplog.at_level(logging.DEBUG, logger="gateway"):
        await pushing.keep(wrote(conversation, DESCRIPTION))
        await pushing.settle()
    assert "KANARI" not in caplog.text and conversation not in caplog.text


async def test_forgetting_a_conversation_forgets_its_ids_and_what_was_sent(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, clock: Clock
) -> None:
    rasa.answer = anonymous_intake
    conversation = await pushing.addresses.conversation("telegram", [b"satu", b"dua"])
    await pushing.keep(wrote(conversation, "halo"))
    await pushing.settle()
    tables = (SentRow, AliasRow, ConversationRow)
    assert [await pushing.store.read(count, table, conversation) for table in tables] == [1, 1, 1]
    await pushing.store.write(conversations.forget_contents, conversation)
    assert [await pushing.store.read(count, table, conversation) for table in tables] == [0, 0, 0]


async def test_what_sent_messages_are_called_is_forgotten_after_a_week_and_who_was_silent_for_years(
    pushing: Gateway, whatsapp: FakeClient, clock: Clock
) -> None:
    conversation = await pushing.addresses.conversation("whatsapp", [b"satu", b"dua"])
    await pushing.keep(wrote(conversation, "halo"))
    await pushing.settle()
    clock.move(days=7)
    await pushing.settle()
    assert await pushing.store.read(count, SentRow, conversation) == 1
    clock.move(days=1)
    await pushing.settle()
    assert await pushing.store.read(count, SentRow, conversation) == 0
    clock.move(days=400)
    await pushing.settle()
    assert await pushing.store.read(count, AliasRow, conversation) == 0


async def test_while_a_draft_is_open_no_more_than_the_last_message_is_remembered(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, tmp_path: Path
) -> None:
    rasa.answer = anonymous_intake
    for number in range(3):
        await pushing.keep(wrote(siti, f"jawaban {number}", f"KANARI-{number}"))
        await pushing.settle()
    url = pushing.settings.database_url
    found = [bool(places_holding(url, tmp_path, f"KANARI-{number}")) for number in range(3)]
    assert found == [False, False, True]
