"""Rasa's answers and buttons' payloads, as the gateway reads them."""

import pytest

from gateway.messages import Button, OutboundMessage, Reply
from gateway.payloads import parse_payload
from gateway.rasa import parse_reply


def test_what_belongs_to_a_text_is_joined_with_it() -> None:
    body = {
        "messages": [
            {"text": "Di mana?", "buttons": [{"title": "Ya", "payload": "/affirm"}]},
            {"custom": {"ask": "location"}},
            {"image": "/static/peta.png"},
        ],
        "draft_open": True,
    }
    question = OutboundMessage("Di mana?", (Button("Ya", "/affirm"),), ask="location")
    assert parse_reply(body) == Reply((question, OutboundMessage("", image="/static/peta.png")), True)


@pytest.mark.parametrize(
    ("wishes", "forget"),
    [
        ([None, None], None),
        (["turn", None], "turn"),
        (["conversation", "turn"], "conversation"),
        (["turn", "conversation"], "conversation"),
    ],
)
def test_the_wider_wish_to_forget_counts(wishes: list[str | None], forget: str | None) -> None:
    messages = [{"text": "x", "custom": {"forget": wish} if wish else None} for wish in wishes]
    assert parse_reply({"messages": messages, "draft_open": False}).forget == forget


def test_a_payload_names_its_intent_and_entities() -> None:
    assert parse_payload("/affirm") == {"intent": {"name": "affirm", "confidence": 1.0}, "entities": []}
    assert parse_payload('/choose{"kind": ["a", "b"], "n": 2}')["entities"] == [
        {"entity": "kind", "value": "a"},
        {"entity": "kind", "value": "b"},
        {"entity": "n", "value": 2},
    ]


@pytest.mark.parametrize("payload", ["", "affirm", "/", "/affirm{", '/a{"x": }', "/a b"])
def test_a_malformed_payload_is_refused(payload: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_payload(payload)
