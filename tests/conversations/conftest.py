"""Whole dialogues: a citizen in the web chat, the trained model, the real actions, gateway and CRM store.

How to write one. Take the fixture ``citizen`` (the chat is open, Aduan has said its first words), let the
citizen do things, and say what the citizen sees::

    def test_everything_in_one_message_leaves_only_photo_and_confirmation(citizen): citizen.says("jalan
    berlubang di depan Pasar Minggu, tolong rahasiakan") citizen.is_asked_for("photos")          # the last
    answer is utter_ask_photos or utter_ask_photos_… citizen.taps("Lewati")                  # a button by its
    title citizen.is_asked_for("confirmation") citizen.sees("berlubang", "Pasar Minggu") citizen.taps("Kirim")
    citizen.gets("filed_privat")            # a response of domain.yml, whatever stands in its placeholders
    report = citizen.city.crm.track_complaint(citizen.report_number, ...)

Deeds: ``says`` (several texts: sent at once), ``taps``, ``shares_position``, ``picks_area``, ``sends_photo``,
``waits`` (hours, minutes, seconds; nothing sleeps), ``looks``. Each does all that is due before it returns:
inbox, Rasa, outbox, news, expired drafts. Sights: ``sees``, ``does_not_see`` (words), ``gets``,
``does_not_get`` (responses), ``is_asked_for``, ``is_offered`` (buttons), and the plain ``answers``, ``last``,
``text``, ``buttons``, ``history``, ``report_number``, ``secret_code``. A failed expectation shows the whole
conversation. ``newcomer()`` makes further citizens.

``city`` (also ``citizen.city``) is this test's own: ``city.crm`` (services; move a report with
``change_status``), ``with city.action_server_down():``, ``with city.store_down():``. An action that raises
fails the test by itself.

Prefer responses' names to words: wording changes. Assert words only where they are what the test is about (a
place shown back, a number). No sleeping, no other test's data: gateway, CRM store and clock are new for every
test; Rasa and its model are started once. ``ADUAN_TEST_MODEL=path`` runs against a model you have instead of
training the current inputs.
"""

import asyncio
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crm.bootstrap import open_crm
from crm.settings import Settings as CrmSettings
from gateway.settings import Settings
from gateway.store.engine import Store
from tests.conversations.action_server import ActionServer
from tests.conversations.citizen import Citizen
from tests.conversations.city import City, Ground
from tests.conversations.rasa_server import running_rasa


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """Start what all dialogues share."""
    var = tmp_path_factory.mktemp("var")
    actions = ActionServer()
    actions.start()
    try:
        with asyncio.Runner() as runner, running_rasa(var, actions.url) as settings:
            shared = Settings(
                identity_key=os.urandom(64),
                gateway_secret=settings.gateway_secret,
                var=var,
                database_url="",
                rasa_url=settings.rasa_url,
            )
            template = migrated_databases(runner, tmp_path_factory.mktemp("empty"))
            shared_ground = Ground(shared, actions, runner, template)
            yield shared_ground
        assert_no_words_in(var / "rasa.log", shared_ground.said)
    finally:
        actions.stop()


@pytest.fixture
def city(ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[City]:
    """Give this test's gateway, CRM store and clock."""
    monkeypatch.setattr("actions.store.open_crm", open_crm)  # The city replaces it; this puts it back.
    city = City(ground, tmp_path)
    yield city
    city.close()


@pytest.fixture
def newcomer(city: City) -> Callable[[], Citizen]:
    """Give a maker of citizens who have just opened the chat."""
    return lambda: Citizen(city)


@pytest.fixture
def citizen(newcomer: Callable[[], Citizen]) -> Citizen:
    """Give one citizen who has just opened the chat."""
    return newcomer()


def assert_no_words_in(log: Path, said: list[str]) -> None:
    """Hold for all dialogues together: no citizen's sentence may stand in Rasa's log."""
    logged = log.read_text(encoding="utf-8")
    leaked = [text for text in said if len(text.split()) > 2 and text in logged]
    assert not leaked, f"in {log}: {leaked[:5]}"


def migrated_databases(runner: asyncio.Runner, folder: Path) -> Path:
    """Make the empty databases once, to be copied: migrating takes longer than a dialogue."""

    async def migrate() -> None:
        store = Store(f"sqlite:///{folder}/gateway.db")
        await asyncio.to_thread(store.migrate)
        await store.wipe_log()
        await store.close()

    runner.run(migrate())
    crm = open_crm(CrmSettings(f"sqlite:///{folder}/crm.db", folder))
    crm.list_complaints("nobody")
    crm.close()
    return folder
