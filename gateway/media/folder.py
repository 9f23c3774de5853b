"""The store of photos in a folder beside the database.

Called by ``gateway.media.media``. An undecided photo is a file that its owner may write; read-only it is kept for good.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from gateway.clock import Clock
from gateway.media.store import MediaUnavailable
from gateway.platform_settings import SettingsError

UNDECIDED, FOR_GOOD = 0o600, 0o400


class FolderStore:
    """Implements ``PhotoStore``."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock

    def check(self) -> None:
        """Make the folder; see ``PhotoStore``."""
        try:
            self._make_folder()
        except OSError as error:
            reason = f"Photos cannot be kept in {self._folder} ({error.strerror})."
            raise SettingsError(f"{reason} Set ADUAN_VAR to a folder that Aduan may write to.") from error

    def keep(self, name: str, photo: bytes) -> None:
        """Keep a new photo; see ``PhotoStore``."""
        with _failures():
            self._make_folder()
            path = self._folder / name
            try:
                _write(path, photo)
                _blur_time(path, self._clock())
            except OSError:
                path.unlink(missing_ok=True)
                raise

    def read(self, name: str) -> bytes | None:
        """Return a photo; see ``PhotoStore``."""
        with _failures():
            try:
                return (self._folder / name).read_bytes()
            except FileNotFoundError:
                return None

    def drop(self, name: str) -> None:
        """Delete a photo; see ``PhotoStore``."""
        with _failures():
            (self._folder / name).unlink(missing_ok=True)

    def undecided(self, age: timedelta) -> list[str]:
        """Return the undecided photos older than ``age``; see ``PhotoStore``."""
        before = (self._clock() - age).timestamp()
        with _failures():
            return [photo.name for photo in self._photos() if _is_undecided(photo.stat(), before)]

    def keep_for_good(self, name: str) -> None:
        """Make the file read-only; see ``PhotoStore``."""
        with _failures():
            (self._folder / name).chmod(FOR_GOOD)

    def close(self) -> None:
        """Do nothing: no file stays open."""

    def _photos(self) -> list[os.DirEntry[str]]:
        try:
            return list(os.scandir(self._folder))
        except FileNotFoundError:
            return []  # No photo was kept yet.

    def _make_folder(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _write(path: Path, photo: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, UNDECIDED)
    with os.fdopen(descriptor, "wb") as file:
        file.write(photo)
        file.flush()
        os.fsync(file.fileno())


def _is_undecided(photo: os.stat_result, before: float) -> bool:
    return bool(photo.st_mode & stat.S_IWUSR) and photo.st_mtime < before


def _blur_time(path: Path, now: datetime) -> None:
    # The file's time would tell when the reporter of an anonymous report was in the chat: leave the day only.
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    os.utime(path, (midnight, midnight))


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise MediaUnavailable(f"{type(error).__name__}: {error.strerror}") from None
