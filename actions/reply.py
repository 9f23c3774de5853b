"""Replies to remarks and questions with one fitting sentence each.

Called by the rules of digressions and of answers that mean nothing outside an intake.
"""

from collections.abc import Mapping

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import responses
from actions.answer import Answer
from actions.base import Domain, responses_before_this_turn
from actions.follow_up.meant import meant_outside
from actions.follow_up.own_reports import has_fitting
from actions.take_follow_up import take_up
from actions.turn import Turn

REPLIES: Mapping[str, str] = {
    "ask_help": responses.HELP,
    "ask_human": responses.ASK_HUMAN,
    "ask_privacy_difference": responses.PRIVACY_DIFFERENCE,
    "bot_challenge": responses.BOT_CHALLENGE,
    "goodbye": responses.GOODBYE,
    "insult": responses.INSULT,
    "send_photo": responses.PHOTO_HOW,
    "small_talk": responses.SMALL_TALK,
    "thank": responses.THANK,
    "affirm": responses.AFFIRM_IDLE,
    "deny": responses.DENY_IDLE,
    "skip": responses.NOTHING_TO_SKIP,
    "cancel": responses.NOTHING_TO_CANCEL,
    "change_answer": responses.NOTHING_TO_CHANGE,
}
RECEIPTS = frozenset({responses.FILED_PUBLIK, responses.FILED_PRIVAT, responses.FILED_ANONIM})


class ActionReply(Answer):
    """Says what fits the intent; a "kirim" after the receipt is told that it is sent."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_reply"

    def answer(
        self, turn: Turn, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> list[EventType]:
        """Reply; the intent is the one that the rule was chosen by. It may be about a filed report."""
        wish = None if tracker.active_loop_name else meant_outside(turn)
        if wish and (wish.report_number or has_fitting(wish.intent, tracker.sender_id)):
            return take_up(wish, dispatcher, tracker, domain)
        intent = str((tracker.latest_message.get("intent") or {}).get("name"))
        sent_just_now = intent == "affirm" and responses_before_this_turn(tracker) & RECEIPTS
        dispatcher.utter_message(response=responses.SENT_ALREADY if sent_just_now else REPLIES[intent])
        return []
