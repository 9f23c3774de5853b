"""docs/adr/0004 in every table: nothing joins an anonymous report to its reporter, and of their acts only the hour."""

from datetime import datetime, timedelta

from sqlalchemy import inspect, text

from crm.bootstrap import Crm
from crm.domain.privacy import Privacy
from crm.domain.status import Status
from crm.store.engine import open_engine
from tests.crm.conftest import Clock, draft
from tests.crm.database import all_values
from tests.crm.officers import BIRO, DINAS, LURAH, finish, hand_on


def live(crm: Crm, clock: Clock) -> set[datetime]:
    """Let an anonymous reporter do everything there is; return the moments at which they did."""
    receipt = crm.file_complaint(draft(Privacy.ANONIM))
    number, code = receipt.report_number, receipt.secret_code
    acted = {clock.now}

    def next_act() -> None:
        clock.advance(minutes=7, seconds=13)
        acted.add(clock.now)

    def officers_turn() -> None:
        clock.advance(hours=1)

    officers_turn()
    question = crm.ask_reporter(number, LURAH, "Di mana?")
    next_act()
    crm.answer_question(question.question_id, "di gang", secret_code=code, reporter="percakapan-rahasia")
    next_act()
    crm.answer_question(question.question_id, "gang kedua", secret_code=code, reporter="percakapan-rahasia")
    next_act()
    crm.add_detail(number, "tiang ketiga", secret_code=code, photos=["c.jpg"])
    officers_turn()
    finish(crm, number)
    next_act()
    crm.still_open(number, "masih gelap", secret_code=code)
    officers_turn()
    crm.change_status(number, Status.PROSES, officer=LURAH)
    crm.change_status(number, Status.MENUNGGU_VALIDASI, officer=LURAH, note="ganti", photos=["d.jpg"])
    crm.change_status(number, Status.SELESAI, officer=BIRO)
    next_act()
    crm.confirm_done(number, secret_code=code, rating=5, reporter="percakapan-rahasia")
    part = crm.split(crm.file_complaint(draft(Privacy.ANONIM)).report_number, BIRO, "got", "pju")
    assert crm.read_complaint(part).privacy is Privacy.ANONIM
    other = crm.file_complaint(draft(Privacy.ANONIM))
    officers_turn()
    merged = crm.file_complaint(draft(Privacy.ANONIM)).report_number
    crm.change_status(merged, Status.DIGABUNG, officer=BIRO, into=other.report_number)
    hand_on(crm, other.report_number)
    crm.request_transfer(other.report_number, DINAS, "sda", "bukan kami")
    next_act()
    crm.withdraw(other.report_number, secret_code=other.secret_code)
    assert crm.read_complaint(merged).status is Status.KOORDINASI
    return acted


def test_no_table_holds_the_moment_or_the_conversation_of_an_anonymous_act(
    crm: Crm, clock: Clock, database_url: str
) -> None:
    acted = live(crm, clock)
    assert len(acted) == 7
    stored = all_values(database_url)
    assert "gang kedua" in stored and "masih gelap" in stored
    assert "percakapan-rahasia" not in stored
    moments = {written for moment in acted for written in (f"{moment:%H:%M:%S}",)}
    assert not [value for value in stored if any(moment in value for moment in moments)]


def test_no_news_are_kept_for_anonymous_reports(crm: Crm, clock: Clock, database_url: str) -> None:
    live(crm, clock)
    clock.advance(days=30)
    crm.escalate()
    crm.close_silent()
    engine = open_engine(database_url)
    with engine.connect() as connection:
        assert "news" in inspect(connection).get_table_names()
        assert connection.execute(text("SELECT count(*) FROM news")).scalar() == 0
    engine.dispose()


def test_what_is_kept_of_an_act_is_its_hour(crm: Crm, clock: Clock) -> None:
    receipt = crm.file_complaint(draft(Privacy.ANONIM))
    clock.advance(hours=2)
    view = crm.add_detail(receipt.report_number, "tiang ketiga", secret_code=receipt.secret_code)
    kept = view.additions[0].at
    assert timedelta(0) < clock.now - kept < timedelta(hours=1)
    assert (kept.minute, kept.second) == (0, 0)
