"""The tracker store by itself, on SQLite and on PostgreSQL."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException

from bot.tracker_store import MAX_SESSION_EVENTS, DurableTrackerStore
from tests.bot.conftest import ASSISTANT, Conversation, free_port
from tests.bot.postgres import Cluster, binaries, cluster

# What Rasa says about every domain it reads.
pytestmark = [
    pytest.mark.filterwarnings("ignore:the load_module:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Slot auto-fill:UserWarning"),
]

CONVERSATION = "percakapan"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    programs = binaries()
    if programs is None:
        pytest.skip("no PostgreSQL on this machine (Debian: apt install postgresql)")
    with cluster(programs, free_port()) as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DurableTrackerStore]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/new/tracker.db"
    else:
        url = request.getfixturevalue("postgres").url
    store = DurableTrackerStore(url, Domain.load(ASSISTANT / "domain.yml"))
    yield store
    store.Base.metadata.drop_all(store.engine)
    store.engine.dispose()


async def take_turn(store: DurableTrackerStore, number: int, *events: Event) -> DialogueStateTracker:
    tracker = await store.get_or_create_tracker(CONVERSATION, append_action_listen=False)
    said = UserUttered(f"pesan {number}", {"name": "greet"}, message_id=f"m-{number}")
    turn = [said, *events, BotUttered(f"jawaban {number}"), ActionExecuted("action_listen")]
    tracker.update_with_events(turn, store.domain)
    await store.save(tracker)
    return tracker


def state(tracker: DialogueStateTracker) -> tuple[Any, ...]:
    return tracker.current_slot_values(), tracker.active_loop_name, tracker.latest_action_name


async def test_what_was_saved_is_read_again(store: DurableTrackerStore) -> None:
    for number in range(3):
        saved = await take_turn(store, number)
    read = await store.retrieve(CONVERSATION)
    assert [event.as_dict() for event in read.events] == [event.as_dict() for event in saved.events]


async def test_a_turn_is_known_by_its_message(store: DurableTrackerStore) -> None:
    await take_turn(store, 1)
    assert await store.has_turn(CONVERSATION, "m-1")
    assert not await store.has_turn(CONVERSATION, "m-2")
    assert not await store.has_turn("somebody else", "m-1")


async def test_a_draft_survives_hundreds_of_turns_in_a_session_that_stays_short(
    store: DurableTrackerStore,
) -> None:
    draft = [
        SlotSet("description", "lampu mati"),
        ActiveLoop("complaint_form"),
        SlotSet("requested_slot", "place"),
    ]
    expected = state(await take_turn(store, 0, *draft))
    for number in range(1, 300):
        tracker = await take_turn(store, number)
        assert len(tracker.events) <= MAX_SESSION_EVENTS + 10
        assert state(tracker) == expected
    assert state(await store.retrieve(CONVERSATION)) == expected


async def test_an_answer_is_found_again_after_its_session_was_renewed(store: DurableTrackerStore) -> None:
    for number in range(MAX_SESSION_EVENTS):
        await take_turn(store, number)
    whole = await store.retrieve_full_tracker(CONVERSATION)
    assert sum(isinstance(event, UserUttered) for event in whole.events) == MAX_SESSION_EVENTS
    assert len((await store.retrieve(CONVERSATION)).events) <= MAX_SESSION_EVENTS


async def test_forgetting_the_last_turn_restores_the_one_before(store: DurableTrackerStore) -> None:
    before = state(await take_turn(store, 1))
    await take_turn(store, 2, SlotSet("description", "rahasia"))
    await store.forget_turn(CONVERSATION, "m-1")
    assert await store.has_turn(CONVERSATION, "m-1"), "it is not the last turn"
    await store.forget_turn(CONVERSATION, "m-2")
    assert state(await store.retrieve(CONVERSATION)) == before


async def test_forgetting_a_conversation_spares_the_others(store: DurableTrackerStore) -> None:
    await take_turn(store, 1)
    await store.forget_conversation("somebody else")
    assert await store.retrieve(CONVERSATION)
    await store.forget_conversation(CONVERSATION)
    assert await store.retrieve(CONVERSATION) is None


async def test_retention_finds_old_events_by_an_index(store: DurableTrackerStore) -> None:
    indexed = [index["column_names"] for index in sa.inspect(store.engine).get_indexes("events")]
    assert ["timestamp"] in indexed


async def test_a_database_that_fails_raises_and_keeps_quiet_about_the_words(tmp_path: Path) -> None:
    store = DurableTrackerStore(f"sqlite:///{tmp_path}/tracker.db", Domain.load(ASSISTANT / "domain.yml"))
    with sqlite3.connect(tmp_path / "tracker.db") as database:
        database.execute("DROP TABLE events")
    database.close()
    with pytest.raises(sa.exc.OperationalError):
        await store.retrieve(CONVERSATION)
    tracker = store.init_tracker(CONVERSATION)
    tracker.update(UserUttered("kata rahasia"))
    with pytest.raises(sa.exc.OperationalError) as failure:
        await store.save(tracker)
    assert "rahasia" not in str(failure.value)
    store.engine.dispose()


@pytest.mark.parametrize("url", ["", "tracker.db", "mysql://x/y", "sqlite://", "sqlite:///:memory:"])
def test_an_unusable_url_is_refused(url: str) -> None:
    with pytest.raises(RasaException, match="TRACKER_DATABASE_URL"):
        DurableTrackerStore(url)


def test_a_database_that_is_down_at_the_start_ends_the_start(start_rasa: Callable[..., Any]) -> None:
    url = f"postgresql://aduan@127.0.0.1:{free_port()}/postgres"
    with start_rasa(wait=False, TRACKER_DATABASE_URL=url) as server:
        assert server.process.wait(timeout=90) != 0
        assert "Cannot connect to tracker store" in server.log.read_text()


def test_postgresql_going_away_fails_turns_and_coming_back_heals_them(
    start_rasa: Callable[..., Any], postgres: Cluster
) -> None:
    with start_rasa(TRACKER_DATABASE_URL=postgres.url) as server:
        conversation = Conversation(server)
        conversation.says("lapor")
        postgres.stop()
        try:
            assert conversation.send("lampu mati").status_code == 503
            assert server.call("GET", "/health").status_code == 503
        finally:
            postgres.start()
        assert conversation.says("lampu mati") == ["Di mana?"]
