"""What a complaint teaches about categories: its words beside what was predicted and what the citizen chose.

``Described`` is what the store gives of a complaint, ``Lesson`` what leaves the CRM: no number, reporter,
place or time, and the words masked. Used by ``crm.services.corpus``.
"""

import re
from dataclasses import dataclass

from crm.domain.masking import MASK, mask_personal_data
from crm.domain.privacy import Privacy

# Numbers of reports, secret codes, points and addresses of the web: what leads back to a report or a home.
_LEADS_BACK = re.compile(
    r"""
      (?i:https?://\S+|www\.\S+)
    | (?<!\w)[A-Za-z]{2,5}[ .\-]?\d{10,14}(?!\w)                # JK2611240001
    | (?<!\w)(?=[A-Z-]*\d)(?=[\d-]*[A-Z])[0-9A-Z]{4}-[0-9A-Z]{4}(?!\w)   # 7KQM-4TXD
    | (?<![\w.])-?\d{1,3}\.\d{4,}(?!\w)                            # -6.17539
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Described:
    """The part of a complaint that teaches; ``key`` says where the next page begins, and stays here."""

    key: int
    description: str
    category_code: str
    predicted_category: str | None
    privacy: Privacy


@dataclass(frozen=True)
class Lesson:
    """One line of the corpus; ``corrected``: the citizen chose otherwise than was predicted."""

    text: str
    predicted_category: str | None
    category: str
    corrected: bool
    privacy: Privacy


def lesson(complaint: Described) -> Lesson:
    """Return what may leave of a complaint."""
    predicted = complaint.predicted_category
    return Lesson(
        text=mask_personal_data(_LEADS_BACK.sub(MASK, complaint.description)),
        predicted_category=predicted,
        category=complaint.category_code,
        corrected=predicted is not None and predicted != complaint.category_code,
        privacy=complaint.privacy,
    )
