"""Links to a report's tracking page and to its photos: nobody without the secret can make one.

The number alone opens public reports only; a private one opens by number and a keyed hash of it, which its reporter
gets in the chat. Used by ``crm.web.tracking`` and by whoever tells reporters the link (``gateway``, ``actions``): all
derive the key from ``ADUAN_GATEWAY_SECRET``.
"""

import hmac
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta

from crm.domain.report_number import ReportNumber

TRACKING = "/lacak"
# So long the photos of a page that was opened can be fetched, at least.
PHOTOS_SHOWN_FOR = timedelta(hours=1)
_BYTES = 16


class TrackingLinks:
    """Makes and checks links."""

    def __init__(self, secret: str) -> None:
        self._key = hmac.digest(secret.encode(), b"aduan: tracking links", "sha256")

    def path(self, number: ReportNumber) -> str:
        """Return the address of a report below ``ADUAN_PUBLIC_URL``; not for anonymous reports, which have a code."""
        return f"{TRACKING}/{number}?k={self._sign('report', str(number))}"

    def opens(self, number: ReportNumber, key: str) -> bool:
        """Tell whether a key opens a report."""
        return _same(self._sign("report", str(number)), key)

    def photo_path(self, name: str, now: datetime) -> str:
        """Return the address of a photo for whoever may see it now; it ends after an hour or two."""
        until = int((now + 2 * PHOTOS_SHOWN_FOR).timestamp() // PHOTOS_SHOWN_FOR.total_seconds())
        return f"{TRACKING}/foto/{name}?s={until}&k={self._sign('photo', name, str(until))}"

    def shows_photo(self, name: str, until: str, key: str, now: datetime) -> bool:
        """Tell whether a photo may be shown by this address now."""
        if not (until.isascii() and until.isdecimal() and len(until) < 10):
            return False
        is_over = now.timestamp() >= int(until) * PHOTOS_SHOWN_FOR.total_seconds()
        return _same(self._sign("photo", name, until), key) and not is_over

    def _sign(self, *parts: str) -> str:
        signed = hmac.digest(self._key, "\0".join(parts).encode(), "sha256")[:_BYTES]
        return urlsafe_b64encode(signed).decode().rstrip("=")


def _same(known: str, given: str) -> bool:
    return hmac.compare_digest(known.encode(), given.encode("utf-8", "replace"))
