"""What the CRM's tests share: the CRM on SQLite and on PostgreSQL, a clock that can be set, drafts."""

import socket
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from crm.bootstrap import Crm, open_crm
from crm.domain.complaint import ComplaintDraft, Location
from crm.domain.privacy import Privacy
from crm.settings import Settings
from tests.bot.postgres import binaries, cluster


@dataclass
class Clock:
    now: datetime = datetime(2026, 11, 24, 3, 17, 42, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **duration: int) -> None:
        self.now += timedelta(**duration)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    if not (programs := binaries()):
        pytest.skip("no PostgreSQL binaries on this machine")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with cluster(programs, port) as running:
        yield running.url


@pytest.fixture
def postgresql(postgresql_url: str) -> str:
    """Empty the database of the tests' cluster and return its URL."""
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return postgresql_url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'crm.db'}"
    url: str = request.getfixturevalue("postgresql")
    return url


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url=database_url, var=tmp_path)


@pytest.fixture
def opened(settings: Settings, clock: Clock) -> Iterator[Callable[[], Crm]]:
    """Open the CRM anew on the same store, as a further process would."""
    crms: list[Crm] = []

    def another() -> Crm:
        crms.append(open_crm(settings, clock=clock))
        return crms[-1]

    yield another
    for crm in crms:
        crm.close()


@pytest.fixture
def crm(opened: Callable[[], Crm]) -> Crm:
    return opened()


def draft(privacy: Privacy = Privacy.PRIVAT, reporter: str = "warga", **changes: object) -> ComplaintDraft:
    answers: dict[str, object] = {
        "draft_id": str(uuid.uuid4()),
        "description": "lampu jalan mati",
        "category_code": "pju",
        "predicted_category": "utilitas",
        "location": Location("depan gang mawar", "31.74.01.1001", -6.23, 106.85),
        "photos": ("a.jpg", "b.jpg"),
        "channel": "web",
        "privacy": privacy,
        "reporter": None if privacy is Privacy.ANONIM else reporter,
    }
    return ComplaintDraft(**(answers | changes))  # type: ignore[arg-type]
