"""The gateway's sentences come from domain.yml, and a missing one is noticed at the start."""

from pathlib import Path

import pytest

from gateway import texts
from gateway.texts import Texts, TextsMissing
from tests.gateway.conftest import DOMAIN, NEWS_STATUSES


@pytest.fixture
def domain(tmp_path: Path) -> Path:
    path = tmp_path / "domain.yml"
    path.write_text(DOMAIN, encoding="utf-8")
    return path


def test_placeholders_are_filled_and_empty_ones_leave_no_trace(domain: Path) -> None:
    sentences = Texts.load(domain, NEWS_STATUSES)
    assert sentences.say("utter_news_selesai", report_number="JK1", note="") == "JK1 selesai."
    assert sentences.say(texts.FAILED) == "gagal"


def test_what_an_officer_wrote_is_not_taken_for_a_placeholder(domain: Path) -> None:
    sentences = Texts.load(domain, NEWS_STATUSES)
    assert sentences.say("utter_news_selesai", report_number="JK1", note="{unit}") == "JK1 selesai. {unit}"


def test_missing_sentences_are_named(domain: Path) -> None:
    domain.write_text(DOMAIN.replace("utter_gateway_failed", "utter_x"), encoding="utf-8")
    with pytest.raises(TextsMissing, match=r"utter_gateway_failed, utter_news_koordinasi"):
        Texts.load(domain, [*NEWS_STATUSES, "KOORDINASI"])


def test_a_missing_domain_is_named(tmp_path: Path) -> None:
    with pytest.raises(TextsMissing, match="domain.yml"):
        Texts.load(tmp_path / "domain.yml", NEWS_STATUSES)
