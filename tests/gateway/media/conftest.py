"""Trouble with the store of photos, whichever it is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gateway.settings import BucketSettings


class Outage:
    """The store can be taken away, and given back with what it held."""

    def __init__(self, begin: Callable[[], object], end: Callable[[], object]) -> None:
        self.begin = begin
        self.end = end


@pytest.fixture
def outage(request: pytest.FixtureRequest, bucket: BucketSettings | None, tmp_path: Path) -> Outage:
    if bucket is not None:
        s3 = request.getfixturevalue("s3")
        return Outage(s3.stop, s3.start)
    folder = tmp_path / "media"
    return Outage(lambda: take_away(folder), lambda: give_back(folder))


def take_away(folder: Path) -> None:
    """Put a file where the folder should be: that stops also the superuser whom tests may run as."""
    if folder.exists():
        folder.rename(folder.with_name("elsewhere"))
    folder.write_bytes(b"")


def give_back(folder: Path) -> None:
    folder.unlink()
    if (elsewhere := folder.with_name("elsewhere")).exists():
        elsewhere.rename(folder)
