"""Relays news about reports from the CRM to the citizens, each exactly once into the outbox.

Called by ``gateway.app`` every few seconds. Calls the CRM's news services and the outbox.
"""

import asyncio
from collections.abc import Sequence
from typing import Protocol

from gateway.messages import OutboundMessage
from gateway.outbox import Outbox
from gateway.texts import Texts, news_response

AT_ONCE = 50


class Status(Protocol):
    """A status of the CRM; its name chooses the sentence."""

    @property
    def name(self) -> str:
        """The status in capitals, as ``TL_DITOLAK``."""


class News(Protocol):
    """What the gateway reads of a piece of news."""

    @property
    def news_id(self) -> int:
        """Identifies it for ever."""

    @property
    def reporter(self) -> str:
        """The conversation to tell."""

    @property
    def report_number(self) -> str:
        """Which report it is about."""

    @property
    def status(self) -> Status:
        """What the report's status is now."""

    @property
    def unit(self) -> str:
        """The unit responsible."""

    @property
    def note(self) -> str:
        """The officer's note, possibly empty."""


class NewsSource(Protocol):
    """The two services of ``crm.bootstrap.Crm`` that the gateway calls."""

    def pending_news(self, limit: int) -> Sequence[News]:
        """Return the oldest news not yet relayed."""

    def news_relayed(self, ids: Sequence[int]) -> None:
        """Note that news reached the outbox."""


class NewsRelay:
    """Carries news over; a repeat after a crash is dropped by its id."""

    def __init__(self, source: NewsSource, outbox: Outbox, texts: Texts) -> None:
        self._source = source
        self._outbox = outbox
        self._texts = texts

    async def relay(self) -> None:
        """Relay all pending news, oldest first."""
        while news := await asyncio.to_thread(self._source.pending_news, AT_ONCE):
            for item in news:
                await self._outbox.put_once(f"news:{item.news_id}", item.reporter, self._message(item))
            await asyncio.to_thread(self._source.news_relayed, [item.news_id for item in news])

    def _message(self, news: News) -> OutboundMessage:
        text = self._texts.say(
            news_response(news.status.name),
            report_number=str(news.report_number),
            unit=news.unit,
            note=news.note,
        )
        return OutboundMessage(text, kind="news")
