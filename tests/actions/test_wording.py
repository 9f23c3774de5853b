"""Places and counts as citizens read them."""

import pytest

from actions.draft import Place
from actions.wording import (
    button,
    place_in_words,
    plain,
    shortened,
)

DOMAIN = {"responses": {"utter_label_shared_point": [{"text": "titik yang Anda bagikan"}]}}
TEBET_TIMUR = "31.74.01.1001"
OFFICIAL = "Kel. Tebet Timur, Kec. Tebet, Jakarta Selatan"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(text="depan SDN 01"), "depan SDN 01"),
        (Place(text="depan SDN 01", kelurahan_code=TEBET_TIMUR), f"depan SDN 01 ({OFFICIAL})"),
        (Place(text="di Tebet Timur", kelurahan_code=TEBET_TIMUR), OFFICIAL),
        (Place(kelurahan_code=TEBET_TIMUR), OFFICIAL),
        (Place(lat=-6.2, lon=106.8), "titik yang Anda bagikan"),
        (Place(lat=-6.2, lon=106.8, kelurahan_code=TEBET_TIMUR), f"titik yang Anda bagikan ({OFFICIAL})"),
    ],
)
def test_a_place_joins_the_citizens_words_with_the_official_names(place, words):
    assert place_in_words(place, DOMAIN) == words


def test_what_is_too_long_ends_in_an_ellipsis():
    assert shortened("abcdef", 4) == "abc…"
    assert shortened("abcd", 4) == "abcd"
    assert len(button("Kebayoran Lama Selatan", "/x")["title"]) == 20


def test_words_that_rasa_would_take_for_a_placeholder_stay_words():
    assert plain("baris 0[1]\nbaris 2") == "baris 0 [1] baris 2"
