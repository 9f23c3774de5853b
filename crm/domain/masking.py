"""Hides personal data in words that anybody may read: numbers of identity and phone, e-mail, plates, names.

Used for public reports shown to others than their reporter, and for the texts of ``crm.services.corpus``.
Patterns find what is written in the usual ways, not everything a person may be known by; names only where a
form of address comes first (``crm.domain.names``).
"""

import re

from crm.domain.names import mask_names

MASK = "▒▒▒"

_PERSONAL = re.compile(
    r"""
      [\w.+-]+@[\w-]+(?:\.[\w-]+)+                        # e-mail
    | (?<![\w/])\+?\d(?:[\s.\-]?\d){8,}(?!\w)             # phone, NIK (16 digits), account
    | (?<!\w)[A-Za-z]{1,2}[ \-]?\d{3,4}[ \-]?[A-Za-z]{2,3}(?!\w)  # plate of a vehicle: B 1234 XYZ
    """,
    re.VERBOSE,
)


def mask_personal_data(text: str) -> str:
    """Return ``text`` with what looks like personal data replaced."""
    return mask_names(_PERSONAL.sub(MASK, text), MASK)
