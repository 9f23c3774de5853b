"""Places: the citizen's words, the official areas, and the traps of Jakarta's names."""

from collections.abc import Callable
from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.place_recogniser import LOCATION, text_to_classify
from bot.nlu.reference import area_rows, vocabulary

Read = Callable[[str], Message]
NAMES = {row["code"]: row["name"] for row in area_rows()}
DOUBLE_NAMES = {row["kecamatan"] for row in area_rows()} & set(NAMES.values())


def place(read: Read, text: str) -> dict[str, Any]:
    location = read(text).get(LOCATION)
    assert location is not None, f"no place found in {text!r}"
    return dict(location)


def kelurahan(read: Read, text: str) -> str | None:
    location = read(text).get(LOCATION) or {}
    return NAMES.get(location.get("kelurahan_code") or "")


def test_every_kelurahan_is_found_by_its_official_name(read: Read) -> None:
    assert len(NAMES) == 267
    for row in area_rows():
        assert kelurahan(read, f"sampah menumpuk di kelurahan {row['name']}") == row["name"]


def test_every_kelurahan_is_settled_by_name_and_kecamatan(read: Read) -> None:
    for row in area_rows():
        text = f"pohon miring, kel. {row['name']}, kec. {row['kecamatan']}, {row['kota']}"
        found = place(read, text)
        assert (found["kelurahan_code"], found["kecamatan"], found["kota"]) == (
            row["code"], row["kecamatan"], row["kota"],
        )  # fmt: skip


def test_every_kecamatan_offers_its_kelurahan(read: Read) -> None:
    for kecamatan in {row["kecamatan"] for row in area_rows()}:
        found = place(read, f"lampu mati di kecamatan {kecamatan}")
        inside = {row["code"] for row in area_rows() if row["kecamatan"] == kecamatan}
        assert found["kelurahan_code"] is None or len(inside) == 1
        assert found["kecamatan"] == kecamatan
        assert 0 < len(found["candidates"]) <= 6 and set(found["candidates"]) <= inside


def test_a_name_of_both_kelurahan_and_kecamatan_is_not_guessed(read: Read) -> None:
    assert len(DOUBLE_NAMES) >= 20
    for name in DOUBLE_NAMES - {"Makasar"}:
        found = place(read, f"jalan rusak di daerah {name}")
        assert found["kelurahan_code"] is None, name
        assert NAMES[found["candidates"][0]] == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("got mampet di Menteng Dalam", "Menteng Dalam"),
        ("got mampet di menteng atas", "Menteng Atas"),
        ("di cilandak timur ada pohon tumbang", "Cilandak Timur"),
        ("sampah di tebet brt", "Tebet Barat"),
        ("kebonjeruk kelurahannya, banjir di kel kebon jeruk", "Kebon Jeruk"),
        ("banjir di kel. Jatinegara", "Jatinegara"),
        ("kel baru, pasar rebo", "Baru"),
        ("di gunung, kebayoran baru", "Gunung"),
        ("kelurahan tengah kramatjati", "Tengah"),
        ("benhil banjir", "Bendungan Hilir"),
        ("di kapuk muara", "Kapuk Muara"),
        ("srengseng sawah gelap", "Srengseng Sawah"),
        ("kelapa dua wetan gelap", "Kelapa Dua Wetan"),
        ("Menteng, Menteng, Jakarta Pusat", "Menteng"),
        ("tebet barat, tebet", "Tebet Barat"),
        ("cipete, kebayoran baru", "Cipete Utara"),
        ("grogol utara, jaksel", "Grogol Utara"),
        ("jl haji nawi 3, kel gandaria utara", "Gandaria Utara"),
        ("Kapuk Selatan tergenang", "Kapuk"),
        ("bukan di tebet barat tapi di bukit duri", "Bukit Duri"),
        ("got bau di kbn kacang rw 4", "Kebon Kacang"),
        ("pd. bambu banjir", "Pondok Bambu"),
        ("gn sahari selatan, pju padam", "Gunung Sahari Selatan"),
        ("banyak tikus di pejagaln", "Pejagalan"),
        ("warga cipinang cempedka mati air", "Cipinang Cempedak"),
        ("kel karet, dekat kuningan timur", "Karet"),
        ("kelurahan pasar baru banyak copet", "Pasar Baru"),
        ("pasar manggis rt 7 gelap", "Pasar Manggis"),
        ("mati air di rawa badak utara 3 hari", "Rawa Badak Utara"),
    ],
)
def test_the_text_settles_the_kelurahan(read: Read, text: str, expected: str) -> None:
    assert kelurahan(read, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Jl. Kebon Jeruk daerah Hayam Wuruk",
        "jalan bukit duri raya berlubang",
        "lubang di jl. rawa buaya no 5",
        "gg. pondok kopi gelap",
        "jl raya bekasi km 18",
        "depan pasar manggis",
        "stasiun tebet kotor",
        "lewat jalan baru yang gelap",
        "di tengah jalan ada lubang",
        "naik gunung macet",
        "bahaya buat jati diri warga",
        "tali karet putus",
        "macet arah pondok labu",
        "walikota jaksel mohon turun tangan",
        "dari tebet barat sampai tebet timur gelap",
        "halte busway kuningan timur bocor",
        "puskesmas kecamatan cilandak antre",
        "kantor pos rawamangun tutup",
        "duren tiga raya macet",
        "halte perumnas klender bocor",
        "cipinang muara 2 jalannya gelap",
        "kalibata city banyak kecoa",
        "pasar baru ramai copet",
        "gandaria city macet",
        "mangga dua macet",
        "air pancuran kecil sekali",
        "suku dinas perumahan rakyat dan kawasan permukiman jaksel lambat",
    ],
)
def test_a_street_a_landmark_or_an_ordinary_word_settles_nothing(read: Read, text: str) -> None:
    assert kelurahan(read, text) is None


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("jalan rusak di Bekasi Timur", "Bekasi"),
        ("lampu mati di depok", "Depok"),
        ("banjir di ciledug, tangerang", "Tangerang"),
        ("macet di bsd", "Tangerang Selatan"),
        ("pungli di bogor", "Bogor"),
    ],
)
def test_a_city_outside_jakarta_is_named(read: Read, text: str, city: str) -> None:
    found = place(read, text)
    assert found["outside"] == city
    assert found["candidates"] == []


