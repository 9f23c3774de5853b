"""How much one citizen may send on a channel that pushes, where no answer can refuse it: beyond, it is dropped.

Called by ``gateway.inbox``. Calls ``gateway.limits``. The web chat has limits of its own, which it answers with 429.
"""

from gateway import texts
from gateway.capabilities import PUSHING
from gateway.clock import Clock
from gateway.limits import RateLimit, TooFast
from gateway.messages import InboundMessage

MINUTE = 60
MESSAGES_A_MINUTE, ANSWERS_A_MINUTE = 30, 1


class Flood:
    """Counts the citizens' messages of each conversation."""

    def __init__(self, clock: Clock) -> None:
        self._messages = RateLimit(MESSAGES_A_MINUTE, MINUTE, lambda: clock().timestamp())
        self._answers = RateLimit(ANSWERS_A_MINUTE, MINUTE, lambda: clock().timestamp())

    def admit(self, message: InboundMessage) -> InboundMessage | None:
        """Count a message and return what to keep of it: itself, a notice that it is too much, or nothing."""
        if not _counts(message):
            return message
        try:
            self._messages.count(message.conversation_id)
            return message
        except TooFast:
            return self._notice(message)

    def take_back(self, admitted: InboundMessage) -> None:
        """Take back what was admitted and then not kept: a redelivery, or the store failed."""
        if not _counts(admitted):
            return
        counted = self._answers if admitted.notice == texts.TOO_FAST else self._messages
        counted.take_back(admitted.conversation_id)

    def _notice(self, message: InboundMessage) -> InboundMessage | None:
        try:
            self._answers.count(message.conversation_id)
        except TooFast:
            return None
        return InboundMessage(
            message.channel,
            message.conversation_id,
            message.message_id,
            text="",
            notice=texts.TOO_FAST,
            sequence=message.sequence,
        )


def _counts(message: InboundMessage) -> bool:
    return message.from_citizen and message.channel in PUSHING
