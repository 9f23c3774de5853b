"""The same conversation with all three stores on PostgreSQL, and the cluster away when "Kirim" is tapped."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from crm.bootstrap import Crm
from tests.bot.postgres import Cluster, binaries, cluster
from tests.system.citizen import Citizen, file_privately, finish, reach_confirmation
from tests.system.running import System, free_ports


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Cluster]:
    if not (programs := binaries()):
        pytest.skip("no PostgreSQL binaries on this machine")
    with cluster(programs, free_ports(1)[0]) as running:
        with psycopg.connect(running.url, autocommit=True) as connection:
            for name in (b"crm", b"gateway", b"tracker"):
                connection.execute(b"CREATE DATABASE " + name)
        yield running


@pytest.fixture(scope="module")
def system(postgresql: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Run Aduan on PostgreSQL alone."""
    server = postgresql.url.removesuffix("/postgres")
    system = System(
        tmp_path_factory.mktemp("var"),
        DATABASE_URL=f"{server}/crm",
        GATEWAY_DATABASE_URL=f"{server}/gateway",
        TRACKER_DATABASE_URL=f"{server}/tracker",
    )
    system.start()
    yield system
    system.stop()


def test_a_report_is_filed_moved_and_looked_up(citizen: Citizen, system: System) -> None:
    number = file_privately(citizen)
    system.officer("move", number, "proses", "--note", "Tim berangkat siang ini")
    citizen.gets("news_proses")
    citizen.says("status laporan saya")
    citizen.gets("status_one")
    citizen.sees(number)
    assert not list(system.var.glob("*.db"))


def test_with_the_store_away_nothing_is_claimed_and_sending_works_later(
    citizen: Citizen, postgresql: Cluster, crm: Crm
) -> None:
    reach_confirmation(citizen)
    with closed(postgresql, "crm"):
        citizen.taps("Kirim")
        citizen.gets("not_filed")
        citizen.is_asked_for("confirmation")
    citizen.taps("Kirim")
    citizen.gets("filed_privat")
    assert crm.list_complaints(citizen.conversation_id).total == 1


@contextmanager
def closed(postgresql: Cluster, database: str) -> Iterator[None]:
    """Cut all connections to a database and let nobody in within the block."""
    allow = "UPDATE pg_database SET datallowconn = %s WHERE datname = %s"
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
    with psycopg.connect(postgresql.url, autocommit=True) as connection:
        connection.execute(allow, [False, database])
        connection.execute(cut, [database])
        try:
            yield
        finally:
            connection.execute(allow, [True, database])


def test_a_restart_of_the_database_loses_nothing(
    citizen: Citizen, system: System, postgresql: Cluster, crm: Crm
) -> None:
    reach_confirmation(citizen)
    citizen.taps("Kirim")
    postgresql.stop()
    postgresql.start()
    finish(citizen)
    own = crm.list_complaints(citizen.conversation_id)
    assert [str(item.report_number) for item in own.items] == [citizen.report_number]
