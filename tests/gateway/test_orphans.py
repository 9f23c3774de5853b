"""Photos that ended in no report are deleted after a while; those of reports stay."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from unittest.mock import AsyncMock

import pytest
from PIL import Image

import crm.settings
from crm.bootstrap import Crm, open_crm
from crm.domain.complaint import ComplaintDraft, Location
from crm.domain.privacy import Privacy
from gateway.media import Media, MediaUnavailable
from gateway.orphans import drop_orphans
from tests.gateway.conftest import Clock
from tests.gateway.test_media import encoded

AGE = timedelta(days=8)


@pytest.fixture
def city(tmp_path: Path, clock: Clock) -> Iterator[Crm]:
    city = open_crm(crm.settings.Settings(f"sqlite:///{tmp_path}/crm.db", tmp_path), clock=clock)
    yield city
    city.close()


def file_with(city: Crm, photo: str) -> None:
    place = Location("gang mawar", "31.74.01.1001", None, None)
    city.file_complaint(
        ComplaintDraft("draft", "lampu mati", "pju", None, place, (photo,), "web", Privacy.PRIVAT, "warga")
    )


async def test_only_old_photos_without_a_report_are_deleted(city: Crm, media: Media, clock: Clock) -> None:
    photo = encoded(Image.new("RGB", (8, 8)))
    attached, orphan = await media.keep_photo(photo), await media.keep_photo(photo)
    file_with(city, attached)
    clock.move(days=5)
    young = await media.keep_photo(photo)
    await drop_orphans(media, city, AGE)
    assert None not in [await media.read(name) for name in (attached, orphan, young)]
    clock.move(days=4)
    for _ in range(2):
        await drop_orphans(media, city, AGE)
        assert [await media.read(name) is None for name in (attached, orphan, young)] == [False, True, False]


async def test_a_photo_of_a_report_is_asked_about_once(city: Crm, media: Media, clock: Clock) -> None:
    name = await media.keep_photo(encoded(Image.new("RGB", (8, 8))))
    file_with(city, name)
    clock.move(hours=1)
    assert await media.undecided() == [name]
    await drop_orphans(media, city, AGE)
    assert await media.undecided() == []


async def test_before_the_first_photo_there_is_nothing_to_do(city: Crm, media: Media) -> None:
    await drop_orphans(media, city, AGE)
    assert await media.undecided() == []


async def test_a_sweep_that_fails_half_way_deletes_nothing_of_a_report(
    city: Crm, media: Media, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = await media.keep_photo(encoded(Image.new("RGB", (8, 8))))
    file_with(city, name)
    clock.move(days=9)
    with monkeypatch.context() as broken:
        broken.setattr(media, "keep_for_good", AsyncMock(side_effect=MediaUnavailable("busy")))
        with pytest.raises(MediaUnavailable):
            await drop_orphans(media, city, AGE)
    assert await media.read(name) is not None
    await drop_orphans(media, city, AGE)
    assert await media.read(name) is not None and await media.undecided() == []
