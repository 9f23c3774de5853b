"""The page as a citizen uses it: what can be seen and tapped, in a citizen's words."""

from pathlib import Path

from PIL import Image
from playwright.async_api import Locator, Page, expect


class ChatPage:
    """One open page of the web chat."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.heard = page.locator(".from-aduan")
        self.said = page.locator(".from-citizen")
        self.taken = page.locator('.from-citizen .state[data-state="sent"]')
        self.answers = page.locator(".answer")
        self.field = page.get_by_label("Tulis pesan")

    async def greeted(self) -> None:
        """Wait for Aduan's first words."""
        await expect(self.heard.first).to_be_visible()

    async def say(self, text: str) -> None:
        await self.field.fill(text)
        await self.field.press("Enter")

    async def tap(self, title: str) -> None:
        await self.answers.filter(has_text=title).click()

    async def hears(self, *texts: str) -> None:
        """Wait until the last of Aduan's messages are these, and no others came after them."""
        for place, text in enumerate(reversed(texts), start=1):
            await expect(self.heard.nth(-place)).to_contain_text(text)

    async def choose_photo(self, photo: Path, button: Locator) -> None:
        async with self.page.expect_file_chooser() as chooser:
            await button.click()
        await (await chooser.value).set_files(photo)


def make_photo(path: Path, size: tuple[int, int] = (2400, 1800)) -> Path:
    """Write a photo such as a telephone takes, with a position hidden in it."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "S"
    Image.new("RGB", size, (120, 110, 100)).save(path, exif=exif)
    return path
