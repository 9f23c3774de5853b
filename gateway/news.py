"""Relays news about reports from the CRM to the citizens, each exactly once into the outbox.

Called by ``gateway.app`` every few seconds. Calls the CRM's news services and the outbox.
"""

import asyncio
from collections.abc import Sequence
from typing import Protocol

from crm.domain.complaint import News
from gateway.messages import OutboundMessage
from gateway.outbox import Outbox
from gateway.texts import Texts, news_response

AT_ONCE = 50


class CrmServices(Protocol):
    """What the gateway calls of ``crm.bootstrap.Crm``."""

    def pending_news(self, limit: int) -> Sequence[News]:
        """Claim news not yet relayed, the oldest of each reporter."""

    def news_relayed(self, ids: Sequence[int]) -> None:
        """Note that news reached the outbox."""

    def attached_photos(self, names: Sequence[str]) -> frozenset[str]:
        """Return those of these photos that belong to a report."""

    def prune(self) -> int:
        """Forget what the CRM no longer needs."""


class NewsRelay:
    """Carries news over; a repeat after a crash is dropped by its id."""

    def __init__(self, crm: CrmServices, outbox: Outbox, texts: Texts) -> None:
        self._crm = crm
        self._outbox = outbox
        self._texts = texts

    async def relay(self) -> None:
        """Relay all pending news, oldest first."""
        while news := await asyncio.to_thread(self._crm.pending_news, AT_ONCE):
            for item in news:
                await self._outbox.put_once(f"news:{item.news_id}", item.reporter, self._message(item))
            await asyncio.to_thread(self._crm.news_relayed, [item.news_id for item in news])

    def _message(self, news: News) -> OutboundMessage:
        text = self._texts.say(
            news_response(news.status.name),
            report_number=str(news.report_number),
            unit=news.unit,
            note=news.note,
        )
        return OutboundMessage(text, kind="news")
