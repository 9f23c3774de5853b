"""A turn succeeds or fails as a whole, and its failure tells the log nothing about the citizen."""

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from tests.bot.action_server import ActionServer
from tests.bot.conftest import Conversation

CANARY = "kenari-kuning-9317"
BROKEN_REPLIES = [
    (500, {"error": "x", "request_body": CANARY}),
    (404, {}),
    (200, {"events": CANARY}),
    (200, [CANARY]),
    (200, {"events": [{"event": CANARY}], "responses": [{"text": "ok"}]}),
]


@pytest.fixture
def one_question_left(gateway: Conversation) -> Conversation:
    gateway.says("lapor")
    gateway.says(f"lampu mati {CANARY}")
    return gateway


@pytest.mark.parametrize("reply", BROKEN_REPLIES[:4])
def test_a_failing_action_fails_the_turn_and_the_repeat_succeeds(
    one_question_left: Conversation, action_server: ActionServer, reply: tuple[int, Any]
) -> None:
    action_server.replies["action_file_complaint"] = reply
    assert one_question_left.send(f"Tebet {CANARY}", message_id="m").status_code == 503
    assert len(action_server.calls) == 1, "nothing more is tried within the failed turn"
    action_server.says("action_file_complaint", "Nomor JK1")
    assert one_question_left.says("Tebet", message_id="m") == ["Nomor JK1"]


def test_a_failed_first_message_leaves_no_conversation(
    gateway: Conversation, action_server: ActionServer
) -> None:
    action_server.replies["action_check_status"] = (500, {})
    assert gateway.send("status").status_code == 503
    with sqlite3.connect(gateway.server.database_url.removeprefix("sqlite:///")) as database:
        count = "SELECT count(*) FROM events WHERE sender_id = ?"
        assert database.execute(count, [gateway.id]).fetchone() == (0,)
    database.close()


def test_an_action_that_rejects_is_no_failure(gateway: Conversation, action_server: ActionServer) -> None:
    action_server.replies["action_check_status"] = (400, {"action_name": "action_check_status", "error": ""})
    assert gateway.send("status").status_code == 200


def test_a_hanging_action_fails_the_turn_within_its_time(
    one_question_left: Conversation, action_server: ActionServer
) -> None:
    action_server.hold.clear()
    assert one_question_left.send("Tebet").status_code == 503
    action_server.hold.set()
    assert one_question_left.says("Tebet") == []


def test_an_unreachable_action_server_fails_the_turn(start_rasa: Callable[..., Any]) -> None:
    with start_rasa(ADUAN_ACTIONS_URL="http://127.0.0.1:9/webhook") as server:
        conversation = Conversation(server)
        assert conversation.send(f"status {CANARY}").status_code == 503
        assert conversation.says("halo") == ["Halo."], "what needs no action still works"
        assert CANARY not in server.log.read_text()


def test_a_locked_database_fails_the_turn_and_health(one_question_left: Conversation) -> None:
    path = one_question_left.server.database_url.removeprefix("sqlite:///")
    with sqlite3.connect(path, isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert one_question_left.send(f"Tebet {CANARY}", message_id="m").status_code == 503
        writer.execute("ROLLBACK")
    writer.close()
    assert not one_question_left.send("Tebet", message_id="m").json()["draft_open"]


def test_no_log_holds_a_citizens_words(one_question_left: Conversation, action_server: ActionServer) -> None:
    for reply in BROKEN_REPLIES:
        action_server.replies["action_file_complaint"] = reply
        one_question_left.send(f"Tebet {CANARY}")
    injected = {"intent": {"name": "break_response"}}
    one_question_left.send(f"{CANARY}", parse_data=injected)
    one_question_left.send(f"/{CANARY}{{{CANARY}", message_id=CANARY)
    one_question_left.server.call("POST", "/messages", data=CANARY)
    log = one_question_left.server.log.read_text()
    assert "action_file_complaint failed" in log, "what failed is logged"
    assert CANARY not in log
    assert one_question_left.id not in log
