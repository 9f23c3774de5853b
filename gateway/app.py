"""The gateway as one object: its parts put together, and the work that goes on by itself.

Called by ``gateway.web`` (start, stop, and the parts for the routes) and by tests, which drive it without a
browser or background work. With a Rasa server running at ``settings.rasa_url``::

    gateway = Gateway(settings, crm=open_crm(), clock=lambda: now)
    await gateway.open()                                   # migrations; no background work
    conversation = gateway.identity.conversation_id("web", b"siti")
    await gateway.keep(InboundMessage("web", conversation, "1", "jalan depan rumah saya berlubang"))
    await gateway.settle()                                 # everything due by the clock is done
    for row in await gateway.outbox.waiting(conversation): # rows: text, buttons [{token, title}], ask, kind
        print(row.text, row.buttons)
    await gateway.outbox.arrived(conversation, [row.public_id])
    tap = InboundMessage("web", conversation, "2", "", button_token=row.buttons[0]["token"])
    await gateway.close()

``settle`` never sleeps: what Rasa failed to answer waits until the clock has moved, drafts expire by it too.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta

from gateway.channel import Channel
from gateway.clock import Clock, utc_now
from gateway.drafts import close_silent_drafts
from gateway.identity import Identity
from gateway.inbox import Inbox
from gateway.media import Media
from gateway.messages import InboundMessage
from gateway.news import CrmServices, NewsRelay
from gateway.orphans import drop_orphans
from gateway.outbox import Outbox
from gateway.rasa import RasaClient
from gateway.settings import Settings
from gateway.store import conversations
from gateway.store.engine import Store
from gateway.texts import Texts
from gateway.turns import Turns
from gateway.webchat.streams import Streams

log = logging.getLogger(__name__)

RETRY_SECONDS = 1.0
NEWS_SECONDS = 2.0
WIPE_SECONDS = 5.0
SWEEP_SECONDS = 60.0
TIDY_SECONDS = 3600.0
# Telegram redelivers for a day, WhatsApp for a week.
SEEN_KEPT_FOR = timedelta(days=30)
ABANDONED_AFTER = timedelta(days=400)
# Counted from the end of a draft's longest silence: who keeps writing keeps a draft open for longer.
ORPHANS_KEPT_FOR = timedelta(days=7)


class Gateway:
    """The parts of one gateway and their life."""

    def __init__(
        self,
        settings: Settings,
        crm: CrmServices,
        news_statuses: Iterable[str],
        clock: Clock = utc_now,
    ) -> None:
        """Put the parts together; opens nothing yet.

        Raises:
            TextsMissing: domain.yml lacks a sentence; ``news_statuses`` are those that make news.
        """
        self.settings = settings
        self.clock = clock
        self.texts = Texts.load(settings.domain, news_statuses)
        self.identity = Identity(settings.identity_key)
        self.store = Store(settings.database_url)
        self.rasa = RasaClient(settings.rasa_url, settings.gateway_secret)
        self.streams = Streams()
        channels: dict[str, Channel] = {self.streams.name: self.streams}
        turns = Turns(self.store, self.rasa, self.texts, channels, clock)
        self.inbox = Inbox(self.store, turns, self.identity, clock)
        self.outbox = Outbox(self.store, channels, self.identity, clock)
        self.media = Media(settings.media, clock)
        self.news = NewsRelay(crm, self.outbox, self.texts)
        self._crm = crm
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Bring the database to its newest form."""
        await asyncio.to_thread(self.store.migrate)

    async def start(self) -> None:
        """Open, and begin the work that goes on by itself."""
        await self.open()
        self.inbox.start()
        self._tasks = [
            asyncio.create_task(_every(RETRY_SECONDS, self.inbox.look_again)),
            asyncio.create_task(_every(NEWS_SECONDS, self.news.relay)),
            asyncio.create_task(_every(WIPE_SECONDS, self.store.wipe_log)),
            asyncio.create_task(_every(SWEEP_SECONDS, self.sweep)),
            asyncio.create_task(_every(TIDY_SECONDS, self.tidy)),
        ]

    async def stop(self) -> None:
        """End the work; what is under way stays kept and is done after the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.inbox.stop()
        await self.close()

    async def close(self) -> None:
        """Close database and connections."""
        await self.store.wipe_log()
        await self.rasa.close()
        await self.store.close()

    async def keep(self, message: InboundMessage) -> bool:
        """Keep a message; see ``Inbox.keep``."""
        return await self.inbox.keep(message)

    async def settle(self) -> None:
        """Do all that is due by the clock, for tests and whoever runs without background work."""
        await self.sweep()
        await self.tidy()
        await self.inbox.settle()
        await self.news.relay()
        await self.store.wipe_log()

    async def sweep(self) -> None:
        """Close silent drafts, forget what nobody fetched and what is too old to matter."""
        await close_silent_drafts(self.store, self.inbox, self.clock, self.settings.draft_silence)
        await self.outbox.expire()
        today = self.clock().date()
        await self.store.write(
            conversations.prune, seen_before=today - SEEN_KEPT_FOR, silent_before=today - ABANDONED_AFTER
        )

    async def tidy(self) -> None:
        """Forget what the CRM no longer needs, and photos of no report."""
        await asyncio.to_thread(self._crm.prune)
        await drop_orphans(self.media, self._crm, self.settings.draft_silence + ORPHANS_KEPT_FOR)

    async def health(self) -> dict[str, bool]:
        """Return for each part whether it answers."""
        return {"web": True, "rasa": await self.rasa.is_healthy(), "store": await self._store_answers()}

    async def _store_answers(self) -> bool:
        try:
            await self.store.read(conversations.is_known, "")
        except Exception:
            log.exception("The gateway's store does not answer")
            return False
        return True


async def _every(seconds: float, job: Callable[[], Awaitable[None]]) -> None:
    failing = False
    while True:
        try:
            await job()
            failing = False
        except Exception:
            if not failing:
                log.exception("%s failed; it will be tried again", getattr(job, "__qualname__", job))
            failing = True
        await asyncio.sleep(seconds)
