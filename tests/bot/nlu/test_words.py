"""The normaliser's words: every kind of spelling looked behind, nothing of the original touched."""

import pytest

from bot.nlu.reference import area_rows, vocabulary
from bot.nlu.spelling import Spelling, domain_words
from bot.nlu.words import Speller


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(vocabulary("slang"), Spelling(vocabulary("words")))


@pytest.mark.parametrize(
    ("typed", "standard"),
    [
        ("yg", "yang"),
        ("dgn", "dengan"),
        ("jln", "jalan"),
        ("jl", "jalan"),
        ("gmn", "bagaimana"),
        ("pegimane", "bagaimana"),
        ("krn", "karena"),
        ("tdk", "tidak"),
        ("gak", "tidak"),
        ("kagak", "tidak"),
        ("blm", "belum"),
        ("belom", "belum"),
        ("udah", "sudah"),
        ("sdh", "sudah"),
        ("bgt", "banget"),
        ("tlg", "tolong"),
        ("mhn", "mohon"),
        ("gue", "saya"),
        ("tl", "tindak lanjut"),
        ("ditindaklanjuti", "ditindak lanjut"),
        ("kel", "kelurahan"),
        ("kec", "kecamatan"),
        ("dpn", "depan"),
        ("didepan", "di depan"),
        ("berlobang", "berlubang"),
        ("mampet", "tersumbat"),
        ("jalan2", "jalan-jalan"),
        ("asal2an", "asal-asalan"),
        ("berulang2", "berulang-ulang"),
        ("bnyk2", "banyak-banyak"),
        ("parahhhh", "parah"),
        ("bangeeet", "banget"),
        ("macett", "macet"),
        ("tolooong", "tolong"),
        ("tidka", "tidak"),
        ("sudha", "sudah"),
        ("jalna", "jalan"),
        ("ditertibakn", "ditertibkan"),
        ("smapah", "sampah"),
        ("maaf", "maaf"),
        ("berlubang", "berlubang"),
        ("taman", "taman"),
        ("2023", "2023"),
    ],
)
def test_the_standard_word_stands_behind_a_typed_one(speller: Speller, typed: str, standard: str) -> None:
    assert speller.standard(typed) == standard


def test_html_entities_are_one_sign_and_no_word(speller: Speller) -> None:
    assert speller.read("becek &amp; gelap").standard == "becek gelap"


def test_letters_and_digits_written_together_are_two_words(speller: Speller) -> None:
    assert [word.typed for word in speller.read("RT03/RW05")] == ["rt", "03", "/", "rw", "05"]


def test_a_word_said_twice_stays_one(speller: Speller) -> None:
    assert [word.typed for word in speller.read("asal-asalan, Cakung-Cilincing")] == [
        "asal-asalan", ",", "cakung", "-", "cilincing",
    ]  # fmt: skip


def test_every_word_knows_its_place_in_the_untouched_original(speller: Speller) -> None:
    text = "Jln rusakkk &amp; bolong2 dpn  RSUD…"
    words = speller.read(text)
    assert words.original == text
    assert [text[word.start : word.end] for word in words] == [
        "Jln", "rusakkk", "&amp;", "bolong2", "dpn", "RSUD", "…",
    ]  # fmt: skip


def test_a_span_of_words_is_given_as_the_citizen_typed_it(speller: Speller) -> None:
    assert speller.read("lampu mati dpn  Gg. Haji Ali").span(2, 5) == "dpn  Gg."


def test_stand_ins_replace_spans_and_the_longest_of_those_that_overlap(speller: Speller) -> None:
    words = speller.read("lampu mati di tebet barat, gelap")
    assert words.standard_with({(3, 4): "x", (3, 5): "y"}) == "lampu mati di y gelap"


@pytest.mark.parametrize("text", ["", "   ", "🙏🙏", "...", "&", "2", "_"])
def test_a_text_without_words_is_read_as_well(speller: Speller, text: str) -> None:
    assert speller.read(text).original == text


def test_no_slang_entry_leads_to_itself_and_all_keys_are_written_as_they_are_looked_up() -> None:
    groups = vocabulary("slang")
    assert sum(map(len, groups.values())) > 400
    for group in groups.values():
        for typed, standard in group.items():
            assert typed == typed.lower() and typed != standard


@pytest.mark.parametrize(
    ("text", "standard"),
    [
        ("tolong di tebang", "tolong ditebang"),
        ("sudah di tindak lanjuti", "sudah ditindak lanjuti"),
        ("mohon di Angkut segera", "mohon diangkut segera"),
        ("di pagar rumah", "di pagar rumah"),
        ("di tebet timur", "di tebet timur"),
        ("ada di situ", "ada di situ"),
    ],
)
def test_a_split_passive_is_one_word_and_a_place_stays_a_place(
    speller: Speller, text: str, standard: str
) -> None:
    assert speller.read(text).standard == standard


def test_no_name_of_an_area_is_taken_for_a_misspelt_word(speller: Speller) -> None:
    names = {word for row in area_rows() for word in f"{row['name']} {row['kecamatan']}".lower().split()}
    spelling = Spelling(vocabulary("words"))
    assert {name for name in names if spelling.swapped_back(name)} == set()


def test_the_words_of_the_domain_are_those_often_written() -> None:
    found = domain_words(["ditebang di pagar", "ditebang", "dipagar di pagar di pagar"] * 5)
    assert found == {"known": ["dipagar", "ditebang", "pagar"], "passives": ["ditebang"]}
