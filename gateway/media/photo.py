"""Photos: checked by their content, turned upright, freed of metadata, shrunk and kept under random names.

Called by the channels and ``gateway.orphans``, which deletes photos of no report. Calls Pillow; never looks
at file names or at the type a sender claims.
"""

import asyncio
import io
import os
import secrets
import stat
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from gateway.clock import Clock

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 64_000_000
LONGEST_SIDE = 1600
QUALITY = 85
AT_ONCE = 2


class PhotoRejected(Exception):
    """The file is no photo that can be kept."""


class NotAPhoto(PhotoRejected):
    """The content is no JPEG, PNG or WebP."""


class BrokenPhoto(PhotoRejected):
    """The content begins like a picture and cannot be read to its end, or is none of empty size."""


class PhotoTooLarge(PhotoRejected):
    """The picture has more pixels than we unpack."""


class Media:
    """The folder of photos."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._at_once = asyncio.Semaphore(AT_ONCE)

    async def keep_photo(self, content: bytes) -> str:
        """Check and store a photo; return the name by which reports refer to it.

        Raises:
            PhotoRejected: nothing was stored.
        """
        async with self._at_once:
            return await asyncio.to_thread(self._store, content)

    def drop_photo(self, name: str) -> None:
        """Delete a photo that was stored for nothing."""
        (self._folder / name).unlink(missing_ok=True)

    def path(self, name: str) -> Path | None:
        """Return where a photo of this name lies, None if there is none."""
        path = self._folder / Path(name).name
        return path if path.name == name and path.is_file() else None

    def undecided(self, age: timedelta) -> list[str]:
        """Return the photos older than ``age`` of which is not known yet that a report has them."""
        before = (self._clock() - age).timestamp()
        if not self._folder.is_dir():
            return []
        return [photo.name for photo in os.scandir(self._folder) if _is_undecided(photo.stat(), before)]

    def keep_for_good(self, name: str) -> None:
        """Note that a report has this photo, by making its file read-only."""
        (self._folder / name).chmod(0o400)

    def _store(self, content: bytes) -> str:
        clean = clean_photo(content)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = f"{secrets.token_hex(16)}.jpg"
        path = self._folder / name
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(clean)
            file.flush()
            os.fsync(file.fileno())
        _blur_time(path, self._clock())
        return name


def clean_photo(content: bytes) -> bytes:
    """Return a photo as a JPEG of at most 1600 pixels a side, upright and without metadata.

    Raises:
        NotAPhoto, BrokenPhoto, PhotoTooLarge: as their names say.
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PhotoTooLarge
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _encode(upright)
    except UnidentifiedImageError as error:
        raise NotAPhoto from error
    except Image.DecompressionBombError as error:
        raise PhotoTooLarge from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise BrokenPhoto from error


def _encode(picture: Image.Image) -> bytes:
    flat = Image.new("RGB", picture.size, "white")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        flat.paste(picture, mask=picture)
    else:
        flat.paste(picture.convert("RGB"))
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _is_undecided(photo: os.stat_result, before: float) -> bool:
    return bool(photo.st_mode & stat.S_IWUSR) and photo.st_mtime < before


def _blur_time(path: Path, now: datetime) -> None:
    # The file's time would tell when the reporter of an anonymous report was in the chat: leave the day only.
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    os.utime(path, (midnight, midnight))
