"""The web chat over real HTTP: sessions, messages, events, photos, limits."""

import pytest

from tests.gateway.conftest import Served
from tests.gateway.rasa_stand_in import StandIn, says

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_a_new_browser_is_greeted_and_answered(served: Served, rasa: StandIn) -> None:
    async with served.browser() as browser:
        assert (await browser.begin()).status_code == 201
        async with browser.listen() as events:
            assert await events.texts(1) == ["intent start"]
            assert (await browser.say("lampu jalan mati")).status_code == 202
            assert await events.texts(1) == ["echo: lampu jalan mati"]
        assert (await browser.begin()).status_code == 200
