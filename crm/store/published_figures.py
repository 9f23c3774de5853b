"""Reads figures the city published itself (``data/reference/published_figures.yml``). Called by ``crm.bootstrap``."""

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from crm.domain.errors import FiguresUnreadable
from crm.domain.figures import Figures, Period
from crm.domain.places import JAKARTA
from crm.domain.times import WIB

_PLAIN = ("received", "finished")


def read_published_figures(file: Path) -> list[Figures]:
    """Return the figures of a file.

    Raises:
        FiguresUnreadable: the file cannot be used; the message says what to do.
    """
    try:
        entries = yaml.safe_load(file.read_text(encoding="utf-8"))
        return [_figures(entry) for entry in entries]
    except OSError as error:
        raise FiguresUnreadable(f"Berkas {file} tidak bisa dibaca: {error.strerror}.") from error
    except (yaml.YAMLError, UnicodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise FiguresUnreadable(
            f"Isi berkas {file} tidak sesuai ({error}). Contohnya: data/reference/published_figures.yml."
        ) from error


def _figures(entry: dict[str, Any]) -> Figures:
    numbers = {name: _number(entry[name]) for name in _PLAIN}
    numbers |= {f"category:{name}": _number(number) for name, number in entry.get("categories", {}).items()}
    as_of = datetime(entry["as_of"].year, entry["as_of"].month, entry["as_of"].day, tzinfo=WIB)
    return Figures(Period.parse(str(entry["period"])), JAKARTA, numbers, as_of, str(entry["source"]))


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{value!r} bukan bilangan bulat")
    return value
