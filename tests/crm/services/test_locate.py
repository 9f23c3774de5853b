"""Points: well-known places, the border of Jakarta, exact outlines where they are loaded."""

import json
from pathlib import Path

import pytest
from shapely import Point, box, to_geojson

from crm.bootstrap import Crm, open_crm
from crm.domain.errors import AreasUnreadable
from crm.settings import Settings

# Read off a map by hand; kelurahan as their own signs say.
PLACES = {
    "Monas": (-6.1754, 106.8272, "Gambir"),
    "Bundaran HI": (-6.1950, 106.8230, "Menteng"),
    "Taman Mini": (-6.3024, 106.8951, "Ceger"),
    "Ragunan zoo": (-6.3117, 106.8203, "Ragunan"),
    "Blok M": (-6.2443, 106.8006, "Kramat Pela"),
    "Ancol beach": (-6.1226, 106.8370, "Ancol"),
    "Stasiun Jatinegara": (-6.2151, 106.8704, "Pisangan Baru"),
    "Masjid Istiqlal": (-6.1702, 106.8310, "Pasar Baru"),
    "Kota Tua": (-6.1352, 106.8133, "Pinangsia"),
    "Pasar Minggu station": (-6.2844, 106.8446, "Pasar Minggu"),
}


@pytest.fixture
def crm(tmp_path: Path) -> Crm:
    return open_crm(Settings(database_url=f"sqlite:///{tmp_path}/crm.db", var=tmp_path))


@pytest.mark.parametrize("place", PLACES)
def test_a_well_known_place_is_among_the_three_likely_kelurahan(crm: Crm, place: str) -> None:
    lat, lon, kelurahan = PLACES[place]
    likely = crm.locate(lat, lon)
    assert len(likely) == 3
    assert kelurahan in [area.name for area in likely]


def test_every_kelurahan_is_the_likely_one_at_its_own_centroid_but_few(crm: Crm) -> None:
    areas = crm.reference.areas
    assert len(areas) == 267
    right = [area for area in areas if crm.locate(area.lat, area.lon)[0] == area]
    assert len(right) >= 0.97 * len(areas)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        (-6.5971, 106.8060),  # Bogor
        (-6.4025, 106.7942),  # Depok
        (-6.2383, 107.0000),  # Bekasi
        (-6.1783, 106.6319),  # Tangerang
        (-7.7956, 110.3695),  # Yogyakarta
        (0.0, 0.0),
        (float("nan"), 106.8),
        (float("inf"), 106.8),
    ],
)
def test_outside_jakarta_there_is_no_kelurahan(crm: Crm, lat: float, lon: float) -> None:
    assert crm.locate(lat, lon) == []


def geojson(tmp_path: Path, *features: tuple[dict[str, object], str]) -> Path:
    file = tmp_path / "batas.geojson"
    collection = [
        {"type": "Feature", "properties": properties, "geometry": json.loads(geometry)}
        for properties, geometry in features
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": collection}))
    return file


@pytest.mark.parametrize(
    "properties",
    [
        {"code": "31.71.02.1001"},
        {"KODE_KD": 3171021001, "x": None},
        {"nama": "Pasar Baru", "kec": "Sawah Besar"},
        {"KEL": "KEL. PASAR BARU", "KEC": "kecamatan Sawah Besar"},
    ],
)
def test_a_loaded_outline_decides_whatever_its_file_calls_its_properties(
    crm: Crm, tmp_path: Path, properties: dict[str, object]
) -> None:
    around_monas = to_geojson(box(106.826, -6.176, 106.829, -6.174))
    assert crm.locate(-6.1754, 106.8272)[0].name == "Gambir"
    assert crm.load_areas(geojson(tmp_path, (properties, around_monas))) == {"31.71.02.1001"}
    assert [area.name for area in crm.locate(-6.1754, 106.8272)][:2] == ["Pasar Baru", "Gambir"]
    assert "Pasar Baru" not in [area.name for area in crm.locate(-6.1700, 106.8310)]


def test_outlines_are_kept_and_used_by_others_without_a_restart(crm: Crm, tmp_path: Path) -> None:
    other = open_crm(Settings(database_url=f"sqlite:///{tmp_path}/crm.db", var=tmp_path))
    assert other.locate(-6.1754, 106.8272)[0].name == "Gambir"
    crm.load_areas(
        geojson(tmp_path, ({"code": "31.71.02.1001"}, to_geojson(box(106.826, -6.176, 106.829, -6.174))))
    )
    assert other.locate(-6.1754, 106.8272)[0].name == "Pasar Baru"


def test_a_kelurahan_named_like_its_kecamatan_needs_both_names(crm: Crm, tmp_path: Path) -> None:
    outline = to_geojson(box(106.81, -6.18, 106.83, -6.16))
    assert crm.load_areas(geojson(tmp_path, ({"kel": "Gambir", "kec": "Gambir"}, outline))) == {
        "31.71.01.1001"
    }
    with pytest.raises(AreasUnreadable, match="kelurahan Jakarta"):
        crm.load_areas(geojson(tmp_path, ({"kel": "Cideng", "kec": "Tebet"}, outline)))


@pytest.mark.parametrize(
    ("content", "word"),
    [("{", "bukan GeoJSON"), ('{"type": "Point"}', "bukan GeoJSON"), ("[1, 2]", "bukan GeoJSON")],
)
def test_a_file_that_is_no_geojson_is_refused(crm: Crm, tmp_path: Path, content: str, word: str) -> None:
    file = tmp_path / "x.geojson"
    file.write_text(content)
    with pytest.raises(AreasUnreadable, match=word):
        crm.load_areas(file)


@pytest.mark.parametrize(
    ("geometry", "word"),
    [
        (to_geojson(box(701000, 9300000, 702000, 9310000)), "derajat"),
        (to_geojson(Point(106.8, -6.2)), "poligon"),
        ('{"type": "Polygon", "coordinates": [[[106.8, -6.2], [106.9, -6.1], [106.9, -6.2], [106.8, -6.1],'
         ' [106.8, -6.2]]]}', "poligon"),
        ('{"type": "Polygon", "coordinates": "x"}', "rusak"),
    ],
)  # fmt: skip
def test_outlines_that_cannot_be_right_are_refused_and_the_old_ones_stay(
    crm: Crm, tmp_path: Path, geometry: str, word: str
) -> None:
    with pytest.raises(AreasUnreadable, match=word):
        crm.load_areas(geojson(tmp_path, ({"code": "31.71.01.1001"}, geometry)))
    assert crm.locate(-6.1754, 106.8272)[0].name == "Gambir"
