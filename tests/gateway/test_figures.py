"""The web process has what statistics show counted again and again, by itself."""

import asyncio
from pathlib import Path

import pytest

from crm.bootstrap import open_crm
from crm.domain.figures import Period
from crm.domain.privacy import Privacy
from crm.settings import Settings as CrmSettings
from gateway.app import Gateway
from gateway.settings import Settings
from tests.crm.conftest import draft
from tests.gateway.conftest import NEWS_STATUSES, Clock


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'gateway.db'}"


async def test_what_was_filed_is_counted(settings: Settings, clock: Clock, tmp_path: Path) -> None:
    crm = open_crm(CrmSettings(database_url=f"sqlite:///{tmp_path / 'crm.db'}", var=tmp_path), clock=clock)
    gateway = Gateway(settings, crm, NEWS_STATUSES, clock)
    await gateway.open()
    await asyncio.to_thread(crm.file_complaint, draft(Privacy.PUBLIK, reporter="web:warga"))
    await gateway.settle()
    figures = crm.figures(Period.month_of(clock.now)).figures
    assert figures is not None and figures["received"] == 1
    await gateway.close()
    crm.close()


async def test_counting_is_among_the_work_that_goes_on_by_itself(
    settings: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch, gateway: Gateway
) -> None:
    counted = asyncio.Event()

    async def count_figures(_: Gateway) -> None:
        counted.set()

    monkeypatch.setattr(Gateway, "count_figures", count_figures)
    await gateway.start()
    await asyncio.wait_for(counted.wait(), 10)
    await gateway.stop()
