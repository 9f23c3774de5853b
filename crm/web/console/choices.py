"""What officers choose from: units, areas, categories, in groups as lists show them. Used by the console's pages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from crm.domain.reference import Reference

Option = tuple[str, str]
SUDIN = "sudin_"


@dataclass(frozen=True)
class Group:
    """Some options under a name."""

    name: str
    options: Sequence[Option]


def unit_groups(
    reference: Reference, *, without: Collection[str] = (), sudin_first: bool = False
) -> list[Group]:
    """Return the units, suku dinas apart from the others."""
    units = [(code, name) for code, name in reference.units.items() if code not in without]
    groups = [
        Group("Dinas dan unit lain", [one for one in units if not one[0].startswith(SUDIN)]),
        Group("Suku dinas", [one for one in units if one[0].startswith(SUDIN)]),
    ]
    return groups[::-1] if sudin_first else groups


def area_groups(reference: Reference, within: str | None = None) -> list[Group]:
    """Return kota, kecamatan and kelurahan by kota; with ``within`` only what lies in an officer's area."""
    groups: dict[str, dict[str, str]] = {}
    for one in reference.areas:
        if within and not one.code.startswith(within):
            continue
        options = groups.setdefault(one.kota, {})
        options.setdefault(one.code[:5], f"Semua {one.kota}")
        options.setdefault(one.code[:8], f"Kecamatan {one.kecamatan}")
        options[one.code] = f"{one.name}, {one.kecamatan}"
    return [
        Group(kota, [(code, name) for code, name in options.items() if code.startswith(within or "")])
        for kota, options in groups.items()
    ]


def category_options(reference: Reference) -> list[Option]:
    """Return the categories."""
    return [(one.code, one.label) for one in reference.categories.values()]
