"""Where a report can be followed on the web (``crm.web.tracking``), for whoever was told the link.

Called by ``actions.check_status`` and ``actions.follow_up``. Address and secret come from the environment that
``ops.run`` gives to all processes.
"""

import os

from crm.domain.complaint import ComplaintView
from crm.domain.tracking_link import TRACKING, TrackingLinks


def tracking_link(view: ComplaintView) -> str | None:
    """Return the link that opens a reporter's own report; None where this process has no address or secret."""
    address, secret = os.environ.get("ADUAN_PUBLIC_URL"), os.environ.get("ADUAN_GATEWAY_SECRET")
    if not address or not secret:
        return None
    return address.rstrip("/") + TrackingLinks(secret).path(view.report_number)


def tracking_page() -> str:
    """Return the address where a report is opened by number and code."""
    return os.environ.get("ADUAN_PUBLIC_URL", "").rstrip("/") + TRACKING
