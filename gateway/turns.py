"""One turn: the first waiting message of a conversation goes to Rasa, its answers into the outbox.

Called by ``gateway.inbox``, for one conversation never twice at a time. Calls ``gateway.rasa``, the store and
the channels. Every step can be repeated: the message stays kept until one transaction stores its answers.
"""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from gateway import texts
from gateway.channel import Channel
from gateway.clock import Clock
from gateway.messages import OutboundMessage, ParseData, Reply
from gateway.payloads import parse_payload
from gateway.rasa import RasaClient, RasaError, RasaRefused
from gateway.store import conversations, inbox, outbox
from gateway.store.engine import Store
from gateway.store.inbox import Waiting
from gateway.texts import Texts

log = logging.getLogger(__name__)

LONGEST_WAIT_SECONDS = 15
# So often a message may be at fault before it is set aside: when Rasa refuses it though it is well, and when
# it fails while others are answered (for about five minutes: an action server may be restarting).
REFUSALS_OF_A_HEALTHY_RASA = 4
FAILURES_WHILE_OTHERS_ARE_ANSWERED = 20


class OldButton(Exception):
    """The tapped button was retired by a later turn."""


class Turns:
    """Handles messages one by one."""

    def __init__(
        self, store: Store, rasa: RasaClient, texts: Texts, channels: Mapping[str, Channel], clock: Clock
    ) -> None:
        self._store = store
        self._rasa = rasa
        self._texts = texts
        self._channels = channels
        self._clock = clock
        self._last_success: datetime | None = None

    async def take_first(self, conversation_id: str) -> bool:
        """Handle the conversation's first message; return whether the next one may follow at once."""
        waiting = await self._store.read(inbox.first, conversation_id)
        if waiting is None or (waiting.retry_at and waiting.retry_at > self._clock()):
            return False
        try:
            if waiting.forget is None:
                await self._answer(waiting)
            else:
                await self._rasa.forget(waiting.message, waiting.forget)
                await self._store.write(inbox.done, waiting.row_id)
        except RasaError as error:
            return await self._fail(waiting, error)
        return True

    async def _answer(self, waiting: Waiting) -> None:
        message = waiting.message
        channel = self._channels[message.channel]
        await channel.typing(message.conversation_id, on=True)
        try:
            reply = await self._reply(waiting)
            await self._store.write(_record, waiting, reply, self._clock())
        finally:
            await channel.typing(message.conversation_id, on=False)
        await channel.wake(message.conversation_id)

    async def _reply(self, waiting: Waiting) -> Reply:
        try:
            text, parse_data = await self._said(waiting)
        except OldButton:
            return await self._old_button(waiting)
        reply = await self._rasa.handle(waiting.message, text, parse_data)
        self._last_success = self._clock()
        if not reply.messages and waiting.message.from_citizen:
            log.error("Rasa had no answer to a message")
            reply = replace(reply, messages=(OutboundMessage(self._texts.say(texts.FAILED)),))
        return replace(reply, messages=self._fitted(reply, waiting.message.channel))

    async def _said(self, waiting: Waiting) -> tuple[str, ParseData | None]:
        message = waiting.message
        if message.button_token is None:
            return message.text, message.parse_data
        button = await self._store.read(outbox.button, message.conversation_id, message.button_token)
        if button is None:
            raise OldButton
        return button.title, parse_payload(button.payload)

    async def _old_button(self, waiting: Waiting) -> Reply:
        draft_open = await self._store.read(conversations.has_draft, waiting.message.conversation_id)
        return Reply((OutboundMessage(self._texts.say(texts.OLD_BUTTON)),), draft_open)

    def _fitted(self, reply: Reply, channel: str) -> tuple[OutboundMessage, ...]:
        can = self._channels[channel].capabilities
        return tuple(
            replace(message, ask=message.ask if message.ask in can.asks else None)
            for message in reply.messages
        )

    async def _fail(self, waiting: Waiting, error: RasaError) -> bool:
        """Let a message wait or set it aside, and tell the citizen once.

        A message is at fault when Rasa refuses it though its health check is well, or when it fails and
        another conversation was answered since the try before. Forgetting is never set aside.
        """
        now = self._clock()
        refused = isinstance(error, RasaRefused)
        at_fault = await self._rasa.is_healthy() if refused else self._answered_others_since(waiting)
        most = REFUSALS_OF_A_HEALTHY_RASA if refused else FAILURES_WHILE_OTHERS_ARE_ANSWERED
        set_aside = at_fault and waiting.refusals + 1 >= most and waiting.forget is None
        log.warning("A turn failed (%s), try %d%s", error, waiting.attempts + 1, ", set aside" * set_aside)
        if set_aside:
            notice = self._texts.say(texts.FAILED) if waiting.message.from_citizen else None
            await self._store.write(_set_aside, waiting, notice, now)
        else:
            notice = self._texts.say(texts.DELAYED) if waiting.citizen_waits else None
            await self._store.write(_postpone, waiting, notice, now, refused=at_fault)
        if notice:
            await self._channels[waiting.message.channel].wake(waiting.message.conversation_id)
        return set_aside

    def _answered_others_since(self, waiting: Waiting) -> bool:
        if waiting.retry_at is None or self._last_success is None:
            return False
        return self._last_success > waiting.retry_at - _wait(waiting.attempts - 1)


def _wait(attempts: int) -> timedelta:
    """Return how long to wait after so many tries: 1, 2, 4, 8, then always 15 seconds."""
    return timedelta(seconds=min(2**attempts, LONGEST_WAIT_SECONDS))


def _record(session: Session, waiting: Waiting, reply: Reply, now: datetime) -> None:
    conversation_id = waiting.message.conversation_id
    if not inbox.answered(session, waiting.row_id, reply.forget):
        return
    token = waiting.message.button_token
    tapped = token is not None and outbox.button(session, conversation_id, token) is not None
    if tapped or any(message.buttons for message in reply.messages):
        outbox.retire_buttons(session, conversation_id)
    if reply.forget == "conversation":
        outbox.drop_replies(session, conversation_id)
    outbox.add(session, conversation_id, reply.messages, now)
    conversations.touch(session, conversation_id, now, draft_open=reply.draft_open)


def _postpone(
    session: Session, waiting: Waiting, notice: str | None, now: datetime, *, refused: bool
) -> None:
    retry_at = now + _wait(waiting.attempts)
    kept = inbox.postpone(session, waiting.row_id, retry_at, refused=refused, told=bool(notice))
    if kept and notice:
        outbox.add(session, waiting.message.conversation_id, [OutboundMessage(notice)], now)


def _set_aside(session: Session, waiting: Waiting, notice: str | None, now: datetime) -> None:
    if inbox.done(session, waiting.row_id) and notice:
        outbox.add(session, waiting.message.conversation_id, [OutboundMessage(notice)], now)
