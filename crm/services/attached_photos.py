"""Tell which photos belong to reports, so that the gateway can delete the others.

Called by ``crm.bootstrap.Crm``.
"""

from collections.abc import Sequence

from crm.services.ports import Store


def attached_photos(names: Sequence[str], *, store: Store) -> frozenset[str]:
    """Return those of these media names (some hundreds at most) that belong to a report.

    Raises:
        StoreUnavailable: the store does not answer.
    """
    with store.reading() as work:
        return work.complaints.attached_photos(names)
