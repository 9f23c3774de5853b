"""What becomes of a message whose turn failed: it waits, or it is set aside; the citizen is told once.

Called by ``gateway.turns``. Calls the store and, to know who is at fault, ``gateway.rasa``.
"""

import logging
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from gateway import texts
from gateway.context import Context
from gateway.delivery.errors import ChannelDown
from gateway.media import MediaUnavailable
from gateway.messages import OutboundMessage
from gateway.rasa import RasaClient, RasaRefused
from gateway.store import inbox, outbox
from gateway.store.inbox import Waiting

log = logging.getLogger(__name__)

LONGEST_WAIT_SECONDS = 15
# So often a message may be at fault before it is set aside: when Rasa refuses it though it is well, and when
# it fails while others are answered (for about five minutes: an action server may be restarting).
REFUSALS_OF_A_HEALTHY_RASA = 4
FAILURES_WHILE_OTHERS_ARE_ANSWERED = 20


class Failures:
    """Decides about failed messages."""

    def __init__(self, context: Context, rasa: RasaClient) -> None:
        self._context = context
        self._rasa = rasa
        self._last_success: datetime | None = None

    def one_was_answered(self) -> None:
        """Note that Rasa answered some message now."""
        self._last_success = self._context.clock()

    async def take(self, waiting: Waiting, error: Exception) -> bool:
        """Let a message wait or set it aside, and tell the citizen once; return whether the next may follow.

        A message is at fault when Rasa refuses it though its health check is well, or when it fails and
        another conversation was answered since the try before. Forgetting is never set aside, nor is a message
        whose photo cannot be kept, or not be fetched because our token is refused: that is never its fault.
        """
        now = self._context.clock()
        refused = isinstance(error, RasaRefused)
        at_fault = await self._is_at_fault(waiting, error)
        most = REFUSALS_OF_A_HEALTHY_RASA if refused else FAILURES_WHILE_OTHERS_ARE_ANSWERED
        set_aside = at_fault and waiting.refusals + 1 >= most and waiting.forget is None
        log.warning("A turn failed (%s), try %d%s", error, waiting.attempts + 1, ", set aside" * set_aside)
        say, store = self._context.texts.say, self._context.store
        if set_aside:
            notice = say(texts.FAILED) if waiting.message.from_citizen else None
            await store.write(_set_aside, waiting, notice, now)
        else:
            notice = say(texts.DELAYED) if waiting.citizen_waits else None
            await store.write(_postpone, waiting, notice, now, refused=at_fault)
        if notice:
            await self._context.channels[waiting.message.channel].wake(waiting.message.conversation_id)
        return set_aside

    async def _is_at_fault(self, waiting: Waiting, error: Exception) -> bool:
        if isinstance(error, MediaUnavailable | ChannelDown):
            return False
        if isinstance(error, RasaRefused):
            return await self._rasa.is_healthy()
        return self._answered_others_since(waiting)

    def _answered_others_since(self, waiting: Waiting) -> bool:
        if waiting.attempts == 0 or waiting.retry_at is None or self._last_success is None:
            return False
        return self._last_success > waiting.retry_at - _wait(waiting.attempts - 1)


def _wait(attempts: int) -> timedelta:
    """Return how long to wait after so many tries: 1, 2, 4, 8, then always 15 seconds."""
    return timedelta(seconds=min(2**attempts, LONGEST_WAIT_SECONDS))


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
