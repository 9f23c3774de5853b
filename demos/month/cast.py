"""Who plays: officers' accounts with passwords that are printed, and photos. Called by ``demos.month.__main__``."""

import asyncio
import io
import secrets
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from crm.bootstrap import Crm
from crm.domain.officers import NewOfficer, Officer
from crm.domain.status import Role
from crm.domain.times import utc_now
from gateway.media.folder import FolderStore
from gateway.media.media import Media

PHOTOS = 24
SIZE = (640, 480)
PLAYED = (
    NewOfficer("lurah.tebet", "Lurah Tebet Barat", Role.KELURAHAN, area="31.74.01.1002"),
    NewOfficer("camat.tebet", "Camat Tebet", Role.KELURAHAN, area="31.74.01"),
    NewOfficer("bina.marga", "Dinas Bina Marga", Role.DINAS, unit="bina_marga"),
    NewOfficer("dishub", "Dinas Perhubungan", Role.DINAS, unit="dishub"),
    NewOfficer("sudin.jaksel", "Sudin Bina Marga Jaksel", Role.SUDIN, unit="sudin_bina_marga", area="31.74"),
    NewOfficer("biro", "Biro Pemerintahan", Role.BIRO_PEMERINTAHAN),
    NewOfficer("supervisor", "Supervisor", Role.SUPERVISOR),
    NewOfficer("admin", "Administrator", Role.ADMINISTRATOR),
)


@dataclass(frozen=True)
class Signed:
    """An officer and the password of the account."""

    officer: Officer
    password: str


def make_officers(crm: Crm) -> dict[str, Signed]:
    """Make the accounts, with passwords nobody else has."""
    signed = {}
    for account in PLAYED:
        password = secrets.token_urlsafe(12)
        signed[account.username] = Signed(crm.create_officer(account, password, by=None), password)
    return signed


def make_photos(folder: Path) -> list[str]:
    """Draw pictures and keep them as photos are kept; return their names."""

    async def keep() -> list[str]:
        media = Media(FolderStore(folder, utc_now))
        try:
            return [await media.keep_photo(_drawing(at)) for at in range(PHOTOS)]
        finally:
            await media.close()

    return asyncio.run(keep())


def _drawing(at: int) -> bytes:
    """Draw a street under a sky, each a little different, and say that it is none."""
    shade = 90 + at * 5
    image = Image.new("RGB", SIZE, (shade // 2 + 90, shade // 3 + 140, 220))
    draw = ImageDraw.Draw(image)
    for house in range(5):
        left, top = house * 140 - at * 4, 130 + (house * 37 + at * 29) % 90
        draw.rectangle((left, top, left + 110, 330), fill=(170 - house * 12, 140, 110 + house * 8))
    draw.polygon([(0, 480), (240, 320), (400, 320), (640, 480)], fill=(85, 88, 92))
    draw.ellipse((250 + at * 3, 380, 330 + at * 4, 410), fill=(45, 46, 50))
    draw.text((20, 450), f"Aduan: foto contoh {at + 1}", fill="white", font_size=20)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=80)
    return file.getvalue()
