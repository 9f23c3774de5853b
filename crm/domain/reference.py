"""The facts of the city that services need: categories, units, areas, who does what (``data/reference/``)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crm.domain.areas import Kelurahan
from crm.domain.routing import Routing, Suggestion, suggested_unit


@dataclass(frozen=True)
class Category:
    """A category with the unit usually responsible and the targets promised for it."""

    code: str
    label: str
    unit: str
    respond_hours: int
    finish_days: int


@dataclass(frozen=True)
class Refusal:
    """A reason for rejecting a report, with a first draft of what its reporter is told."""

    code: str
    label: str
    sentence: str


@dataclass(frozen=True)
class ReplyTemplate:
    """A sentence officers may start from.

    ``uses`` are the statuses it fits, by name, or "pertanyaan" for questions to the reporter.
    """

    code: str
    label: str
    uses: frozenset[str]
    text: str


@dataclass(frozen=True)
class Reference:
    """All facts, by code; ``units`` gives full names, ``dinas_of`` who instructs a unit."""

    categories: Mapping[str, Category]
    units: Mapping[str, str]
    areas: Sequence[Kelurahan]
    routing: Routing = field(default_factory=Routing)
    refusals: Mapping[str, Refusal] = field(default_factory=dict)
    reply_templates: Sequence[ReplyTemplate] = ()
    dinas_of: Mapping[str, str] = field(default_factory=dict)

    def unit_name(self, unit: str) -> str:
        """Return a unit's name; a unit no longer in the list keeps its code."""
        return self.units.get(unit, unit)

    def suggested_unit(self, category_code: str, text: str) -> Suggestion:
        """Return the unit a complaint should go to by its text, else its category's.

        Raises:
            KeyError: there is no such category.
        """
        category = self.categories[category_code]
        usual = Suggestion(category.unit, f"laporan {category.label} biasanya ditangani unit ini")
        return suggested_unit(self.routing, category_code, text) or usual
