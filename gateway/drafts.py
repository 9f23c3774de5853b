"""Closes drafts whose citizen has been silent too long, by telling Rasa so through the inbox.

Called by the sweep in ``gateway.app``. Calls ``gateway.inbox``.
"""

from datetime import timedelta

from gateway.clock import Clock
from gateway.inbox import Inbox
from gateway.messages import DRAFT_EXPIRED_TEXT, InboundMessage, intent
from gateway.store import conversations
from gateway.store.engine import Store


async def close_silent_drafts(store: Store, inbox: Inbox, clock: Clock, silence: timedelta) -> None:
    """Keep a ``draft_expired`` message for every open draft silent for ``silence``; once per silence."""
    for conversation_id, channel, since in await store.read(conversations.silent_drafts, clock() - silence):
        await inbox.keep(
            InboundMessage(
                channel=channel,
                conversation_id=conversation_id,
                message_id=f"draft_expired:{since.isoformat()}",
                text=DRAFT_EXPIRED_TEXT,
                parse_data=intent("draft_expired"),
                from_citizen=False,
            )
        )
