"""What a place for photos must be able to do.

Implemented by ``gateway.media.folder`` and ``gateway.media.bucket``; called by ``gateway.media.media``, in threads. A
photo is *undecided* until it is known that a report has it; then it is *kept for good*.
"""

from datetime import timedelta
from typing import Protocol


class MediaUnavailable(Exception):
    """The store cannot do it now; again later. The text names the kind of failure, never a photo."""


class PhotoStore(Protocol):
    """Keeps JPEGs under names it is given. Whatever fails raises ``MediaUnavailable``, and can be done again."""

    def check(self) -> None:
        """Find out whether the store can be used; that it does not answer now is no reason to raise.

        Raises:
            SettingsError: its settings are wrong.
        """

    def keep(self, name: str, photo: bytes) -> None:
        """Keep a new photo, undecided; once this returns it is there to stay."""

    def read(self, name: str) -> bytes | None:
        """Return a photo, None if there is none of this name."""

    def drop(self, name: str) -> None:
        """Delete a photo, if it is there."""

    def undecided(self, age: timedelta) -> list[str]:
        """Return the undecided photos that are older than ``age``."""

    def keep_for_good(self, name: str) -> None:
        """Note that a report has this photo; nothing that stays tells when it came."""

    def close(self) -> None:
        """Close connections."""
