"""Reads the facts of the city from ``data/reference/``. Called by ``crm.bootstrap``."""

import csv
from pathlib import Path

import yaml

from crm.domain.areas import Box, Kelurahan
from crm.domain.reference import Category, Reference, Refusal, ReplyTemplate
from crm.store.routing import read_routing


def read_reference(folder: Path) -> Reference:
    """Return categories, units, areas and who does what.

    Raises:
        OSError: a file is missing.
        KeyError: a file lacks a field.
        SettingRefused: a rule of who does what cannot be used; the message says which and why.
    """
    entries = yaml.safe_load((folder / "categories.yml").read_text(encoding="utf-8"))
    categories = {entry["code"]: _category(entry) for entry in entries}
    units = yaml.safe_load((folder / "units.yml").read_text(encoding="utf-8"))
    names = {entry["code"]: entry["name"] for entry in units}
    return Reference(
        categories=categories,
        units=names,
        areas=_read_areas(folder / "areas.csv"),
        routing=read_routing(folder, categories=categories, units=names),
        refusals={one.code: one for one in _read_refusals(folder / "refusals.yml")},
        reply_templates=_read_templates(folder / "reply_templates.yml"),
        dinas_of={entry["code"]: entry["under"] for entry in units if "under" in entry},
    )


def _category(entry: dict[str, object]) -> Category:
    return Category(
        code=str(entry["code"]),
        label=str(entry["label"]),
        unit=str(entry["unit"]),
        respond_hours=int(str(entry["respond_hours"])),
        finish_days=int(str(entry["finish_days"])),
    )


def _read_refusals(file: Path) -> tuple[Refusal, ...]:
    return tuple(Refusal(**entry) for entry in yaml.safe_load(file.read_text(encoding="utf-8")))


def _read_templates(file: Path) -> tuple[ReplyTemplate, ...]:
    return tuple(
        ReplyTemplate(entry["code"], entry["label"], frozenset(entry["for"]), entry["text"])
        for entry in yaml.safe_load(file.read_text(encoding="utf-8"))
    )


def _read_areas(file: Path) -> tuple[Kelurahan, ...]:
    with file.open(encoding="utf-8", newline="") as lines:
        return tuple(_kelurahan(row) for row in csv.DictReader(lines))


def _kelurahan(row: dict[str, str]) -> Kelurahan:
    return Kelurahan(
        code=row["code"],
        name=row["name"],
        kecamatan=row["kecamatan"],
        kota=row["kota"],
        lat=float(row["centroid_lat"]),
        lon=float(row["centroid_lon"]),
        area_km2=float(row["area_km2"]),
        box=Box(float(row["west"]), float(row["south"]), float(row["east"]), float(row["north"])),
    )
