"""The demo month: plausible reports through the real services, the same again for the same seed."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from crm.bootstrap import open_crm
from crm.domain.figures import Period
from crm.domain.worklist import WorklistFilter
from crm.settings import REFERENCE, Settings
from crm.store.reference import read_reference
from demos.month.__main__ import fill
from demos.month.scenario import WORDS, Scenario

SIZE = 60


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    var = tmp_path_factory.mktemp("demo")
    fill(var, f"sqlite:///{var / 'crm.db'}", SIZE, Console(quiet=True))
    return var


def column(filled: Path, query: str) -> list[str]:
    with sqlite3.connect(filled / "crm.db") as store:
        return [row[0] for row in store.execute(query)]


def test_all_reports_are_filed_within_the_month(filled: Path) -> None:
    assert column(filled, "SELECT count(*) FROM complaint") == [SIZE]
    assert column(filled, "SELECT julianday('now') - min(julianday(filed_at)) < 31 FROM complaint") == [1]
    assert column(filled, "SELECT max(at) <= strftime('%Y-%m-%d %H:%M:%f', 'now') FROM status_change") == [1]


def test_lives_end_in_different_ways_and_nobody_is_left_to_be_told(filled: Path) -> None:
    statuses = set(column(filled, "SELECT DISTINCT status FROM complaint"))
    assert "Selesai" in statuses and len(statuses) >= 4
    assert column(filled, "SELECT count(*) FROM news") == [0]


def test_officers_can_look_at_it_and_the_figures_are_counted(filled: Path) -> None:
    crm = open_crm(Settings(database_url=f"sqlite:///{filled / 'crm.db'}", var=filled))
    officers = {one.username: one for one in crm.list_officers(by=None)}
    assert len(crm.worklist(officers["supervisor"], WorklistFilter()).items) == 50
    figures = crm.figures(Period(datetime.now(UTC).year)).figures
    assert figures and figures["received"]
    crm.close()


def test_proofs_are_photos_that_are_there(filled: Path) -> None:
    kept = {file.name for file in (filled / "media").rglob("*.jpg")}
    proofs = set(column(filled, "SELECT name FROM change_photo"))
    assert proofs and proofs <= kept


def test_the_same_seed_invents_the_same_month() -> None:
    reference = read_reference(REFERENCE)
    until = datetime(2026, 11, 25, tzinfo=UTC)
    first, second = Scenario(reference, 7), Scenario(reference, 7)
    assert first.filing_times(20, until, 30) == second.filing_times(20, until, 30)
    assert list(first.drafts(50)) == list(second.drafts(50)) != list(Scenario(reference, 8).drafts(50))


def test_every_category_has_its_words_and_every_draft_is_complete() -> None:
    reference = read_reference(REFERENCE)
    scenario = Scenario(reference, 1)
    assert set(scenario.words["complaints"]) == set(reference.categories), WORDS
    for draft in scenario.drafts(500):
        assert draft.problems() == () and "{" not in draft.description
