"""The CRM as the actions see it: opened on first use, kept for the life of the process.

Called by the actions that file, ask or locate. Opening at import would end the action server without a word
to citizens.
"""

from functools import lru_cache

from crm.bootstrap import Crm, open_crm


@lru_cache(maxsize=1)
def complaints() -> Crm:
    """Return the CRM's services.

    Raises:
        StoreUnavailable: the store does not answer; the next call tries again.
    """
    return open_crm()
