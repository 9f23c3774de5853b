"""The bucket alone: what lies in it, what it tells, and what happens when its settings are wrong."""

import asyncio
import logging
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import httpx
import pytest
from PIL import Image

from gateway import __main__ as process
from gateway.media import Media, MediaUnavailable
from gateway.media.bucket import BucketStore
from gateway.orphans import drop_orphans
from gateway.settings import BucketSettings, SettingsError
from tests.gateway.browser import PATIENCE_SECONDS
from tests.gateway.conftest import Clock
from tests.gateway.test_media import encoded
from tests.gateway.test_settings import ENVIRONMENT
from tests.servers.s3_server import BUCKET, PREFIX, S3Server

PHOTO = encoded(Image.new("RGB", (8, 8), "red"))
WRONG = [
    ({"secret": "wrong"}, "SignatureDoesNotMatch"),
    ({"key_id": "AKIAWRONG"}, "InvalidAccessKeyId"),
    ({"bucket": "another-bucket"}, "AccessDenied"),
]


class AllReported:
    """A CRM whose reports have every photo it is asked about."""

    def attached_photos(self, names: Any) -> frozenset[str]:
        return frozenset(names)


class Busy(BaseHTTPRequestHandler):
    """What Amazon answers when it is asked too much."""

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b"<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>"
        self.send_response(503)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_PUT = answer

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def busy_server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Busy) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def bucket(s3: S3Server) -> BucketSettings:
    return s3.settings


@pytest.fixture
async def misled(request: pytest.FixtureRequest, s3: S3Server, clock: Clock) -> AsyncIterator[Media]:
    """Photos in a bucket whose settings are wrong in one point."""
    media = Media(BucketStore(replace(s3.settings, **request.param), clock))
    yield media
    await media.close()


async def test_the_time_that_stays_is_the_sweeps(media: Media, s3: S3Server, clock: Clock) -> None:
    name = await media.keep_photo(PHOTO)
    clock.move(minutes=35)
    await drop_orphans(media, AllReported(), timedelta(days=8))
    [kept] = s3.objects()
    assert (kept.key, kept.last_modified) == (f"{PREFIX}kept/{name}", clock())
    clock.move(hours=1)
    await drop_orphans(media, AllReported(), timedelta(days=8))
    assert [each.last_modified for each in s3.objects()] == [kept.last_modified], "it is not written again"


async def test_what_a_crash_left_half_done_is_done_by_the_next_sweep(
    media: Media, s3: S3Server, clock: Clock
) -> None:
    name = await media.keep_photo(PHOTO)
    [undecided] = s3.objects()
    s3.put(f"{PREFIX}kept/{name}", undecided.content)
    clock.move(hours=1)
    await drop_orphans(media, AllReported(), timedelta(days=8))
    assert [each.key for each in s3.objects()] == [f"{PREFIX}kept/{name}"]


async def test_an_object_is_private_and_carries_nothing_but_the_photo(
    media: Media, s3: S3Server, clock: Clock
) -> None:
    undecided, kept = await media.keep_photo(PHOTO), await media.keep_photo(PHOTO)
    await media.keep_for_good(kept)
    objects = s3.objects()
    assert {each.key for each in objects} == {f"{PREFIX}undecided/{undecided}", f"{PREFIX}kept/{kept}"}
    for each in objects:
        assert each.headers["content-type"] == "image/jpeg"
        assert not [name for name in each.headers if name.startswith(("x-amz-meta", "x-amz-tag"))]
        assert [grant["Grantee"]["Type"] for grant in each.grants] == ["CanonicalUser"]
        assert httpx.get(f"{s3.url}/{BUCKET}/{each.key}", trust_env=False).status_code == 403


async def test_two_in_one_bucket_do_not_see_each_other(media: Media, s3: S3Server, clock: Clock) -> None:
    s3.put(f"other/undecided/{1:032x}.jpg", b"theirs")
    s3.put(f"undecided/{1:032x}.jpg", b"theirs")
    clock.move(days=30)
    assert await media.read(f"{1:032x}.jpg") is None
    await drop_orphans(media, AllReported(), timedelta(days=8))
    assert len(s3.objects()) == 2


