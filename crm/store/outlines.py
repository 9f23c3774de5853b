"""Exact outlines of kelurahan, from any GeoJSON an operator loads. Made by ``crm.bootstrap``.

Kept as one GeoJSON file of our own, so that loading is checked once and looking up stays simple. The file
is read when first needed and again when it has changed: loading takes effect without a restart.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shapely import Point, STRtree
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from crm.domain.areas import Kelurahan
from crm.domain.errors import AreasUnreadable
from crm.store.outline_names import code_of

# About 5 m: hairline gaps between neighbours belong to the nearer one.
GAP = 0.00005

Feature = dict[str, Any]


@dataclass(frozen=True)
class _Index:
    codes: Sequence[str]
    tree: STRtree


class Outlines:
    """Implements ``crm.services.ports.ExactAreas`` over one file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read: tuple[int, _Index] | None = None

    def containing(self, lat: float, lon: float) -> str | None:
        """Return the code of the kelurahan whose outline holds a point."""
        index = self._index()
        nearest = index.tree.query_nearest(Point(lon, lat), max_distance=GAP, all_matches=False)
        return index.codes[int(nearest[0])] if len(nearest) else None

    def codes(self) -> frozenset[str]:
        """Return the kelurahan whose outline is known."""
        return frozenset(self._index().codes)

    def load(self, source: Path, areas: Sequence[Kelurahan]) -> frozenset[str]:
        """Take over the outlines of a GeoJSON file in place of earlier ones; return the codes recognised.

        Raises:
            AreasUnreadable: it is no GeoJSON of areas in degrees, or none of them is a kelurahan of Jakarta.
        """
        outlines: dict[str, Any] = {}
        for feature in _features(source):
            code = code_of(feature.get("properties") or {}, areas)
            if code is not None:
                outlines[code] = _checked(feature, code)
        if not outlines:
            raise AreasUnreadable(
                f"Tidak ada kelurahan Jakarta yang dikenali di {source}. Setiap bidang perlu kode wilayah"
                " (misalnya 31.71.01.1001) atau nama kelurahan beserta kecamatannya."
            )
        self._write(outlines)
        return frozenset(outlines)

    def _write(self, outlines: Mapping[str, Any]) -> None:
        features = [
            {"type": "Feature", "properties": {"code": code}, "geometry": geometry}
            for code, geometry in outlines.items()
        ]
        self._file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._file.with_suffix(".new")
        unfinished.write_text(
            json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8"
        )
        os.replace(unfinished, self._file)

    def _index(self) -> _Index:
        try:
            written = self._file.stat().st_mtime_ns
        except FileNotFoundError:
            return _Index((), STRtree([]))
        if self._read is None or self._read[0] != written:
            self._read = (written, _read_index(self._file))
        return self._read[1]


def _read_index(file: Path) -> _Index:
    features = _features(file)
    codes = [feature["properties"]["code"] for feature in features]
    return _Index(codes, STRtree([shape(feature["geometry"]) for feature in features]))


def _features(source: Path) -> list[Feature]:
    try:
        collection = json.loads(source.read_text(encoding="utf-8"))
        features = collection["features"]
        return [feature for feature in features if feature["geometry"]]
    except OSError as error:
        raise AreasUnreadable(f"{source} tidak bisa dibaca: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise AreasUnreadable(
            f"{source} bukan GeoJSON berisi kumpulan bidang (FeatureCollection)."
        ) from error


def _checked(feature: Feature, code: str) -> Any:
    geometry = feature["geometry"]
    try:
        outline: BaseGeometry = shape(geometry)
        west, south, east, north = outline.bounds
    except Exception as error:
        raise AreasUnreadable(f"Bidang {code} rusak. Periksa berkasnya, lalu muat lagi.") from error
    if outline.geom_type not in ("Polygon", "MultiPolygon") or not outline.is_valid:
        raise AreasUnreadable(f"Bidang {code} bukan poligon yang sah. Perbaiki berkasnya, lalu muat lagi.")
    if not (106 < west and east < 108 and -7.5 < south and north < -4.5):
        raise AreasUnreadable(
            f"Bidang {code} tidak dalam derajat bujur dan lintang (WGS 84) sekitar Jakarta."
        )
    return geometry
