"""Recognises which kelurahan an area of a foreign file is, by any property that bears its code or its name.

Used by ``crm.store.outlines``. Files differ in the names of their properties, so only values are looked at.
"""

import re
from collections.abc import Mapping, Sequence

from crm.domain.areas import Kelurahan


def code_of(properties: Mapping[str, object], areas: Sequence[Kelurahan]) -> str | None:
    """Return the code of the kelurahan the properties name: by code, else by name and kecamatan together."""
    values = [str(value) for value in properties.values() if value is not None]
    digits = {re.sub(r"\D", "", value) for value in values}
    for area in areas:
        if area.code.replace(".", "") in digits:
            return area.code
    names = [_bare(value) for value in values]
    fitting = [area.code for area in areas if _named(area, names)]
    return fitting[0] if len(fitting) == 1 else None


def _named(area: Kelurahan, names: Sequence[str]) -> bool:
    """Tell whether both names stand there; a name that is both must stand there twice."""
    kelurahan, kecamatan = _bare(area.name), _bare(area.kecamatan)
    if kelurahan == kecamatan:
        return names.count(kelurahan) >= 2
    return kelurahan in names and kecamatan in names


def _bare(name: str) -> str:
    return re.sub(r"[\W_]", "", re.sub(r"^(kelurahan|kecamatan|kel|kec)\b\.?", "", name.casefold().strip()))
