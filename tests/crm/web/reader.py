"""A browser without JavaScript: it opens pages, follows redirects, fills in forms and sends them as they stand."""

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import httpx

PASSWORD = "kata sandi yang panjang"


@dataclass
class FoundForm:
    """A form of a page: where it goes, and what it carries as it stands."""

    action: str
    method: str
    fields: dict[str, str]
    buttons: list[str]


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FoundForm] = []
        self._open: FoundForm | None = None
        self._select = ""
        self._textarea = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._open = FoundForm(found.get("action", ""), found.get("method", "get"), {}, [])
            self.forms.append(self._open)
        if self._open is None:
            return
        name, value = found.get("name", ""), found.get("value", "")
        if (
            tag == "input"
            and found.get("type") not in ("file", "checkbox", "radio")
            or (tag == "input" and "checked" in found)
        ):
            self._open.fields[name] = value
        elif tag == "button" and name:
            self._open.buttons.append(value)
        elif tag == "textarea":
            self._textarea = name
            self._open.fields[name] = ""
        elif tag == "select":
            self._select = name
            self._open.fields[name] = ""
        elif tag == "option" and "selected" in found:
            self._open.fields[self._select] = value

    def handle_data(self, data: str) -> None:
        if self._open is not None and self._textarea:
            self._open.fields[self._textarea] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._textarea = ""


def forms_of(page: str) -> list[FoundForm]:
    parser = _Forms()
    parser.feed(page)
    return parser.forms


class Reader:
    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.page = httpx.Response(204)

    @property
    def text(self) -> str:
        return self.page.text

    async def open(self, address: str) -> httpx.Response:
        self.page = await self.http.get(address, follow_redirects=True)
        return self.page

    def form(self, action: str) -> FoundForm:
        """Return the form of the present page that goes to an address ending like this."""
        found = [form for form in forms_of(self.text) if form.action.endswith(action)]
        assert found, f"no form for {action} in {[form.action for form in forms_of(self.text)]}"
        return found[0]

    def offers(self, action: str) -> bool:
        """Tell whether the present page has such a form."""
        return any(form.action.endswith(action) for form in forms_of(self.text))

    async def send(self, action: str, files: Any = None, **typed: str) -> httpx.Response:
        """Fill in a form of the present page and send it."""
        form = self.form(action)
        return await self.post(form.action, form.fields | typed, files)

    async def post(self, address: str, fields: dict[str, str], files: Any = None) -> httpx.Response:
        """Send a form, whether or not a page shows it."""
        self.page = await self.http.post(address, data=fields, files=files, follow_redirects=True)
        return self.page

    async def sign_in(self, username: str, password: str = PASSWORD, code: str = "") -> httpx.Response:
        await self.open("/petugas/masuk")
        return await self.send("/petugas/masuk", username=username, password=password, code=code)
