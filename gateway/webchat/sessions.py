"""Sessions of the web chat: an unguessable cookie, of which we know only a keyed pseudonym of its hash.

Called by ``gateway.webchat.routes``. Calls ``gateway.inbox`` and the store.
"""

import secrets
import uuid

from sqlalchemy.orm import Session

from gateway.clock import Clock
from gateway.identity import Identity, browser_id
from gateway.inbox import Inbox
from gateway.messages import START_TEXT, InboundMessage, intent
from gateway.store import conversations, inbox
from gateway.store.engine import Store

CHANNEL = "web"
TOKEN_BYTES = 32


class Sessions:
    """Begins, finds and ends conversations of browsers."""

    def __init__(self, store: Store, inbox: Inbox, identity: Identity, clock: Clock) -> None:
        self._store = store
        self._inbox = inbox
        self._identity = identity
        self._clock = clock

    async def begin(self) -> str:
        """Begin a conversation, with Aduan's first words on their way; return its token for the cookie."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        await self._inbox.keep(
            InboundMessage(
                channel=CHANNEL,
                conversation_id=self._conversation_id(token),
                message_id="start",
                text=START_TEXT,
                parse_data=intent("start"),
                from_citizen=False,
            )
        )
        return token

    async def find(self, token: str | None) -> str | None:
        """Return the conversation of a token, None if there is none (any more)."""
        if not token:
            return None
        conversation_id = self._conversation_id(token)
        known = await self._store.read(conversations.is_known, conversation_id)
        return conversation_id if known else None

    async def end(self, conversation_id: str) -> None:
        """Forget all of a conversation here at once, and in Rasa as soon as it answers."""
        wish = InboundMessage(CHANNEL, conversation_id, uuid.uuid4().hex, text="", from_citizen=False)
        await self._store.write(_end, wish)
        self._inbox.wake(conversation_id)

    def _conversation_id(self, token: str) -> str:
        return self._identity.conversation_id(CHANNEL, browser_id(token))


def _end(session: Session, wish: InboundMessage) -> None:
    conversations.forget_contents(session, wish.conversation_id)
    inbox.keep_forgetting(session, wish)
