"""Read the corpus for the next training: what citizens wrote, what was predicted, what they chose.

Called by ``crm.bootstrap.Crm`` for the command line. Reads page by page, each in a transaction of its own, so
that neither memory nor a lock grows with the store.
"""

from collections.abc import Iterator
from datetime import date, datetime, time

from crm.domain.corpus import Lesson, lesson
from crm.domain.times import WIB
from crm.services.ports import Store

PAGE = 500


def corpus(*, since: date | None, with_private: bool, store: Store) -> Iterator[Lesson]:
    """Yield what the reports filed since a day in Jakarta teach, oldest first.

    Private and anonymous reports are for officers only: they are left out unless ``with_private``.

    Raises:
        StoreUnavailable: the store does not answer.
    """
    begin = datetime.combine(since, time(), WIB) if since else None
    after = 0
    while True:
        with store.reading() as work:
            page = work.complaints.described(
                after=after, since=begin, public_only=not with_private, limit=PAGE
            )
        if not page:
            return
        yield from map(lesson, page)
        after = page[-1].key
