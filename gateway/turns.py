"""One turn: the first waiting message of a conversation goes to Rasa, its answers into the outbox.

Called by ``gateway.inbox``, for one conversation never twice at a time. Calls ``gateway.attachments``,
``gateway.reading``, ``gateway.rasa``, ``gateway.joining``, ``gateway.failures``, the store and the channels. Every step
can be repeated: the message stays kept until one transaction stores its answers.
"""

import logging
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from gateway import texts
from gateway.attachments import Attachments
from gateway.context import Context
from gateway.delivery.errors import SendError
from gateway.failures import Failures
from gateway.identity import channel_of
from gateway.joining import joined
from gateway.media import MediaUnavailable
from gateway.messages import OutboundMessage, Reply
from gateway.rasa import RasaClient, RasaError
from gateway.reading import AnsweredHere, Said, read_message
from gateway.store import conversations, inbox, outbox
from gateway.store.conversations import Answered
from gateway.store.inbox import Waiting

log = logging.getLogger(__name__)


class Turns:
    """Handles messages one by one."""

    def __init__(self, context: Context, rasa: RasaClient, attachments: Attachments) -> None:
        self._context = context
        self._store = context.store
        self._rasa = rasa
        self._attachments = attachments
        self._failures = Failures(context, rasa)

    @property
    def channels(self) -> Collection[str]:
        """The channels whose messages can be answered."""
        return self._context.channels.keys()

    async def take_first(self, conversation_id: str) -> bool:
        """Handle the conversation's first message; return whether the next one may follow at once."""
        waiting = await self._taken(conversation_id)
        if waiting is None:
            return False
        try:
            if waiting.forget is None:
                await self._answer(waiting)
            else:
                await self._rasa.forget(waiting.message, waiting.forget)
                await self._store.write(inbox.done, waiting.row_id)
        except (RasaError, SendError, MediaUnavailable) as error:
            return await self._failures.take(waiting, error)
        return True

    async def _taken(self, conversation_id: str) -> Waiting | None:
        now = self._context.clock()
        channel = self._context.channels.get(channel_of(conversation_id))
        if channel is None:
            return None  # It is off; its messages wait.
        if channel.capabilities.delivery is None:
            waiting = await self._store.read(inbox.first, conversation_id)
        else:
            waiting = await self._store.write(inbox.take, conversation_id, now)
        return waiting if waiting is not None and waiting.is_due(now) else None

    async def _answer(self, waiting: Waiting) -> None:
        conversation_id, message_id = waiting.message.conversation_id, waiting.message.message_id
        channel = self._context.channels[waiting.message.channel]
        await channel.typing(conversation_id, message_id, on=True)
        try:
            whole = await self._attachments.fetched(waiting)
            if whole is not None:
                await self._answer_whole(whole)
        finally:
            await channel.typing(conversation_id, message_id, on=False)
        await channel.wake(conversation_id)

    async def _answer_whole(self, waiting: Waiting) -> None:
        said: Said | None = None
        try:
            said = await read_message(self._store, waiting.message)
            reply = await self._rasas_reply(waiting, said)
        except AnsweredHere as here:
            reply = await self._own_reply(waiting, here.sentence)
        reply = replace(reply, messages=self._fitted(reply, waiting.message.channel))
        await self._store.write(_record, waiting, said, reply, self._context.clock())

    async def _own_reply(self, waiting: Waiting, sentence: str | None) -> Reply:
        draft_open = await self._store.read(conversations.has_draft, waiting.message.conversation_id)
        messages = () if sentence is None else (OutboundMessage(self._context.texts.say(sentence)),)
        return Reply(messages, draft_open)

    async def _rasas_reply(self, waiting: Waiting, said: Said) -> Reply:
        message = waiting.message
        if said.instead_of is not None:
            await self._rasa.forget(replace(message, message_id=said.instead_of), "turn")
        reply = await self._rasa.handle(message, said.text, said.parse_data)
        self._failures.one_was_answered()
        if not reply.messages and message.from_citizen:
            log.error("Rasa had no answer to a message")
            reply = replace(reply, messages=(OutboundMessage(self._context.texts.say(texts.FAILED)),))
        return reply

    def _fitted(self, reply: Reply, channel: str) -> tuple[OutboundMessage, ...]:
        can = self._context.channels[channel].capabilities
        messages = tuple(
            replace(message, ask=message.ask if message.ask in can.asks else None)
            for message in reply.messages
        )
        return joined(messages, can.joins_up_to) if can.joins_up_to else messages


def _record(session: Session, waiting: Waiting, said: Said | None, reply: Reply, now: datetime) -> None:
    """Store the answers and be done with the message; ``said`` is None when the gateway answered itself."""
    message = waiting.message
    conversation_id = message.conversation_id
    if not inbox.answered(session, waiting.row_id, reply.forget):
        return
    makes_buttons_old = said is not None and (said.tapped or said.instead_of is not None)
    if makes_buttons_old or any(answer.buttons for answer in reply.messages):
        outbox.retire_buttons(session, conversation_id)
    if reply.forget == "conversation":
        outbox.drop_replies(session, conversation_id)
    outbox.add(session, conversation_id, reply.messages, now)
    last = None
    if said is not None:
        last = Answered(message.replaces or message.message_id, message.message_id, message.digest)
    conversations.touch(session, conversation_id, now, draft_open=reply.draft_open, last=last)
