"""Nothing an anonymous intake said stays in any byte the gateway keeps, and nothing joins report and chat."""

import io
import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from PIL import Image
from PIL.ExifTags import Base
from psycopg import sql

from gateway.app import Gateway
from gateway.messages import InboundMessage, intent
from gateway.settings import Settings
from tests.gateway.conftest import NEWS_STATUSES, Clock, CrmNews
from tests.gateway.rasa_stand_in import StandIn, says

if TYPE_CHECKING:
    from tests.servers.s3_server import S3Server

DESCRIPTION = "KANARI-lampu-mati-di-gang-mawar"
CAPTION = "KANARI-foto-tiang"
NUMBER = "JK2611240042"
CODE = "7KQM-4TXD"
CANARIES = (DESCRIPTION, CAPTION, NUMBER, CODE, "KANARI")


def anonymous_intake(message: dict[str, Any]) -> dict[str, Any]:
    if message["parse_data"] and message["parse_data"]["intent"]["name"] == "submit":
        receipt = f"Laporan {NUMBER}, kode {CODE}"
        return says(receipt, custom={"forget": "conversation", "secret": True})
    kirim = {"title": f"Kirim {DESCRIPTION}", "payload": f'/submit{{"note": "{DESCRIPTION}"}}'}
    return says(f"Ringkasan: {message['text']}", draft_open=True, buttons=[kirim])


def photo() -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[Base.ImageDescription] = CAPTION
    Image.new("RGB", (64, 48), "red").save(out, "JPEG", exif=exif)
    return out.getvalue()


def files_holding(folder: Path, words: str) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def cells_holding(url: str, words: str) -> list[str]:
    found = []
    with psycopg.connect(url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        assert tables
        for (table,) in tables:
            rows = connection.execute(
                sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(table))
            ).fetchall()
            found += [table for (row,) in rows if words in row]
    return found


def places_holding(url: str, folder: Path, words: str) -> list[str]:
    kept = files_holding(folder, words)
    return kept + (cells_holding(url, words) if url.startswith("postgresql") else [])


async def intake(gateway: Gateway, conversation: str) -> None:
    await gateway.keep(InboundMessage("web", conversation, "1", DESCRIPTION))
    name = await gateway.media.keep_photo(photo())
    await gateway.keep(InboundMessage("web", conversation, "2", CAPTION, intent("send_photo", photo=name)))
    await gateway.inbox.settle()
    token = (await gateway.outbox.waiting(conversation))[-1].buttons[0]["token"]
    await gateway.keep(InboundMessage("web", conversation, "3", "", button_token=token))
    await gateway.inbox.settle()


@pytest.fixture
async def in_bucket(settings: Settings, s3: "S3Server", crm: CrmNews, clock: Clock) -> AsyncIterator[Gateway]:
    """A gateway that keeps photos in a bucket."""
    gateway = Gateway(replace(settings, bucket=s3.settings), crm, NEWS_STATUSES, clock)
    await gateway.open()
    yield gateway
    await gateway.close()


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.INFO):
        yield caplog


async def test_no_byte_of_an_anonymous_intake_stays(
    gateway: Gateway, rasa: StandIn, conversation: str, tmp_path: Path, log: pytest.LogCaptureFixture
) -> None:
    url = gateway.settings.database_url
    rasa.answer = anonymous_intake
    await intake(gateway, conversation)
    assert places_holding(url, tmp_path, NUMBER), "the receipt must wait for its reader"
    receipt = await gateway.outbox.waiting(conversation)
    assert [row.secret for row in receipt] == [True]
    await gateway.outbox.arrived(conversation, [row.public_id for row in receipt])
    await gateway.settle()
    assert {words: places_holding(url, tmp_path, words) for words in CANARIES} == dict.fromkeys(CANARIES, [])
    assert rasa.turns[conversation] == []
    assert "KANARI" not in log.text and NUMBER not in log.text and conversation not in log.text


async def test_no_time_of_day_stays_with_a_conversation_or_a_photo(
    gateway: Gateway, rasa: StandIn, conversation: str, clock: Clock, tmp_path: Path
) -> None:
    rasa.answer = anonymous_intake
    await intake(gateway, conversation)
    receipt = await gateway.outbox.waiting(conversation)
    await gateway.outbox.arrived(conversation, [row.public_id for row in receipt])
    await gateway.settle()
    assert places_holding(gateway.settings.database_url, tmp_path, "03:00") == []
    [kept] = gateway.settings.media.iterdir()
    assert kept.stat().st_mtime == clock().replace(hour=0, minute=0).timestamp()
    assert kept.stat().st_mode & 0o777 == 0o600


async def test_no_byte_of_an_anonymous_intake_stays_in_a_bucket_nor_the_time_of_it(
    in_bucket: Gateway,
    s3: "S3Server",
    crm: CrmNews,
    rasa: StandIn,
    clock: Clock,
    tmp_path: Path,
    log: pytest.LogCaptureFixture,
) -> None:
    conversation = in_bucket.identity.conversation_id("web", b"siti")
    rasa.answer = anonymous_intake
    await intake(in_bucket, conversation)
    receipt = await in_bucket.outbox.waiting(conversation)
    await in_bucket.outbox.arrived(conversation, [row.public_id for row in receipt])
    clock.move(minutes=41)
    crm.photos.update(await in_bucket.media.undecided())
    await in_bucket.settle()
    [photo] = s3.objects()
    told = f"{photo.key} {photo.headers} {photo.grants}"
    assert not [words for words in CANARIES if words in told or words.encode() in photo.content]
    assert photo.last_modified == clock(), "that of the sweep"
    assert {words: files_holding(tmp_path, words) for words in CANARIES} == dict.fromkeys(CANARIES, [])
    assert not (tmp_path / "media").exists()
    assert "KANARI" not in log.text and NUMBER not in log.text and conversation not in log.text


async def test_rasa_failing_between_receipt_and_forgetting_changes_nothing_of_that(
    gateway: Gateway, rasa: StandIn, conversation: str, clock: Clock, tmp_path: Path
) -> None:
    rasa.answer = anonymous_intake
    rasa.fail = lambda path, body: 503 if path.endswith("/forget") else None
    await intake(gateway, conversation)
    receipt = await gateway.outbox.waiting(conversation)
    await gateway.outbox.arrived(conversation, [row.public_id for row in receipt])
    await gateway.settle()
    assert places_holding(gateway.settings.database_url, tmp_path, "KANARI") == []
    rasa.fail = lambda path, body: None
    clock.move(seconds=20)
    await gateway.settle()
    assert rasa.turns[conversation] == []
