"""The message after a question about a filed report: an answer, a way out, or something that goes first."""

import pytest

from actions.follow_up.hear import hear, rating_in, words_said
from actions.follow_up.outcome import Ask, Outcome, Pending, read_pending, slot_value
from tests.actions.intake.citizen import MENTENG_DALAM, problem, tapped, typed

NUMBER = "JK2611240001"
ALL = list(Ask)
WORDS = [Ask.STILL_OPEN, Ask.ANSWER, Ask.DETAIL]


def pending(ask: Ask) -> Pending:
    return Pending(ask, NUMBER, question_id=7, question="Di mana?")


def responses_of(outcome: Outcome | None) -> list[str]:
    assert outcome is not None
    return [line.response for line in outcome.lines]


@pytest.mark.parametrize("ask", ALL)
def test_danger_goes_first_and_keeps_what_was_asked(ask: Ask) -> None:
    outcome = hear(pending(ask), typed("kebakaran!", "report_danger", danger="sure"), "siti")
    assert outcome == Outcome(pending=pending(ask), goes_to_intake=True)


@pytest.mark.parametrize("ask", WORDS)
@pytest.mark.parametrize("words", ["batal", "nggak jadi deh"])
def test_who_cancels_is_let_go(ask: Ask, words: str) -> None:
    outcome = hear(pending(ask), typed(words, "cancel"), "siti")
    assert responses_of(outcome) == ["utter_follow_up_left"] and outcome and outcome.pending is None


@pytest.mark.parametrize("ask", ALL)
def test_a_day_of_silence_ends_it_without_a_word(ask: Ask) -> None:
    assert hear(pending(ask), tapped("draft_expired"), "siti") == Outcome()


@pytest.mark.parametrize("ask", [Ask.RATING, Ask.COMMENT, Ask.WITHDRAWAL])
def test_a_new_problem_belongs_to_an_intake_where_no_words_are_needed(ask: Ask) -> None:
    assert hear(pending(ask), problem(), "siti") == Outcome(goes_to_intake=True)


@pytest.mark.parametrize("ask", ALL)
def test_a_button_for_a_new_report_goes_there(ask: Ask) -> None:
    assert hear(pending(ask), tapped("file_complaint"), "siti") == Outcome(goes_to_intake=True)


@pytest.mark.parametrize("ask", WORDS)
def test_short_questions_and_remarks_are_answered_first(ask: Ask) -> None:
    assert hear(pending(ask), typed("ini bot ya?", "bot_challenge"), "siti") is None
    assert hear(pending(ask), typed("makasih", "thank"), "siti") is None


@pytest.mark.parametrize("ask", WORDS)
def test_what_says_nothing_is_asked_again(ask: Ask) -> None:
    outcome = hear(pending(ask), tapped("skip"), "siti")
    assert outcome == Outcome(pending=pending(ask))


def test_a_photo_without_words_is_kept_until_they_come() -> None:
    outcome = hear(pending(Ask.STILL_OPEN), tapped("send_photo", photo="a.jpg"), "siti")
    assert outcome and outcome.pending and outcome.pending.photos == ("a.jpg",)


@pytest.mark.parametrize(
    ("words", "intent"), [("jangan", "deny"), ("nggak jadi", "cancel"), ("tetap lanjut aja", "nlu_fallback")]
)
def test_withdrawal_needs_a_clear_yes(words: str, intent: str) -> None:
    assert responses_of(hear(pending(Ask.WITHDRAWAL), typed(words, intent), "siti")) == [
        "utter_follow_up_left"
    ]


def test_withdrawal_is_asked_again_when_the_answer_is_unclear() -> None:
    outcome = hear(pending(Ask.WITHDRAWAL), typed("hmm gimana dong", "nlu_fallback"), "siti")
    assert outcome and outcome.pending == pending(Ask.WITHDRAWAL)


@pytest.mark.parametrize(
    ("words", "rating"),
    [("5", 5), ("bintang 4", 4), ("4/5", 4), ("tiga", 3), ("nilai dua aja", 2), ("6", None), ("15", None)],
)
def test_ratings_in_words(words: str, rating: int | None) -> None:
    assert rating_in(words) == rating


def test_a_number_within_a_sentence_is_no_rating() -> None:
    assert rating_in("petugasnya datang 3 orang dan semuanya ramah") is None


def test_a_shared_point_or_a_picked_area_is_an_answer() -> None:
    assert words_said(tapped("give_location", position={"lat": -6.2, "lon": 106.8})) == "-6.20000, 106.80000"
    assert words_said(tapped("give_location", kelurahan_code=MENTENG_DALAM)) == "Menteng Dalam"
    assert words_said(tapped("send_photo", photo="a.jpg")) == ""


@pytest.mark.parametrize("ask", ALL)
def test_what_waits_survives_its_slot(ask: Ask) -> None:
    assert read_pending(slot_value(pending(ask))) == pending(ask)
    assert read_pending(slot_value(None)) is None