async def test_more_photos_than_one_answer_lists_are_all_found(
    media: Media, s3: S3Server, clock: Clock
) -> None:
    names = {f"{number:032x}.jpg" for number in range(1001)}
    for name in names:
        s3.put(f"{PREFIX}undecided/{name}", b"x")
    clock.move(hours=1)
    assert set(await media.undecided()) == names


@pytest.mark.parametrize(("misled", "code"), WRONG, indirect=["misled"])
async def test_with_wrong_settings_the_gateway_does_not_start_and_says_which(
    misled: Media, code: str
) -> None:
    with pytest.raises(SettingsError, match=f"(?s)ADUAN_MEDIA_URL.*{code}.*AWS_SECRET_ACCESS_KEY"):
        misled.check()


@pytest.mark.parametrize("misled", [wrong for wrong, _ in WRONG], indirect=True)
async def test_a_key_that_is_no_longer_good_is_a_failure_for_now(misled: Media, s3: S3Server) -> None:
    with pytest.raises(MediaUnavailable):
        await misled.keep_photo(PHOTO)
    with pytest.raises(MediaUnavailable):
        await misled.read(f"{0:032}.jpg")
    assert s3.objects() == []


async def test_a_bucket_that_does_not_answer_is_no_reason_not_to_start(
    media: Media, s3: S3Server, caplog: pytest.LogCaptureFixture
) -> None:
    s3.stop()
    media.check()
    assert "does not answer" in caplog.text


def test_what_the_library_cannot_use_is_a_wrong_setting_too(s3: S3Server, clock: Clock) -> None:
    with pytest.raises(SettingsError, match="ADUAN_MEDIA_URL: .*no region"):
        BucketStore(replace(s3.settings, region="no region!"), clock)


async def test_a_bucket_that_is_busy_is_no_reason_not_to_start_and_a_failure_for_now(
    s3: S3Server, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    with busy_server() as url:
        store = BucketStore(replace(s3.settings, endpoint=url), clock)
        store.check()
        assert "does not work now: SlowDown" in caplog.text
        with pytest.raises(MediaUnavailable, match="SlowDown"):
            store.keep(f"{0:032}.jpg", PHOTO)
        store.close()


async def test_a_slow_bucket_keeps_nobody_else_waiting(media: Media, s3: S3Server) -> None:
    name = await media.keep_photo(PHOTO)
    s3.asked.clear()
    s3.answers.clear()
    readers = [asyncio.create_task(media.read(name)) for _ in range(40)]
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await asyncio.to_thread(s3.asked.wait)
            assert await asyncio.to_thread(lambda: "the CRM") == "the CRM"
        assert not any(reader.done() for reader in readers)
    finally:
        s3.answers.set()
    assert None not in await asyncio.gather(*readers)


def test_the_process_ends_with_a_sentence_when_the_key_is_wrong(
    s3: S3Server, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        **ENVIRONMENT,
        "ADUAN_VAR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'crm.db'}",
        "ADUAN_MEDIA_URL": f"s3://{BUCKET}/{PREFIX}",
        "AWS_ENDPOINT_URL_S3": s3.url,
        "AWS_REGION": s3.settings.region,
        "AWS_ACCESS_KEY_ID": s3.settings.key_id,
        "AWS_SECRET_ACCESS_KEY": "wrong",
    }.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit, match=r"gateway: ADUAN_MEDIA_URL: .*SignatureDoesNotMatch"):
        process.main()


async def test_debugging_the_library_aside_nothing_of_a_photo_is_logged(
    media: Media, s3: S3Server, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        name = await media.keep_photo(PHOTO)
        await media.read(name)
        s3.stop()
        with pytest.raises(MediaUnavailable):
            await media.read(name)
    assert name not in caplog.text


def test_without_the_setting_the_library_is_not_loaded() -> None:
    program = "import gateway.app, sys; sys.exit('botocore' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0
