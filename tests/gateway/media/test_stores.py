"""Both stores of photos do the same: what was kept is there, names tell nothing, and trouble loses nothing."""

import io
import logging
from datetime import timedelta

import pytest
from PIL import Image

from gateway.media import Media, MediaUnavailable, NotAPhoto
from tests.gateway.conftest import Clock
from tests.gateway.media.conftest import Outage
from tests.gateway.test_media import encoded


@pytest.fixture
def photo() -> bytes:
    return encoded(Image.new("RGB", (8, 8), "red"), "PNG")


async def test_what_was_kept_can_be_read_as_a_jpeg(media: Media, photo: bytes) -> None:
    content = await media.read(await media.keep_photo(photo))
    assert content is not None
    assert Image.open(io.BytesIO(content)).format == "JPEG"


async def test_the_same_photo_twice_gets_two_names(media: Media, photo: bytes) -> None:
    first, second = await media.keep_photo(photo), await media.keep_photo(photo)
    await media.drop_photo(first)
    assert await media.read(first) is None and await media.read(second) is not None


async def test_what_is_no_photo_is_not_kept(media: Media) -> None:
    with pytest.raises(NotAPhoto):
        await media.keep_photo(b"%PDF-1.7")
    assert await media.undecided() == []


@pytest.mark.parametrize(
    "name", [f"{0:032}.jpg", "", ".", "../domain.yml", "/etc/passwd", "../undecided/x.jpg", "x" * 5000]
)
async def test_there_is_no_photo_of_another_name(media: Media, photo: bytes, name: str) -> None:
    await media.keep_photo(photo)
    assert await media.read(name) is None


async def test_a_photo_is_dropped_from_wherever_it_is_and_only_once(media: Media, photo: bytes) -> None:
    undecided, kept = await media.keep_photo(photo), await media.keep_photo(photo)
    await media.keep_for_good(kept)
    for _ in range(2):
        for name in (undecided, kept):
            await media.drop_photo(name)
            assert await media.read(name) is None


async def test_a_photo_is_undecided_until_it_is_kept_for_good(
    media: Media, photo: bytes, clock: Clock
) -> None:
    name = await media.keep_photo(photo)
    clock.move(hours=1)
    assert await media.undecided() == [name]
    before = await media.read(name)
    await media.keep_for_good(name)
    assert await media.undecided() == [] and await media.read(name) == before


async def test_undecided_photos_are_listed_by_age(media: Media, photo: bytes, clock: Clock) -> None:
    old = await media.keep_photo(photo)
    clock.move(days=2)
    young = await media.keep_photo(photo)
    clock.move(hours=12)
    assert await media.undecided(timedelta(days=1)) == [old]
    assert set(await media.undecided()) == {old, young}


async def test_a_store_that_can_be_used_passes_the_check(media: Media) -> None:
    media.check()


async def test_while_the_store_is_away_nothing_is_lost_and_nothing_is_said_to_be_done(
    media: Media, photo: bytes, clock: Clock, outage: Outage
) -> None:
    name = await media.keep_photo(photo)
    clock.move(hours=1)
    outage.begin()
    for call in (media.keep_photo(photo), media.read(name), media.keep_for_good(name)):
        with pytest.raises(MediaUnavailable):
            await call
    outage.end()
    assert await media.undecided() == [name]
    assert await media.read(name) is not None
    assert await media.read(await media.keep_photo(photo)) is not None


async def test_a_photo_that_cannot_be_deleted_now_is_left_to_the_sweep(
    media: Media, photo: bytes, clock: Clock, outage: Outage, caplog: pytest.LogCaptureFixture
) -> None:
    name = await media.keep_photo(photo)
    clock.move(hours=1)
    outage.begin()
    await media.drop_photo(name)
    outage.end()
    assert await media.undecided() == [name]
    assert "could not be deleted" in caplog.text and name not in caplog.text


async def test_a_list_that_cannot_be_had_is_no_empty_list(media: Media, photo: bytes, outage: Outage) -> None:
    await media.keep_photo(photo)
    outage.begin()
    with pytest.raises(MediaUnavailable):
        await media.undecided()


async def test_trouble_is_told_without_the_photo(
    media: Media, photo: bytes, outage: Outage, caplog: pytest.LogCaptureFixture
) -> None:
    name = await media.keep_photo(photo)
    outage.begin()
    with caplog.at_level(logging.DEBUG, logger="gateway"), pytest.raises(MediaUnavailable) as trouble:
        await media.read(name)
    assert name not in f"{trouble.value!r} {trouble.value} {caplog.text}"
