"""Hand news of status changes to the gateway, at least once and in order for each reporter.

Called by ``crm.bootstrap.Crm`` for the gateway. A claim lapses, so that news survive a gateway that dies
between taking and relaying them.
"""

from collections.abc import Sequence
from datetime import timedelta

from crm.domain.complaint import News
from crm.domain.times import Clock
from crm.services.ports import Store

# Relaying is one write into the gateway's outbox; whoever needs longer has died.
CLAIM = timedelta(minutes=1)


def pending_news(limit: int, *, store: Store, clock: Clock) -> list[News]:
    """Claim news nobody else holds, the oldest of each reporter first; the next follows once that is relayed.

    Raises:
        StoreUnavailable: the store does not answer; what was claimed comes again.
    """
    now = clock()
    with store.writing() as work:
        return work.news.claim(limit, now=now, until=now + CLAIM)


def news_relayed(ids: Sequence[int], *, store: Store) -> None:
    """Forget news the gateway has in its outbox; ids already forgotten do no harm.

    Raises:
        StoreUnavailable: the outcome is unknown; say it again, or the news come again.
    """
    with store.writing() as work:
        work.news.remove(ids)
