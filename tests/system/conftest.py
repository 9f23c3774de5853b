"""All real processes together, over the real web chat; the real supervisor starts them once a module."""

from collections.abc import Callable, Iterator

import pytest

from crm.bootstrap import Crm
from tests.system.citizen import Citizen
from tests.system.phones import Telegram, WhatsApp
from tests.system.running import System


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Run Aduan on SQLite."""
    system = System(tmp_path_factory.mktemp("var"))
    system.start()
    yield system
    system.stop()


@pytest.fixture(scope="module")
def platforms() -> Iterator[tuple[Telegram, WhatsApp]]:
    """Run a Telegram and a WhatsApp."""
    both = (Telegram(), WhatsApp())
    for platform in both:
        platform.start()
    yield both
    for platform in both:
        platform.stop()


@pytest.fixture(scope="module")
def connected(
    platforms: tuple[Telegram, WhatsApp], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[System]:
    """Run Aduan with both channels."""
    settings = {name: value for platform in platforms for name, value in platform.settings.items()}
    system = System(tmp_path_factory.mktemp("var"), **settings)
    system.start()
    for platform in platforms:
        platform.connect(system.url)
    yield system
    system.stop()


@pytest.fixture
def crm(system: System) -> Iterator[Crm]:
    """Open the CRM's services beside the running processes."""
    crm = system.crm()
    yield crm
    crm.close()


@pytest.fixture
def newcomer(system: System) -> Iterator[Callable[[], Citizen]]:
    """Give a maker of citizens who have just opened the chat."""
    citizens: list[Citizen] = []

    def come() -> Citizen:
        citizens.append(Citizen(system))
        return citizens[-1]

    yield come
    for citizen in citizens:
        citizen.leaves()


@pytest.fixture
def citizen(newcomer: Callable[[], Citizen]) -> Citizen:
    """Give one citizen who has just opened the chat."""
    return newcomer()
