"""Photos that ended in no report are deleted after a while; those of reports stay."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

import crm.settings
from crm.bootstrap import Crm, open_crm
from crm.domain.complaint import ComplaintDraft, Location
from crm.domain.privacy import Privacy
from gateway.media import Media
from gateway.orphans import drop_orphans
from tests.gateway.conftest import Clock
from tests.gateway.test_media import encoded

AGE = timedelta(days=8)


@pytest.fixture
def city(tmp_path: Path, clock: Clock) -> Iterator[Crm]:
    city = open_crm(crm.settings.Settings(f"sqlite:///{tmp_path}/crm.db", tmp_path), clock=clock)
    yield city
    city.close()


@pytest.fixture
def media(tmp_path: Path, clock: Clock) -> Media:
    return Media(tmp_path / "media", clock)


def file_with(city: Crm, photo: str) -> None:
    place = Location("gang mawar", "31.74.01.1001", None, None)
    city.file_complaint(
        ComplaintDraft("draft", "lampu mati", "pju", None, place, (photo,), "web", Privacy.PRIVAT, "warga")
    )


async def test_only_old_photos_without_a_report_are_deleted(
    city: Crm, media: Media, clock: Clock, tmp_path: Path
) -> None:
    photo = encoded(Image.new("RGB", (8, 8)))
    attached, _ = await media.keep_photo(photo), await media.keep_photo(photo)
    file_with(city, attached)
    clock.move(days=5)
    young = await media.keep_photo(photo)
    await drop_orphans(media, city, AGE)
    assert len(os.listdir(tmp_path / "media")) == 3
    clock.move(days=4)
    for _ in range(2):
        await drop_orphans(media, city, AGE)
        assert set(os.listdir(tmp_path / "media")) == {attached, young}


async def test_a_photo_of_a_report_is_asked_about_once(city: Crm, media: Media, clock: Clock) -> None:
    name = await media.keep_photo(encoded(Image.new("RGB", (8, 8))))
    file_with(city, name)
    clock.move(days=9)
    assert media.undecided(AGE) == [name]
    await drop_orphans(media, city, AGE)
    assert media.undecided(AGE) == []


async def test_before_the_first_photo_there_is_nothing_to_do(city: Crm, media: Media) -> None:
    await drop_orphans(media, city, AGE)
    assert media.undecided(AGE) == []
