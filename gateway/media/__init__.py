"""Photos: what may be kept, and where it lies (a folder, or an S3-compatible bucket).

``Media`` is all that the rest of the gateway, and the pages of ``crm.web`` through it, use.
"""

from gateway.media.media import Media, open_media
from gateway.media.photo import BrokenPhoto, NotAPhoto, PhotoRejected, PhotoTooLarge, clean_photo
from gateway.media.store import MediaUnavailable

__all__ = [
    "BrokenPhoto",
    "Media",
    "MediaUnavailable",
    "NotAPhoto",
    "PhotoRejected",
    "PhotoTooLarge",
    "clean_photo",
    "open_media",
]
