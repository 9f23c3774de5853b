"""Forget what is no longer needed: the keys by which drafts of anonymous reports are known again.

Called by ``crm.bootstrap.Crm`` for the gateway's housekeeping and the command line; safe to repeat.
"""

from datetime import timedelta

from crm.domain.times import Clock
from crm.services.ports import Store

# By then the draft's conversation is erased and nobody can file it again (docs/adr/0004).
ANONYMOUS_DRAFT_KEPT = timedelta(days=3)


def prune(*, store: Store, clock: Clock) -> int:
    """Drop old draft keys of anonymous reports; return how many.

    Raises:
        StoreUnavailable: the store does not answer.
    """
    with store.writing() as work:
        return work.complaints.forget_anonymous_drafts(clock() - ANONYMOUS_DRAFT_KEPT)
