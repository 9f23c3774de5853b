"""Photos: what is kept of them, and what is not taken for one."""

import io
import random

import pytest
from PIL import Image
from PIL.ExifTags import GPS, Base

from gateway.media import BrokenPhoto, NotAPhoto, PhotoRejected, PhotoTooLarge, clean_photo


def encoded(picture: Image.Image, format_: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, format_, **options)
    return out.getvalue()


def reopened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(clean_photo(content)))


def test_a_photo_is_turned_upright() -> None:
    sideways = Image.new("RGB", (400, 200), "red")
    sideways.paste("blue", (0, 0, 200, 200))
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    upright = reopened(encoded(sideways, exif=exif, quality=95))
    assert upright.size == (200, 400)
    top, bottom = upright.getpixel((100, 50)), upright.getpixel((100, 350))
    assert isinstance(top, tuple) and isinstance(bottom, tuple)
    assert top[2] > 200 > 50 > top[0] and bottom[0] > 200 > 50 > bottom[2]


def test_place_time_and_camera_are_taken_out_of_a_photo() -> None:
    exif = Image.Exif()
    exif[Base.Make] = "KameraSaya"
    exif.get_ifd(Base.GPSInfo)[GPS.GPSDateStamp] = "2026:11:24"
    content = encoded(Image.new("RGB", (50, 50)), exif=exif, comment=b"rumah saya")
    assert b"KameraSaya" in content
    kept = clean_photo(content)
    assert not Image.open(io.BytesIO(kept)).getexif()
    assert b"KameraSaya" not in kept and b"2026" not in kept and b"rumah" not in kept


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_a_large_photo_is_shrunk_to_1600_pixels(format_: str) -> None:
    kept = reopened(encoded(Image.new("RGB", (3200, 1000), "green"), format_))
    assert (kept.format, kept.size) == ("JPEG", (1600, 500))


def test_a_small_photo_keeps_its_size() -> None:
    assert reopened(encoded(Image.new("RGB", (64, 48)))).size == (64, 48)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16", "RGB"])
def test_pictures_of_all_kinds_become_photos(mode: str) -> None:
    assert reopened(encoded(Image.new(mode, (30, 30)), "PNG")).mode == "RGB"


def test_what_is_transparent_becomes_white() -> None:
    assert reopened(encoded(Image.new("RGBA", (30, 30), (0, 0, 0, 0)), "PNG")).getpixel((5, 5)) == (
        255,
        255,
        255,
    )


@pytest.mark.parametrize("content", [b"", b"halo", b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_other_files_are_no_photos(content: bytes) -> None:
    with pytest.raises(NotAPhoto):
        clean_photo(content)


def test_a_gif_is_not_taken() -> None:
    with pytest.raises(NotAPhoto):
        clean_photo(encoded(Image.new("RGB", (30, 30)), "GIF"))


def test_half_a_photo_is_broken() -> None:
    content = encoded(Image.effect_noise((400, 400), 80).convert("RGB"))
    with pytest.raises(BrokenPhoto):
        clean_photo(content[: len(content) // 2])


def test_a_small_file_that_unpacks_into_a_huge_picture_is_refused() -> None:
    bomb = encoded(Image.new("1", (9000, 9000)), "PNG")
    assert len(bomb) < 100_000
    with pytest.raises(PhotoTooLarge):
        clean_photo(bomb)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # Pillow warns of the damage it steps over.
@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_damaged_photos_are_kept_or_refused_but_never_an_error_of_ours(format_: str) -> None:
    chance = random.Random(7)
    exif = Image.Exif()
    exif[Base.Orientation] = 3
    sound = encoded(Image.effect_noise((80, 60), 50).convert("RGB"), format_, exif=exif)
    outcomes = set()
    for _ in range(300):
        damaged = bytearray(sound)
        for _ in range(chance.randint(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            clean_photo(bytes(damaged))
            outcomes.add("kept")
        except PhotoRejected:
            outcomes.add("refused")
    assert "refused" in outcomes
