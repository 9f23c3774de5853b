"""An action never raises: it answers honestly, and its log holds no words of citizens."""

import logging

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import responses
from actions.base import AduanAction
from actions.validate_complaint_form import ValidateComplaintForm


class ActionThatBreaks(AduanAction):
    def name(self):
        return "action_that_breaks"

    def act(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="half an answer")
        raise ValueError(f"cannot handle {tracker.latest_message['text']}")


def a_tracker(**slots) -> Tracker:
    message = {"text": "rahasia saya", "intent": {"name": "affirm"}, "entities": []}
    return Tracker("c", slots, message, [{"event": "user"}], False, None, {"name": "complaint_form"}, None)


async def test_a_broken_action_apologises_and_logs_no_words(caplog):
    dispatcher = CollectingDispatcher()
    with caplog.at_level(logging.DEBUG):
        assert await ActionThatBreaks().run(dispatcher, a_tracker(), {}) == []
    assert [message["response"] for message in dispatcher.messages] == [responses.TROUBLE]
    assert "action_that_breaks failed: ValueError" in caplog.text
    assert "rahasia" not in caplog.text


async def test_a_broken_validator_keeps_the_question_and_its_apology():
    dispatcher = CollectingDispatcher()
    unreadable = a_tracker(requested_slot="place", place={"no such": "field"})
    events = await ValidateComplaintForm().run(dispatcher, unreadable, {})
    assert [message["response"] for message in dispatcher.messages] == [responses.TROUBLE]
    assert {event["name"]: event["value"] for event in events}["requested_slot"] == "place"
    assert any(event["name"] != "requested_slot" for event in events)
