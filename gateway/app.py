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
from collections.abc import Iterable, Sequence
from datetime import timedelta

from gateway.addresses import Addresses
from gateway.attachments import Attachments
from gateway.background import every
from gateway.channel import Channel
from gateway.channels import Build, Parts, build_platforms
from gateway.clock import Clock, utc_now
from gateway.context import Context
from gateway.delivery.senders import Senders
from gateway.drafts import close_silent_drafts
from gateway.identity import Identity
from gateway.inbox import Inbox
from gateway.media import open_media
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
FIGURES_SECONDS = 300.0
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
        build: Build = build_platforms,
    ) -> None:
        """Put the parts together; opens nothing yet. ``build`` makes the channels that push.

        Raises:
            TextsMissing: domain.yml lacks a sentence; ``news_statuses`` are those that make news.
        """
        self.settings = settings
        self.clock = clock
        self.texts = Texts.load(settings.domain, news_statuses)
        self.identity = Identity(settings.identity_key)
        self.store = Store(settings.database_url)
        self.rasa = RasaClient(settings.rasa_url, settings.gateway_secret)
        self.media = open_media(settings, clock)
        self.addresses = Addresses(self.store, self.identity)
        self.senders = Senders(self.store, self.addresses, self.media, clock)
        self.platforms = build(settings, self._parts_for_platforms())
        self.senders.add((platform.client for platform in self.platforms), self.texts)
        self.streams = Streams()
        channels: dict[str, Channel] = {self.streams.name: self.streams, **self.senders.by_name}
        self.inbox = Inbox(self.store, self._turns(channels), self.identity, clock)
        self.outbox = Outbox(self.store, channels, self.identity, clock)
        self.news = NewsRelay(crm, self.outbox, self.texts)
        self._crm = crm
        self._tasks: list[asyncio.Task[None]] = []

    def _parts_for_platforms(self) -> Parts:
        return Parts(self.keep_all, self.addresses, self.senders.reports, self.texts, self.clock)

    def _turns(self, channels: dict[str, Channel]) -> Turns:
        context = Context(self.store, self.texts, channels, self.clock)
        clients = {platform.client.name: platform.client for platform in self.platforms}
        return Turns(context, self.rasa, Attachments(context, self.media, clients))

    async def open(self) -> None:
        """Bring the database to its newest form."""
        await asyncio.to_thread(self.store.migrate)

    async def start(self) -> None:
        """Open, and begin the work that goes on by itself."""
        await self.open()
        self.inbox.start()
        self.senders.start()
        for platform in self.platforms:
            await platform.start()
        self._tasks = [
            asyncio.create_task(every(RETRY_SECONDS, self.inbox.look_again)),
            asyncio.create_task(every(RETRY_SECONDS, self.senders.look_again)),
            asyncio.create_task(every(NEWS_SECONDS, self.news.relay)),
            asyncio.create_task(every(SWEEP_SECONDS, self.news.make_due)),
            asyncio.create_task(every(WIPE_SECONDS, self.store.wipe_log)),
            asyncio.create_task(every(SWEEP_SECONDS, self.sweep)),
            asyncio.create_task(every(TIDY_SECONDS, self.tidy)),
            asyncio.create_task(every(FIGURES_SECONDS, self.count_figures)),
        ]

    async def stop(self) -> None:
        """End the work; what is under way stays kept and is done after the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.close()

    async def close(self) -> None:
        """Stop as messages flow, from the platforms in to the platforms out; close what was used last."""
        for platform in self.platforms:
            await platform.stop()
        await self.inbox.stop()
        await self.senders.stop()
        for platform in self.platforms:
            await platform.close()
        await self.store.wipe_log()
        await self.rasa.close()
        await self.store.close()
        await self.media.close()

    async def keep(self, message: InboundMessage) -> bool:
        """Keep a message; see ``Inbox.keep_all``."""
        return await self.inbox.keep(message)

    async def keep_all(self, messages: Sequence[InboundMessage]) -> list[bool]:
        """Keep messages together; see ``Inbox.keep_all``."""
        return await self.inbox.keep_all(messages)

    async def settle(self) -> None:
        """Do all that is due by the clock, for tests and whoever runs without background work."""
        await self.sweep()
        await self.tidy()
        await self.count_figures()
        await self.inbox.settle()
        await self.news.make_due()
        await self.news.relay()
        await self.senders.settle()
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

    async def count_figures(self) -> None:
        """Count again what statistics show, where something changed."""
        await asyncio.to_thread(self._crm.refresh_figures)

    async def health(self) -> dict[str, bool]:
        """Return for each part whether it answers."""
        return {"web": True, "rasa": await self.rasa.is_healthy(), "store": await self._store_answers()}

    def channel_health(self) -> dict[str, bool]:
        """Return for each channel that pushes whether its platform takes our messages."""
        return self.senders.health

    async def _store_answers(self) -> bool:
        try:
            await self.store.read(conversations.is_known, "")
        except Exception:
            log.exception("The gateway's store does not answer")
            return False
        return True
