"""Officers signed in, and reports they work on, for the tests of the console."""

from collections.abc import Awaitable, Callable

import pytest

from crm.bootstrap import Crm
from crm.domain.officers import Officer
from tests.crm.web.city import file_report, make_officers
from tests.crm.web.conftest import Pages
from tests.crm.web.reader import Reader

SignedIn = Callable[[str], Awaitable[Reader]]


@pytest.fixture
def officers(crm: Crm) -> dict[str, Officer]:
    return make_officers(crm)


@pytest.fixture
def signed_in(pages: Pages, officers: dict[str, Officer]) -> SignedIn:
    async def sign_in(username: str) -> Reader:
        reader = pages.reader()
        assert (await reader.sign_in(username)).status_code == 200
        return reader

    return sign_in


@pytest.fixture
def number(crm: Crm, officers: dict[str, Officer]) -> str:
    return str(file_report(crm))
