"""The contract of docs/architecture.md, section 1, over HTTP against a running Rasa server."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bot.tracker_store import MAX_SESSION_EVENTS
from tests.bot.action_server import ActionServer
from tests.bot.conftest import Conversation, RasaServer

COMMANDS = [
    "/restart",
    '/file_complaint{"description": "x"}',
    "//restart",
    " / /session_start",
    "EXTERNAL: lampu",
]


def parse_data(intent: str, **entities: Any) -> dict[str, Any]:
    pairs = [{"entity": name, "value": value} for name, value in entities.items()]
    return {"intent": {"name": intent, "confidence": 1.0}, "entities": pairs}


def test_whoever_lacks_the_secret_gets_nothing(rasa_server: RasaServer) -> None:
    for method, path in (("POST", "/messages"), ("POST", "/forget"), ("GET", "/health")):
        assert rasa_server.call(method, path, bearer="guessed").status_code == 401


def test_health_names_the_model(rasa_server: RasaServer) -> None:
    assert rasa_server.call("GET", "/health").json() == {"model": "tiny.tar.gz"}


def test_a_message_comes_back_whole_with_the_name_of_its_response(gateway: Conversation) -> None:
    answer = gateway.send("halo").json()
    assert answer == {
        "messages": [
            {
                "text": "Halo.",
                "buttons": [{"title": "Lapor", "payload": "/file_complaint"}],
                "image": "/static/halo.png",
                "custom": {"ask": "photo"},
                "response": "utter_greet",
            }
        ],
        "draft_open": False,
    }


def test_a_draft_is_open_from_the_first_question_to_the_end(gateway: Conversation) -> None:
    assert gateway.send("lapor").json()["draft_open"]
    assert gateway.send("lampu mati").json()["draft_open"]
    assert not gateway.send("Tebet").json()["draft_open"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_typed_command_is_only_words(gateway: Conversation, command: str) -> None:
    gateway.says("lapor")
    assert gateway.says(command) == ["Di mana?"], "the command was taken down as the description"
    assert gateway.send("apa bedanya").json()["draft_open"]


@pytest.mark.parametrize("text", ["", "   ", "/", "x" * 50_000, "halo \ud83d", "\x00"])
def test_no_text_is_too_short_or_too_long(gateway: Conversation, text: str) -> None:
    assert gateway.send(text).status_code == 200


def test_a_long_text_is_cut_before_it_is_understood(
    gateway: Conversation, action_server: ActionServer
) -> None:
    gateway.says("x" * 5000)
    gateway.says("status")
    texts = [event.get("text") for event in action_server.calls[-1]["tracker"]["events"]]
    assert "x" * 4096 in texts


def test_injected_parse_data_goes_past_understanding(gateway: Conversation) -> None:
    assert gateway.says("halo", parse_data=parse_data("ask_privacy_difference")) == ["Bedanya begini."]


def test_an_injected_intent_that_the_model_does_not_know_is_not_understood(gateway: Conversation) -> None:
    assert gateway.says("halo", parse_data=parse_data("of_an_older_model")) == ["Maaf, saya belum mengerti."]


def test_entities_of_injected_parse_data_reach_the_actions(
    gateway: Conversation, action_server: ActionServer
) -> None:
    gateway.send("", parse_data=parse_data("send_photo", photo={"media": "abc"}))
    gateway.send("status")
    events = action_server.calls[-1]["tracker"]["events"]
    photo = next(event for event in events if event.get("text") == "[send_photo]")
    assert photo["parse_data"]["entities"] == [{"entity": "photo", "value": {"media": "abc"}}]


def test_danger_in_a_photos_caption_goes_before_the_photo(gateway: Conversation) -> None:
    photo = parse_data("send_photo", photo="abc")
    assert gateway.says("tolong kebakaran", parse_data=photo) == ["Hubungi 112."]
    assert gateway.says("pohon tumbang", parse_data=photo) == ["Foto diterima."]


def test_a_repeated_message_gets_the_same_answer_and_runs_nothing(
    gateway: Conversation, action_server: ActionServer
) -> None:
    gateway.says("lapor")
    gateway.says("lampu mati")
    action_server.says("action_file_complaint", "Nomor JK1")
    first = gateway.send("Tebet", message_id="m-1")
    action_server.says("action_file_complaint", "Nomor JK2")
    gateway.says("halo")
    again = gateway.send("Tebet", message_id="m-1")
    assert first.json() == again.json()
    assert first.json()["messages"][0]["text"] == "Nomor JK1"
    assert [call["next_action"] for call in action_server.calls] == ["action_file_complaint"]


def test_messages_sent_at_once_are_handled_one_after_the_other(gateway: Conversation) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: gateway.send(f"lapor {number}").json(), range(8)))
    texts = sorted(answer["messages"][0]["text"] for answer in answers if answer["messages"])
    assert texts.count("Apa masalahnya?") == 1
    assert texts.count("Di mana?") == 1


def test_an_open_form_goes_on_after_its_session_was_renewed(
    gateway: Conversation, action_server: ActionServer
) -> None:
    gateway.says("lapor")
    gateway.says("lampu mati")
    for _ in range(MAX_SESSION_EVENTS // 4):
        assert gateway.says("apa bedanya") == ["Bedanya begini.", "Di mana?"]
    action_server.says("action_file_complaint", "Nomor JK1")
    assert gateway.says("Tebet") == ["Nomor JK1"]
    sent = action_server.calls[-1]["tracker"]
    assert sent["slots"]["description"] == "lampu mati"
    assert len(sent["events"]) < MAX_SESSION_EVENTS


@pytest.mark.parametrize(
    "body",
    [
        "not json",
        "[]",
        "{}",
        '{"conversation_id": "", "message_id": "m", "channel": "web", "text": "halo"}',
        '{"conversation_id": 7, "message_id": "m", "channel": "web", "text": "halo"}',
        '{"conversation_id": "c", "message_id": "m", "channel": "web", "text": "", "parse_data": {}}',
        f'{{"conversation_id": "{"c" * 256}", "message_id": "m", "channel": "web", "text": "halo"}}',
    ],
)
def test_a_malformed_message_is_refused_with_a_reason(rasa_server: RasaServer, body: str) -> None:
    response = rasa_server.call("POST", "/messages", data=body)
    assert response.status_code == 400
    assert response.json()["error"]


def test_forgetting_a_turn_takes_back_only_that_turn(gateway: Conversation) -> None:
    gateway.says("lapor")
    gateway.says("lampu mati", message_id="m-2")
    assert gateway.forget("turn", message_id="m-2").status_code == 204
    assert gateway.forget("turn", message_id="m-2").status_code == 204, "a repeat deletes nothing more"
    assert gateway.says("pohon tumbang") == ["Di mana?"], "the description was forgotten, the form was not"


def test_a_forgotten_conversation_leaves_no_word_in_any_file(gateway: Conversation) -> None:
    gateway.says("lapor")
    gateway.says("kata sandi kenari")
    folder = gateway.server.log.parent
    assert any(b"kenari" in file.read_bytes() for file in folder.iterdir())
    assert gateway.forget("conversation").status_code == 204
    assert not any(b"kenari" in file.read_bytes() for file in folder.iterdir())
    assert not gateway.send("apa bedanya").json()["draft_open"]


def test_an_unknown_scope_is_refused(gateway: Conversation) -> None:
    assert gateway.forget("everything").status_code == 400
