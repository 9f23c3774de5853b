"""The citizen's one choice about privacy, and what it decides: who sees the content, and whose it is.

Used by drafts, receipts and the store. Meaning of the answers: docs/glossary.md.
"""

from enum import StrEnum


class Visibility(StrEnum):
    """Who sees the content of a report besides the officers who handle it and its reporter."""

    PUBLIK = "publik"
    PRIVAT = "privat"


class Privacy(StrEnum):
    """The citizen's answer."""

    PUBLIK = "publik"
    PRIVAT = "privat"
    ANONIM = "anonim"

    @classmethod
    def of(cls, visibility: Visibility, *, anonymous: bool) -> "Privacy":
        """Return the answer that led to this visibility and identity."""
        return cls.ANONIM if anonymous else cls(visibility)

    @property
    def visibility(self) -> Visibility:
        """Who sees the content: what is anonymous is for officers only."""
        return Visibility.PUBLIK if self is Privacy.PUBLIK else Visibility.PRIVAT

    @property
    def anonymous(self) -> bool:
        """Whether nothing may join the report to its reporter."""
        return self is Privacy.ANONIM
