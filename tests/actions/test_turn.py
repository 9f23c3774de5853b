"""What the citizen has just said, as parse data becomes a turn."""

from actions.turn import CategoryGuess, Position, read_turn

TYPED = {
    "text": " lampu mati di Tebet Timur, rahasiakan ",
    "intent": {"name": "file_complaint", "confidence": 0.9},
    "entities": [],
    "understanding": {
        "categories": [{"code": "pju", "score": 0.9}, {"code": "utilitas", "score": 0.05}],
        "location": {
            "text": "Tebet Timur",
            "kelurahan_code": "31.74.01.1001",
            "kecamatan": "Tebet",
            "kota": "Jakarta Selatan",
            "candidates": [],
            "outside": None,
        },
        "privacy": "privat",
        "danger": None,
        "report_number": None,
        "secret_code": None,
        "has_problem": True,
        "language": "id",
    },
}


def test_typed_words_come_with_what_was_understood():
    turn = read_turn(TYPED)
    assert turn.typed and turn.text == "lampu mati di Tebet Timur, rahasiakan"
    assert turn.categories[0] == CategoryGuess("pju", 0.9)
    assert turn.location and turn.location.kelurahan_code == "31.74.01.1001"
    assert turn.location.names_an_area
    assert (turn.privacy, turn.has_problem) == ("privat", True)


def test_a_tapped_button_brings_its_entities_and_no_words():
    turn = read_turn(
        {
            "text": "Privat",
            "intent": {"name": "choose_privacy"},
            "entities": [{"entity": "privacy", "value": "privat"}],
        }
    )
    assert not turn.typed
    assert turn.privacy == "privat"


def test_a_pin_is_a_position():
    pin = {"entity": "position", "value": {"lat": -6.2, "lon": 106.8}}
    turn = read_turn({"text": "[lokasi]", "intent": {"name": "give_location"}, "entities": [pin]})
    assert turn.position == Position(-6.2, 106.8)
    assert turn.names_a_place


def test_a_message_without_an_intent_is_not_understood():
    assert read_turn({"text": "?", "intent": {"name": None}, "entities": []}).intent == "nlu_fallback"


def test_danger_is_a_problem_whatever_else_was_understood():
    turn = read_turn(
        {"text": "kebakaran", "intent": {"name": "report_danger"}, "understanding": {"danger": "sure"}}
    )
    assert turn.has_problem


def test_emoji_and_punctuation_are_no_words():
    assert read_turn({"text": "🙏 !! …", "understanding": {"danger": None}}).words == 0


def test_a_named_answer_is_read_from_typed_words_only():
    understood = {"understanding": {"has_problem": False}}
    assert read_turn({"text": "ganti lokasinya dong", **understood}).answer == "place"
    assert read_turn({"text": "ganti lokasi dan foto", **understood}).answer is None
    assert read_turn({"text": "Tempat"}).answer is None


OFFERED = [
    {"title": "Tebet Barat", "payload": '/give_location{"kelurahan_code": "31.74.01.1002"}'},
    {"title": "Tidak tahu", "payload": "/skip"},
]


def test_whoever_types_a_buttons_title_taps_it():
    typed = {"text": "tebet barat", "intent": {"name": "nlu_fallback"}, "understanding": {"danger": "sure"}}
    turn = read_turn(typed, OFFERED)
    assert (turn.intent, turn.kelurahan_code, turn.danger) == ("give_location", "31.74.01.1002", None)
    assert not turn.typed


def test_whoever_types_a_buttons_place_in_the_row_taps_it():
    assert read_turn({"text": "2", "intent": {"name": "nlu_fallback"}}, OFFERED).intent == "skip"
    assert read_turn({"text": "1", "intent": {"name": "nlu_fallback"}}, OFFERED[:1]).intent == "nlu_fallback"


def test_a_problem_seen_behind_a_short_answer_is_not_believed():
    understood = {"understanding": {"has_problem": True}}
    assert not read_turn({"text": "tidak usah", "intent": {"name": "deny"}, **understood}).has_problem
    assert not read_turn({"text": "halo", "intent": {"name": "greet"}, **understood}).has_problem
    assert read_turn({"text": "jalan rusak", "intent": {"name": "file_complaint"}, **understood}).has_problem
