"""Relays news about reports from the CRM to the citizens, each exactly once into the outbox.

Called by ``gateway.app`` every few seconds. Calls the CRM's news services and the outbox, whose channels send in
order, again and again until it arrived. Words and buttons are responses of domain.yml (``gateway.texts``).
"""

import asyncio
from collections.abc import Sequence
from typing import Protocol

from crm.domain.complaint import News
from crm.domain.dates import moment_in_words
from crm.domain.news import NewsKind
from crm.domain.reference import Reference
from gateway.messages import OutboundMessage
from gateway.outbox import Outbox
from gateway.texts import Texts, news_response

AT_ONCE = 50
ENDS_OF_SENTENCES = (".", "!", "?", "…")


class CrmServices(Protocol):
    """What the gateway calls of ``crm.bootstrap.Crm``."""

    @property
    def reference(self) -> Reference:
        """The facts of the city: reasons of refusals."""

    def pending_news(self, limit: int) -> Sequence[News]:
        """Claim news not yet relayed, the oldest of each reporter."""

    def news_relayed(self, ids: Sequence[int]) -> None:
        """Note that news reached the outbox."""

    def escalate(self) -> int:
        """Escalate what missed its target."""

    def close_silent(self) -> int:
        """Close what is "Selesai" without a word of the reporter."""

    def attached_photos(self, names: Sequence[str]) -> frozenset[str]:
        """Return those of these photos that belong to a report."""

    def prune(self) -> int:
        """Forget what the CRM no longer needs."""

    def refresh_figures(self) -> int:
        """Count again the months that changed."""


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

    async def make_due(self) -> None:
        """Let time make news: targets that were missed, and reports closed as nobody answered."""
        await asyncio.to_thread(self._crm.escalate)
        await asyncio.to_thread(self._crm.close_silent)

    def _message(self, news: News) -> OutboundMessage:
        name = news_response(news.status.name if news.kind is NewsKind.STATUS else news.kind)
        values = {
            "report_number": str(news.report_number),
            "unit": news.unit,
            "note": _sentence(news.note) if news.kind is not NewsKind.QUESTION else news.note,
            "status": news.status.label,
            "reason": self._reason(news.reason or ""),
            "other_number": str(news.other_number or ""),
            "expected_by": moment_in_words(news.expected_by) if news.expected_by else "",
            "question": str(news.question_id or ""),
        }
        return OutboundMessage(
            text=self._texts.say(name, **values),
            buttons=self._texts.buttons(name, **values),
            image=news.photo,
            kind="news",
        )

    def _reason(self, code: str) -> str:
        """Return a reason in words; one no longer in the list keeps its code."""
        known = self._crm.reference.refusals.get(code)
        return known.label if known else code


def _sentence(note: str) -> str:
    """Return an officer's note with a full stop, as our words go on after it."""
    return f"{note}." if note and not note.endswith(ENDS_OF_SENTENCES) else note
