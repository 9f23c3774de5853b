"""An assurance that nobody is in danger is one only when no word says more."""

import pytest

from actions.no_danger import denies_danger


@pytest.mark.parametrize(
    "text",
    [
        "ga ada yg bahaya sih",
        "ga ada orang luka",
        "aman",
        "aman kok, ga ada korban",
        "gak ada yang terluka",
        "tidak ada yang dalam bahaya",
        "engga ada yang kejebak",
        "alhamdulillah tidak ada korban jiwa",
        "semua selamat",
        "belum ada korban",
    ],
)
def test_an_assurance_is_known(text):
    assert denies_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "🙏",
        "ada yang luka",
        "ga aman",
        "ga ada yang selamat",
        "tidak selamat",
        "ga meninggal, luka parah",
        "ga tewas luka",
        "aman, ada yang jatuh",
        "ga ada yang nolong",
        "ga ada orang luka tapi ada yang kejebak",
        "korban luka",
        "ga ada",
        "engga",
    ],
)
def test_one_word_more_is_no_assurance(text):
    assert not denies_danger(text)
