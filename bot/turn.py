"""One turn of a conversation: a message in, Rasa's answers out, all or nothing.

Called by ``bot.channel``. Runs Rasa's message processor and the tracker store under the conversation's lock.
"""

from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.logs import turn_in_progress

ANSWER_PARTS = ("text", "buttons", "image", "custom")


class TurnFailed(BaseException):
    """The turn cannot be completed; nothing of it is saved.

    Not an ``Exception``: Rasa catches those in the middle of a turn, logs the tracker and goes on with half a
    turn. Like ``asyncio.CancelledError`` this one passes through to whoever started the turn.
    """


class GatewayMessage(UserMessage):
    """A message of the gateway; ``is_caption`` when its parse data leaves words to be understood."""

    is_caption = False


class TurnOutput(OutputChannel):
    """Sends nothing: the answers are read from the tracker, where a repeated message finds them too."""

    def __init__(self, channel: str) -> None:
        self._channel = channel

    def name(self) -> str:
        """Name the citizen's channel, so that ``domain.yml`` may have responses for one channel only."""
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Do nothing; see the class."""


async def take_turn(agent: Agent, message: GatewayMessage) -> DialogueStateTracker:
    """Run ``message`` and return the saved tracker; a message id already handled runs nothing again.

    Raises:
        TurnFailed: an action failed; nothing was saved.
        Exception: whatever tracker store or model raised; nothing was saved.
    """
    with turn_in_progress():
        async with agent.lock_store.lock(message.sender_id):
            if await agent.tracker_store.has_turn(message.sender_id, message.message_id):
                return await agent.tracker_store.retrieve_full_tracker(message.sender_id)
            return await _run(agent.processor, message)


def answers(tracker: DialogueStateTracker, message_id: str) -> list[dict[str, Any]]:
    """Give what was said in reply to ``message_id``, each message whole: text, buttons, image, custom."""
    said: list[dict[str, Any]] = []
    replying = False
    for event in tracker.events:
        if isinstance(event, UserUttered):
            replying = event.message_id == message_id
        elif replying and isinstance(event, BotUttered):
            said.append(_answer(event))
    return said


def draft_is_open(tracker: DialogueStateTracker) -> bool:
    """Tell whether a form waits for the citizen: a complaint not yet sent, or a question about a filed one."""
    return tracker.active_loop_name is not None


async def _run(processor: MessageProcessor, message: GatewayMessage) -> DialogueStateTracker:
    if message.is_caption:
        await _understand_caption(processor, message)
    tracker = await processor.log_message(message, should_save_tracker=False)
    tracker = await processor.run_action_extract_slots(message.output_channel, tracker)
    await processor._run_prediction_loop(message.output_channel, tracker)
    await processor.save_tracker(tracker)
    return tracker


async def _understand_caption(processor: MessageProcessor, message: GatewayMessage) -> None:
    """Read a photo's caption too: it may hold the whole complaint, or an emergency, which goes first."""
    understood = await processor.parse_message(UserMessage(message.text))
    if understood["intent"]["name"] == "report_danger":
        del message.parse_data["intent"], message.parse_data["intent_ranking"]
    entities = message.parse_data["entities"] + understood["entities"]
    message.parse_data = {**understood, **message.parse_data, "entities": entities}


def _answer(event: BotUttered) -> dict[str, Any]:
    message = event.message()
    answer = {part: message[part] for part in ANSWER_PARTS if message.get(part)}
    if message.get("utter_action"):
        answer["response"] = message["utter_action"]
    return answer
