"""Checking and cleaning: a photo is known by its content, turned upright, freed of metadata and shrunk.

Called by ``gateway.media.media``. Calls Pillow; never looks at file names or at the type a sender claims.
"""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 64_000_000
LONGEST_SIDE = 1600
QUALITY = 85


class PhotoRejected(Exception):
    """The file is no photo that can be kept."""


class NotAPhoto(PhotoRejected):
    """The content is no JPEG, PNG or WebP."""


class BrokenPhoto(PhotoRejected):
    """The content begins like a picture and cannot be read to its end, or is none of empty size."""


class PhotoTooLarge(PhotoRejected):
    """The picture has more pixels than we unpack."""


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
