"""A form of the report page that was not carried out: what was typed, and why, so that it is shown again.

Made by ``crm.web.console.acts``, shown by ``crm.web.console.report``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from crm.web.shared.forms import Form
from crm.web.shared.photos import PhotoProblem

ASK, TRANSFER, SPLIT = "tanya", "pindah", "pecah"
# What an officer has to write in place of it before a sentence can be sent.
BLANK = "…"


class Problem(StrEnum):
    """Why a form is shown again; the sentences stand in ``report.html``."""

    TEMPLATE = "template"
    CHANGED = "changed"
    BLANK = "blank"
    PHOTO = "photo"
    PHOTOS_AWAY = "photos_away"
    NO_TARGET = "no_target"
    INCOMPLETE = "incomplete"
    SPLIT_ALREADY = "split_already"
    TOLD = "told"


@dataclass(frozen=True)
class Draft:
    """``form`` is the name of a status, or one of the names above; ``told`` a sentence of the CRM's.

    ``kept`` are signed names of photos, ``texts`` sentences that stand instead of what was typed.
    """

    form: str
    typed: Form
    problem: Problem | None = None
    told: str = ""
    kept: Sequence[str] = ()
    photo_problem: PhotoProblem | None = None
    texts: dict[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str:
        """Return what stands in a field."""
        return self.texts.get(name) or self.typed.text(name)
