"""The facts of the city that services need: categories, units, areas (``data/reference/``)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crm.domain.areas import Kelurahan


@dataclass(frozen=True)
class Category:
    """A category with the unit usually responsible and the targets promised for it."""

    code: str
    label: str
    unit: str
    respond_hours: int
    finish_days: int


@dataclass(frozen=True)
class Reference:
    """All facts, by code; ``units`` gives full names."""

    categories: Mapping[str, Category]
    units: Mapping[str, str]
    areas: Sequence[Kelurahan]

    def unit_name(self, unit: str) -> str:
        """Return a unit's name; a unit no longer in the list keeps its code."""
        return self.units.get(unit, unit)
