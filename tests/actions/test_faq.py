"""A question about the service finds its topic by its words."""

import pytest

from actions.faq import topic_of


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("bayar ga?", "cost"),
        ("berapa lama prosesnya", "how_long"),
        ("kapan selesainya?", "how_long"),
        ("bisa lapor apa aja", "topics"),
        ("yang ngerjain siapa nantinya", "who"),
        ("data saya aman ga", "data"),
        ("buka jam berapa", "hours"),
        ("apa itu CRM", "about"),
        ("nomor damkar berapa", "emergency"),
        ("bisa tarik laporan yang udah masuk?", "change_sent"),
        ("kalau masalahnya di bekasi bisa ga lapor sini", "area"),
        ("harus daftar akun dulu?", "account"),
        ("lapor lewat email bisa?", "channels"),
        ("TL ditolak itu maksudnya apa", "status_words"),
    ],
)
def test_a_question_finds_its_topic(question, topic):
    assert topic_of(question) == topic


@pytest.mark.parametrize("text", ["", "halo", "aduan"])
def test_without_any_of_the_words_there_is_no_topic(text):
    assert topic_of(text) is None
