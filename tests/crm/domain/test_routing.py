"""Who should get a report: the rules on disk by example, and how a rule is read."""

from pathlib import Path

import pytest
import yaml

from crm.domain.routing import Routing, Rule, Suggestion, phrase, suggested_unit
from crm.settings import REFERENCE, SettingRefused
from crm.store.reference import read_reference
from crm.store.routing import read_routing

FACTS = read_reference(REFERENCE)


@pytest.mark.parametrize(
    ("category", "text", "unit"),
    [
        ("lalu_lintas", "lampu merah Matraman mati dari kemarin", "up_spll"),
        ("lalu_lintas", "macet panjang setelah lampu merah", "dishub"),
        ("parkir_liar", "jukir minta sepuluh ribu", "up_perparkiran"),
        ("parkir_liar", "banyak mobil di bahu jalan", "dishub"),
        ("pju", "cahayanya terhalang dahan lebat", "tamhut"),
        ("pju", "lampu jalan padam di dekat pohon besar", "bina_marga"),
        ("banjir_saluran", "gotnya mampet dan bau", "kelurahan"),
        ("banjir_saluran", "genangan tiap hujan depan pos", "kelurahan"),
        ("banjir_saluran", "gotong royong tidak cukup, air kali meluap", "sda"),
        ("banjir_saluran", "banjir selutut", "sda"),
        ("sampah", "sampah di lapangan menumpuk", "kelurahan"),
        ("sampah", "truk sampah tidak datang ke TPS", "dlh"),
        ("sampah", "kasur bekas hanyut di sungai", "dlh"),
        ("taman", "ilalang setinggi dada", "kelurahan"),
        ("taman", "rumput taman tidak dipotong", "tamhut"),
        ("kebisingan", "kafe di ruko putar musik sampai pagi", "parekraf"),
        ("kebisingan", "tetangga karaokean", "parekraf"),
        ("ketertiban", "pengemis memaksa di perempatan", "dinsos"),
        ("ketertiban", "tawuran tiap malam minggu", "satpol_pp"),
        ("layanan_publik", "petugas loket minta pungli", "inspektorat"),
        ("layanan_publik", "pengurus RT tidak jelas uang kasnya", "kelurahan"),
        ("layanan_publik", "bikin KTP tidak jadi-jadi", "dukcapil"),
        ("layanan_publik", "pelayanannya lambat", "kelurahan"),
        ("bangunan", "ruko baru tidak berizin", "citata"),
        ("bangunan", "bedeng di bantaran", "satpol_pp"),
        ("kesehatan", "orang merokok di ruang tunggu puskesmas", "satpol_pp"),
        ("transportasi_umum", "sopir tj ugal-ugalan", "bp_bumd"),
        ("transportasi_umum", "angkot ngetem", "dishub"),
    ],
)
def test_the_text_decides_and_else_the_category(category: str, text: str, unit: str) -> None:
    assert FACTS.suggested_unit(category, text).unit == unit


def test_the_reason_goes_on_after_karena() -> None:
    reasons = [rule.suggestion.because for rule in FACTS.routing.rules]
    assert all(reason and not reason.startswith("karena") and not reason.endswith(".") for reason in reasons)
    assert FACTS.suggested_unit("pju", "lampu mati").because.startswith("laporan Lampu jalan")


def rule(words: list[str], also: list[str] | None = None, unless: list[str] | None = None) -> Routing:
    spellings = {"jukir": "juru parkir"}
    read = [[phrase(one, spellings) for one in part or []] for part in (words, also, unless)]
    return Routing([Rule(frozenset({"pju"}), *read, Suggestion("sda", "begitu"))], spellings)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("routing", "text", "fits"),
    [
        (rule(["rumput"]), "RUMPUTNYA tinggi", True),
        (rule(["rumput"]), "perumputan", False),
        (rule(["got."]), "got, depan rumah", True),
        (rule(["got."]), "gotong royong", False),
        (rule(["jukir"]), "ada juru parkir", True),
        (rule(["juru parkir"]), "ada jukir!", True),
        (rule(["kali."]), "berkali-kali", False),
        (rule(["lampu"], also=["mati"]), "lampu jalan", False),
        (rule(["lampu"], also=["mati"]), "mati semua lampu", True),
        (rule(["lampu"], unless=["taman"]), "lampu taman", False),
        (rule(["lampu"]), "", False),
    ],
)
def test_words_are_found_at_their_start_in_full_spelling(routing: Routing, text: str, fits: bool) -> None:
    assert (suggested_unit(routing, "pju", text) is not None) is fits
    assert suggested_unit(routing, "jalan", text) is None


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ({"words": ["got"], "unit": "nasa", "because": "x"}, "no such unit: nasa"),
        ({"words": ["got"], "unit": "sda", "because": "x", "categories": ["ufo"]}, "no such category: ufo"),
        ({"words": [], "unit": "sda", "because": "x"}, "no words"),
        ({"words": [" ."], "unit": "sda", "because": "x"}, "no words"),
        ({"words": [True], "unit": "sda", "because": "x"}, "need quotes"),
        ({"words": ["got"], "unit": "sda"}, "it needs"),
        ({"word": ["got"], "unit": "sda", "because": "x"}, "it needs"),
        ("got", "it needs"),
    ],
)
def test_a_mistake_in_the_rules_is_told_with_its_number(
    tmp_path: Path, entry: object, complaint: str
) -> None:
    good = {"words": ["got"], "unit": "sda", "because": "x"}
    (tmp_path / "routing.yml").write_text(yaml.safe_dump([good, entry]), encoding="utf-8")
    (tmp_path / "slang.yml").write_text("jargon: {gg: gang}", encoding="utf-8")
    with pytest.raises(SettingRefused, match=f"rule 2: .*{complaint}"):
        read_routing(tmp_path, categories=FACTS.categories, units=FACTS.units)
