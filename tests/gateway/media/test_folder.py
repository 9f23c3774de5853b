"""The folder alone: who may read it, what its files tell, and what a full disk leaves."""

import errno
import os
from pathlib import Path

import pytest
from PIL import Image

from gateway.media import Media, MediaUnavailable
from gateway.settings import SettingsError
from tests.gateway.conftest import Clock
from tests.gateway.media.conftest import take_away
from tests.gateway.test_media import encoded

PHOTO = encoded(Image.new("RGB", (8, 8), "red"))


@pytest.fixture
def bucket() -> None:
    return None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "media"


async def test_only_aduan_may_read_it_and_files_tell_the_day_alone(
    media: Media, folder: Path, clock: Clock
) -> None:
    name = await media.keep_photo(PHOTO)
    midnight = clock().replace(hour=0, minute=0).timestamp()
    for mode in (0o600, 0o400):
        found = (folder / name).stat()
        assert (found.st_mode & 0o777, found.st_mtime) == (mode, midnight)
        await media.keep_for_good(name)
    assert folder.stat().st_mode & 0o777 == 0o700


async def test_a_full_disk_leaves_no_half_photo(
    media: Media, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MediaUnavailable, match="No space left"):
        await media.keep_photo(PHOTO)
    assert list(folder.iterdir()) == []


def test_where_no_folder_can_be_made_the_gateway_does_not_start(media: Media, folder: Path) -> None:
    take_away(folder)
    with pytest.raises(SettingsError, match="Photos cannot be kept in .*media.*ADUAN_VAR"):
        media.check()
