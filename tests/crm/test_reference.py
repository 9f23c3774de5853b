"""The facts in ``data/reference/`` that others rely on."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from crm.domain.status import Status
from crm.settings import REFERENCE
from crm.store.reference import read_reference

CODES = (
    "jalan trotoar pju lalu_lintas parkir_liar transportasi_umum banjir_saluran sampah pohon taman air_bersih"
    " utilitas ketertiban kebisingan pkl reklame bangunan pencemaran layanan_publik kesehatan pendidikan"
    " bantuan_sosial kebakaran_penyelamatan hewan lainnya"
).split()


def read(name: str) -> Any:
    return yaml.safe_load((Path(REFERENCE) / name).read_text(encoding="utf-8"))


def test_there_are_the_25_categories_each_with_a_known_unit() -> None:
    reference = read_reference(REFERENCE)
    assert list(reference.categories) == CODES
    assert {category.unit for category in reference.categories.values()} <= set(reference.units)


def test_labels_fit_a_button_and_differ() -> None:
    labels = [entry["label"] for entry in read("categories.yml")]
    assert all(0 < len(label) <= 20 for label in labels)
    assert len(set(labels)) == len(labels)


def test_each_of_the_citys_129_names_belongs_to_one_code() -> None:
    names = Counter(name for entry in read("categories.yml") for name in entry["official_names"])
    assert len(names) == 129
    assert set(names.values()) == {1}


def test_targets_are_the_citys() -> None:
    targets = read("service.yml")["targets"]
    for entry in read("categories.yml"):
        assert {name: entry[name] for name in targets} == targets


def test_areas_are_267_kelurahan_of_44_kecamatan_with_their_centroid_in_their_box() -> None:
    areas = read_reference(REFERENCE).areas
    assert len({area.code for area in areas}) == len(areas) == 267
    assert len({area.code[:8] for area in areas}) == 44
    assert len({area.kota for area in areas}) == 6
    assert all(re.fullmatch(r"31\.7[1-5]\.\d\d\.\d{4}|31\.01\.\d\d\.\d{4}", area.code) for area in areas)
    assert all(area.box.holds(area.lat, area.lon) for area in areas)


def test_emergencies_begin_with_112() -> None:
    assert read("service.yml")["emergency"][0]["number"] == "112"
    assert [entry["code"] for entry in read("categories.yml") if entry.get("emergency")] == [
        "kebakaran_penyelamatan"
    ]


def test_reasons_for_rejecting_differ_and_each_has_a_sentence_for_the_citizen() -> None:
    refusals = read_reference(REFERENCE).refusals
    assert len(refusals) == len(read("refusals.yml")) == len({one.label for one in refusals.values()})
    assert all(len(code) <= 40 and one.sentence.endswith(".") for code, one in refusals.items())


def test_reply_templates_differ_and_fit_known_statuses_or_questions() -> None:
    templates = read_reference(REFERENCE).reply_templates
    assert len({one.code for one in templates}) == len(templates) == len(read("reply_templates.yml"))
    known = {*Status.__members__, "pertanyaan"}
    assert all(one.uses and one.uses <= known and one.text for one in templates)


def test_every_suku_dinas_is_instructed_by_a_known_dinas() -> None:
    reference = read_reference(REFERENCE)
    assert {code for code in reference.units if code.startswith("sudin_")} <= set(reference.dinas_of)
    assert set(reference.dinas_of.values()) <= set(reference.units) - set(reference.dinas_of)
