"""Danger first, questions in between, words nobody understands."""

import pytest

from actions.draft import Question
from tests.actions.intake.citizen import Citizen, place, problem, tapped, typed

FIRE = {
    "danger": "sure",
    "has_problem": True,
    "categories": [{"code": "kebakaran_penyelamatan", "score": 0.99}],
}


def test_danger_says_112_first_and_offers_to_file():
    citizen = Citizen().says(typed("rumah tetangga kebakaran", "report_danger", **FIRE))
    assert citizen.heard == ["utter_danger"]
    assert citizen.question is Question.DANGER
    assert citizen.draft.description == "rumah tetangga kebakaran"


def test_after_danger_yes_goes_on_and_no_drops_it():
    fire = typed("rumah tetangga kebakaran", "report_danger", **FIRE)
    assert Citizen().says(fire, typed("ya", "affirm")).question is Question.PLACE
    citizen = Citizen().says(fire, typed("tidak", "deny"))
    assert citizen.question is None
    assert citizen.heard == ["utter_left_after_danger"]


@pytest.mark.parametrize(
    "intent", ["affirm", "deny", "check_status", "thank", "give_location", "nlu_fallback"]
)
def test_danger_comes_first_whatever_the_classifier_said(intent):
    citizen = Citizen().ready_to_confirm().says(typed("tolong ada yang ditusuk", intent, danger="sure"))
    assert citizen.heard[0].startswith("utter_danger")
    assert citizen.draft.confirmation is None


def test_despair_is_not_answered_like_a_fire():
    citizen = Citizen().says(typed("saya mau mati saja", "report_danger", danger="sure"))
    assert citizen.heard == ["utter_danger_or_despair"]


def test_possible_danger_mentions_112_and_goes_on():
    citizen = Citizen().says(problem("pohon mau tumbang", danger="maybe"))
    assert citizen.heard[0] == "utter_danger_maybe"
    assert citizen.question is Question.PLACE


def test_possible_danger_inside_a_question_is_left_to_the_answer_which_mentions_112():
    citizen = Citizen().says(
        problem(), typed("ini bot ya? ada yang berantem", "bot_challenge", danger="maybe")
    )
    assert citizen.digressed
    assert citizen.question is Question.PLACE


@pytest.mark.parametrize(
    "intent",
    ["check_status", "ask_why", "ask_human", "bot_challenge", "ask_help", "thank", "insult", "greet"],
)
def test_a_question_in_between_is_left_to_its_rule(intent):
    citizen = Citizen().says(problem(), typed("…?", intent))
    assert citizen.digressed
    assert citizen.question is Question.PLACE


def test_thanks_around_an_answer_do_not_hide_it():
    citizen = Citizen().says(problem(), place("makasih, depan SDN 01", "thank"))
    assert not citizen.digressed
    assert citizen.draft.place


def test_not_understood_twice_offers_a_menu_and_goes_on_from_there():
    citizen = Citizen().says(problem(), typed("asdf", "nlu_fallback"))
    assert citizen.heard == ["utter_not_understood"]
    assert citizen.question is Question.PLACE
    citizen = Citizen().ready_to_confirm().says(typed("asdf", "nlu_fallback"), typed("qwer", "nlu_fallback"))
    assert citizen.question is Question.MENU
    assert citizen.says(tapped("affirm")).question is Question.CONFIRMATION


def test_being_understood_restores_patience():
    citizen = Citizen().ready_to_confirm().says(typed("asdf", "nlu_fallback"))
    citizen.says(typed("publik", "choose_privacy", privacy="publik"), typed("asdf", "nlu_fallback"))
    assert citizen.question is Question.CONFIRMATION


def test_emoji_alone_is_answered_as_emoji():
    assert Citizen().says(problem(), typed("🙏🙏", "nlu_fallback")).heard == ["utter_only_emoji"]


def test_yes_where_there_is_nothing_to_say_yes_to_is_not_understood():
    citizen = Citizen().says(problem(), typed("ya", "affirm"))
    assert citizen.heard == ["utter_not_understood"]
    assert citizen.question is Question.PLACE
