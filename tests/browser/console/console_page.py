"""The console as an officer uses it, in an officer's words."""

from playwright.async_api import Locator, Page, expect

from tests.crm.web.reader import PASSWORD


class ConsolePage:
    """One open browser of an officer."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.rows = page.locator(".report-row")
        self.acts = page.locator(".acts")

    async def sign_in(self, username: str) -> None:
        await self.page.get_by_label("Nama pengguna").fill(username)
        await self.page.get_by_label("Kata sandi").fill(PASSWORD)
        await self.page.get_by_role("button", name="Masuk").click()
        await expect(self.page.get_by_role("button", name="Keluar")).to_be_visible()

    async def open_report(self, number: object) -> None:
        await self.page.goto(f"/petugas/laporan/{number}")
        await expect(self.page.get_by_role("heading", name=str(number), level=1)).to_be_visible()

    def act(self, name: str) -> Locator:
        """The part of the page for one act, closed or open."""
        return self.page.locator("details.act").filter(has=self.page.get_by_text(name, exact=True))

    async def begin(self, name: str) -> Locator:
        """Open an act's form and return it."""
        act = self.act(name)
        await act.locator("summary").click()
        form = act.locator("form")
        await expect(form).to_be_visible()
        return form

    async def status_is(self, label: str) -> None:
        await expect(self.page.locator(".report-head .tag").first).to_have_text(label)