@pytest.mark.parametrize(
    "text",
    [
        "jl raya bekasi km 18 cakung barat",
        "lubang di jl raya bogor",
        "macet di cawang arah bekasi",
        "perbatasan depok, srengseng sawah",
    ],  # noqa: E501
)
def test_a_road_or_a_direction_outside_leaves_the_report_inside(read: Read, text: str) -> None:
    assert (read(text).get(LOCATION) or {}).get("outside") is None


def test_a_market_that_is_also_a_kecamatan_gives_kecamatan_and_candidates(read: Read) -> None:
    found = place(read, "jalan berlubang di depan Pasar Minggu, tolong rahasiakan")
    assert found["text"] == "depan Pasar Minggu"
    assert found["kelurahan_code"] is None
    assert (found["kecamatan"], found["kota"]) == ("Pasar Minggu", "Jakarta Selatan")
    assert NAMES[found["candidates"][0]] == "Pasar Minggu"


def test_a_kota_alone_is_kept_without_candidates(read: Read) -> None:
    found = place(read, "macet parah di jaksel")
    assert (found["kota"], found["kecamatan"], found["candidates"]) == ("Jakarta Selatan", None, [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "pohon tumbang di jl tebet barat 9 rt 03/05 kel tebet barat",
            "jl tebet barat 9 rt 03/05 kel tebet barat",
        ),
        ("lampu mati dpn gg. Haji Ali, gelap bgt", "dpn gg. Haji Ali"),
        ("RT 04 RW 07 belum diangkut sampahnya", "RT 04 RW 07"),
        ("parkir liar di depan indomaret kalibata tiap malam", "depan indomaret kalibata"),
        ("ada lubang dekat stasiun cawang", "dekat stasiun cawang"),
        ("Jalan Cendana Raya berlubang", "Jalan Cendana Raya"),
    ],
)
def test_the_place_is_given_in_the_citizens_own_words(read: Read, text: str, words: str) -> None:
    assert place(read, text)["text"] == words


@pytest.mark.parametrize(
    "text",
    [
        "jalan rusak parah",
        "banyak parkir di pinggir jalan",
        "motor lawan arah",
        "kata perda no 3 itu dilarang",
        "mohon ditindaklanjuti",
        "🙏",
        "",
    ],  # noqa: E501
)
def test_words_that_fit_everywhere_are_no_place(read: Read, text: str) -> None:
    assert read(text).get(LOCATION) is None


def test_classifiers_do_not_see_names_of_areas_and_addresses(read: Read) -> None:
    seen = text_to_classify(read("sampah di jembatan besi, jl taman melati no 3"))
    assert seen == "sampah di namawilayah namaalamat"


def test_official_names_used_in_places_exist() -> None:
    places = vocabulary("places")
    named = {
        *places["kelurahan_aliases"],
        *sum(places["families"].values(), []),
        *sum(places["spots"].values(), []),
    }
    assert named <= set(NAMES.values())
    assert set(places["kecamatan_aliases"]) <= {row["kecamatan"] for row in area_rows()}
    assert set(places["kota_aliases"]) == {row["kota"] for row in area_rows()}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pohon tumbang nutup jalan pejaten", "jalan pejaten"),
        ("jalan tebet berlubang", "jalan tebet"),
        ("gang mawar rt 3 rw 5 kel pondok bambu", "gang mawar rt 3 rw 5 kel pondok bambu"),
    ],
)
def test_a_street_keeps_its_name_in_the_place(read: Read, text: str, said: str) -> None:
    assert place(read, text)["text"] == said


def test_a_street_named_after_an_area_still_settles_nothing(read: Read) -> None:
    found = place(read, "pohon tumbang nutup jalan pejaten")
    assert (found["kelurahan_code"], found["candidates"]) == (None, [])
