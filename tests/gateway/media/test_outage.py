"""While photos cannot be kept or read, messages wait, citizens hear an honest answer, and nothing is lost."""

import logging
import uuid
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy.orm import Session

from gateway.app import Gateway
from gateway.failures import FAILURES_WHILE_OTHERS_ARE_ANSWERED
from gateway.messages import OutboundMessage
from gateway.settings import BucketSettings, Settings
from gateway.store import outbox
from tests.gateway.conftest import Clock, Served
from tests.gateway.fake_platform import FakeClient
from tests.gateway.media.conftest import Outage
from tests.gateway.pushed import photo, wrote
from tests.gateway.rasa_stand_in import StandIn
from tests.gateway.test_media import encoded

PHOTO = encoded(Image.new("RGB", (8, 8), "red"))
CAPTION = "KANARI-foto-tiang"


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """SQLite: what differs between databases is tested with the core."""
    return f"sqlite:///{tmp_path / 'gateway.db'}"


@pytest.fixture
def settings(settings: Settings, bucket: BucketSettings | None) -> Settings:
    return replace(settings, bucket=bucket)


async def test_a_photo_of_a_platform_waits_however_long_and_the_citizen_is_told_once(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, clock: Clock, outage: Outage
) -> None:
    telegram.files = {"a": PHOTO}
    budi = await pushing.addresses.conversation("telegram", [b"budi"])
    outage.begin()
    await pushing.keep(photo(siti, "a", caption=CAPTION))
    await pushing.keep(wrote(siti, "sesudahnya"))
    for number in range(FAILURES_WHILE_OTHERS_ARE_ANSWERED + 5):
        clock.move(seconds=7)
        await pushing.keep(wrote(budi, f"pesan {number}"))
        await pushing.inbox.settle()
        clock.move(seconds=8)
        await pushing.inbox.settle()
        await pushing.senders.settle()
    assert telegram.texts_to("siti") == ["tunda"]
    assert CAPTION not in rasa.texts and f"pesan {FAILURES_WHILE_OTHERS_ARE_ANSWERED}" in rasa.texts
    outage.end()
    clock.move(seconds=15)
    await pushing.settle()
    assert rasa.texts[-2:] == [CAPTION, "sesudahnya"]
    [entity] = [each for each in rasa.executed[-2]["parse_data"]["entities"] if each["entity"] == "photo"]
    assert await pushing.media.read(entity["value"]) is not None


async def test_a_browser_is_asked_to_send_its_photo_again(
    served: Served, rasa: StandIn, outage: Outage, caplog: pytest.LogCaptureFixture
) -> None:
    message_id = str(uuid.uuid4())
    async with served.browser() as browser:
        await browser.begin()
        outage.begin()
        with caplog.at_level(logging.INFO):
            refused = await browser.send_photo(PHOTO, CAPTION, message_id)
        assert (refused.status_code, refused.json()["message"]) == (503, "foto nanti")
        assert "/chat/photos" in caplog.text and "KANARI" not in caplog.text
        outage.end()
        for _ in range(2):
            assert (await browser.send_photo(PHOTO, CAPTION, message_id)).status_code == 202
        async with browser.listen() as events:
            await events.texts(2)
    assert rasa.texts.count(CAPTION) == 1
    assert len(await served.gateway.media.undecided()) <= 1


async def test_an_answer_with_a_photo_waits_for_it(
    pushing: Gateway, telegram: FakeClient, siti: str, clock: Clock, outage: Outage
) -> None:
    name = await pushing.media.keep_photo(PHOTO)
    content = await pushing.media.read(name)
    outage.begin()
    await pushing.store.write(answer, siti, [OutboundMessage("sudah beres", image=name)], clock)
    await pushing.senders.settle()
    assert telegram.tries == 0
    outage.end()
    clock.move(seconds=2)
    await pushing.senders.settle()
    assert (telegram.last.text, telegram.last.image) == ("sudah beres", content)


async def test_an_answer_goes_without_a_photo_that_is_gone(
    pushing: Gateway, telegram: FakeClient, siti: str, clock: Clock
) -> None:
    for image in (f"{0:032}.jpg", "../domain.yml"):
        await pushing.store.write(answer, siti, [OutboundMessage("sudah beres", image=image)], clock)
    clock.move(seconds=5)
    await pushing.senders.settle()
    assert telegram.texts == ["sudah beres"] * 2
    assert telegram.last.image is None


def answer(session: Session, conversation: str, messages: list[OutboundMessage], clock: Clock) -> None:
    outbox.add(session, conversation, messages, clock())
