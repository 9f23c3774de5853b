"""domain.yml and the code name the same slots, questions, actions, responses, intents and entities."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa_sdk.executor import ActionExecutor

from actions import responses, slots
from actions.draft import Draft, Question
from actions.faq import topics
from actions.follow_up.begin import BEGINNINGS, NONE_FITS, WANTED_BY
from actions.follow_up.meant import IN_AN_INTAKE, OF_A_NUMBER, OUTSIDE
from actions.follow_up.own_reports import FITS
from actions.intake import decide, locate, place_words
from actions.intake.add_photo import ENOUGH, MOST_PHOTOS
from actions.intake.besides import ADDING, CORRECTING
from actions.intake.change import QUESTION_OF
from actions.intake.choose_privacy import CHOICES, NO_CHOICE
from actions.reference import category_labels
from actions.reply import REPLIES
from actions.take_follow_up import FORM as FOLLOW_UP_FORM
from actions.validate_complaint_form import FORM
from crm.domain.news import NewsKind
from crm.domain.status import Status

ROOT = Path(__file__).resolve().parents[2]
DOMAIN: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
SERVICE: dict[str, Any] = yaml.safe_load((ROOT / "data/reference/service.yml").read_text(encoding="utf-8"))
MESSAGES = [(name, message) for name, said in DOMAIN["responses"].items() for message in said]
BUTTONS = [(name, button) for name, message in MESSAGES for button in message.get("buttons", ())]

# WhatsApp's limits: the body of a message with buttons, and the title of a button.
LONGEST_TEXT = 1024
LONGEST_TITLE = 20

GATEWAY_SAYS = ("utter_gateway_", "utter_news_")

# What the SDK's utter_message and Rasa's messages use themselves.
RESERVED = {
    "text",
    "image",
    "json_message",
    "template",
    "response",
    "attachment",
    "buttons",
    "elements",
    "custom",
}


def rules() -> list[dict[str, Any]]:
    found = []
    for file in sorted((ROOT / "data/rules").glob("*.yml")):
        found += yaml.safe_load(file.read_text(encoding="utf-8"))["rules"]
    assert found
    return found


def steps(kind: str) -> set[str]:
    return {step[kind] for rule in rules() for step in rule["steps"] if kind in step}


def named_responses() -> set[str]:
    values = [value for name, value in vars(responses).items() if name.isupper()]
    return {name for value in values for name in (value.values() if isinstance(value, dict) else [value])}


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"(?<!\{)\{(\w+)\}", text))


def strings_in(folder: Path) -> Iterator[tuple[Path, str]]:
    for file in sorted(folder.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                yield file, node.value


def test_every_slot_is_named_in_code_and_every_named_slot_exists():
    named = {value for name, value in vars(slots).items() if name.isupper()} - {slots.REQUESTED_SLOT}
    assert named == set(DOMAIN["slots"])


def test_the_draft_is_kept_in_slots():
    assert {field.name for field in fields(Draft)} <= set(DOMAIN["slots"])


def test_no_slot_steers_a_rule_or_fills_itself():
    for name, slot in DOMAIN["slots"].items():
        assert slot["influence_conversation"] is False, name
        assert slot["mappings"] == [{"type": "custom"}], name


def test_every_action_exists_in_code_and_every_coded_action_is_known():
    executor = ActionExecutor()
    executor.register_package("actions")
    coded = {name for name, run in executor.actions.items() if run.__self__.__module__.startswith("actions.")}
    assert coded == set(DOMAIN["actions"])


def test_every_action_is_called_by_a_rule_or_by_the_form():
    called_by_form = {f"action_ask_{FORM}_{question.value}" for question in Question} | {f"validate_{FORM}"}
    called_by_form |= {f"action_ask_{FOLLOW_UP_FORM}_{slots.FOLLOW_UP}", f"validate_{FOLLOW_UP_FORM}"}
    assert set(DOMAIN["actions"]) <= steps("action") | called_by_form


@pytest.mark.parametrize("question", Question)
def test_every_question_can_be_asked(question):
    names = {f"action_ask_{FORM}_{question.value}", f"utter_ask_{FORM}_{question.value}"}
    assert len(names & (set(DOMAIN["actions"]) | set(DOMAIN["responses"]))) == 1


def test_the_form_requires_only_questions():
    assert set(DOMAIN["forms"][FORM]["required_slots"]) <= {question.value for question in Question}


def test_every_response_is_said_by_somebody_and_every_said_response_exists():
    asked_by_form = {f"utter_ask_{FORM}_{question.value}" for question in Question}
    by_gateway = {name for name in DOMAIN["responses"] if name.startswith(GATEWAY_SAYS)}
    said = named_responses() | (asked_by_form & set(DOMAIN["responses"])) | by_gateway
    assert said == set(DOMAIN["responses"])


def test_every_named_response_is_used_by_the_code():
    code = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "actions").rglob("*.py"))
    unused = [name for name in vars(responses) if name.isupper() and f"responses.{name}" not in code]
    assert not unused


def test_every_intent_is_answered_outside_an_intake():
    answered = {
        step["intent"]
        for rule in rules()
        if rule.get("condition") in (None, [{"active_loop": None}])
        for step in rule["steps"]
        if "intent" in step
    }
    assert answered == set(DOMAIN["intents"])


def test_intents_that_code_tells_apart_exist():
    groups = (
        decide.DIGRESSIONS,
        decide.REMARKS,
        decide.UNCLEAR,
        locate.FREE_WORDS,
        locate.UNCLEAR,
        locate.NO,
        ENOUGH,
        ADDING,
        CORRECTING,
        NO_CHOICE,
        place_words.FREE,
        locate.CORRECTING,
    )
    assert frozenset().union(*groups) <= set(DOMAIN["intents"])


@pytest.mark.parametrize("intent", sorted(decide.DIGRESSIONS | decide.REMARKS))
def test_every_digression_has_a_rule_that_also_holds_in_an_intake(intent):
    unconditional = [
        rule for rule in rules() if "condition" not in rule and {"intent": intent} in rule["steps"]
    ]
    assert len(unconditional) == 1


@pytest.mark.parametrize(("name", "button"), BUTTONS)
def test_a_button_of_the_domain_names_an_intent_and_entities_that_exist(name, button):
    parts = re.fullmatch(r"/(\w+)(?:\{(\{.*\})\})?", button["payload"])
    assert parts, "braces are doubled, as Rasa fills placeholders in payloads as well"
    assert parts[1] in DOMAIN["intents"]
    assert set(json.loads(parts[2] or "{}")) <= set(DOMAIN["entities"])
    assert len(button["title"]) <= LONGEST_TITLE


def test_buttons_made_in_code_name_intents_and_entities_that_exist():
    payloads = [text for _, text in strings_in(ROOT / "actions") if re.match(r"/\w", text)]
    assert payloads
    for payload in payloads:
        intent, entities = re.match(r"/(\w+)(.*)", payload).groups()
        assert intent in DOMAIN["intents"]
        assert set(re.findall(r'"(\w+)":', entities)) <= set(DOMAIN["entities"])


@pytest.mark.parametrize(("name", "message"), MESSAGES)
def test_a_text_fits_every_channel(name, message):
    assert 0 < len(message["text"]) <= LONGEST_TEXT
    assert message["text"] == message["text"].strip()


@pytest.mark.parametrize(("name", "message"), MESSAGES)
def test_a_placeholder_is_never_filled_by_accident(name, message):
    assert not placeholders(message["text"]) & (set(DOMAIN["slots"]) | RESERVED)


@pytest.mark.parametrize(("name", "message"), MESSAGES)
def test_a_number_to_call_is_one_of_the_reference_data(name, message):
    contacts = [entry["number"] for entry in SERVICE["emergency"]]
    contacts += [entry["contact"] or "" for entry in SERVICE["channels"]]
    called = re.findall(r"(?<![\w/])\d[\d-]{2,}(?!\w)", message["text"])
    assert set(called) <= set(contacts)


def test_service_targets_in_texts_are_those_of_the_reference_data():
    for name in ("utter_service_info", "utter_faq_how_long"):
        info = DOMAIN["responses"][name][0]["text"]
        assert f"{SERVICE['targets']['respond_hours']} jam" in info
        assert f"{SERVICE['targets']['finish_days']} hari" in info
    assert f"{SERVICE['targets']['respond_hours']} jam" in DOMAIN["responses"]["utter_faq_hours"][0]["text"]
    assert f"{MOST_PHOTOS} foto" in DOMAIN["responses"]["utter_faq_media"][0]["text"]


def test_every_topic_of_the_service_has_its_answer():
    assert list(responses.FAQ) == list(topics())


def test_no_rule_utters_by_itself_as_danger_would_pass_unheard():
    assert not [name for name in steps("action") if name.startswith("utter_")]


def test_every_reply_belongs_to_a_rule_that_replies():
    replied = {
        step["intent"]
        for rule in rules()
        if {"action": "action_reply"} in rule["steps"]
        for step in rule["steps"]
        if "intent" in step
    }
    assert replied == set(REPLIES)


def test_labels_of_categories_fit_a_button():
    assert all(len(label) <= LONGEST_TITLE for label in category_labels().values())


def test_every_privacy_choice_has_its_label_and_button():
    offered = {
        json.loads(button["payload"].removeprefix("/choose_privacy")[1:-1])["privacy"]
        for name, button in BUTTONS
        if name == responses.ASK_PRIVACY
    }
    assert offered == set(CHOICES) == set(responses.LABEL_PRIVACY)


def test_every_answer_can_be_changed_by_button_and_by_name():
    offered = {
        json.loads(button["payload"].removeprefix("/change_answer")[1:-1])["answer"]
        for name, button in BUTTONS
        if name == f"utter_ask_{FORM}_change" and "{" in button["payload"]
    }
    words = yaml.safe_load((ROOT / "data/reference/answer_words.yml").read_text(encoding="utf-8"))
    assert offered == set(QUESTION_OF) == set(words["answers"])


def test_words_for_citizens_are_in_the_domain_not_in_code():
    indonesian = re.compile(
        r"\b(anda|saya|yang|tidak|belum|sudah|silakan|maaf|laporan|untuk|dengan|mana|tempat)\b", re.I
    )
    found = [(file.name, text) for file, text in strings_in(ROOT / "actions") if indonesian.search(text)]
    assert not found


def test_every_status_and_every_other_kind_of_news_has_its_words():
    told = {name for name in DOMAIN["responses"] if name.startswith("utter_news_")}
    kinds = set(NewsKind) - {NewsKind.STATUS}
    assert told == {f"utter_news_{name.lower()}" for name in (*(status.name for status in Status), *kinds)}


def test_the_follow_up_form_asks_for_what_waits_in_its_slot():
    assert DOMAIN["forms"][FOLLOW_UP_FORM]["required_slots"] == [slots.FOLLOW_UP]


def test_what_is_done_with_filed_reports_names_intents_that_exist():
    assert set(BEGINNINGS) == set(FITS) == set(NONE_FITS)
    wishes = {wish for wish, _ in OUTSIDE.values()}
    assert {*BEGINNINGS, *IN_AN_INTAKE, *IN_AN_INTAKE.values(), *OUTSIDE, *wishes} <= set(DOMAIN["intents"])
    assert set(BEGINNINGS) <= decide.DIGRESSIONS


def test_words_that_may_mean_a_filed_report_are_in_the_vocabulary():
    words = yaml.safe_load((ROOT / "data/reference/answer_words.yml").read_text(encoding="utf-8"))
    groups = (
        {group for _, group in OUTSIDE.values()}
        | set(OF_A_NUMBER.values())
        | {group for group, _ in WANTED_BY}
    )
    assert groups <= set(words)
