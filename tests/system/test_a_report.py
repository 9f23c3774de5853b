"""From the chat window to the row in the database and back, through all processes."""

import sqlite3
from pathlib import Path

from crm.bootstrap import Crm
from tests.system.citizen import Citizen, file_privately, reach_confirmation
from tests.system.kept import files_holding, is_forgotten
from tests.system.running import System

CANARY = "kanari kuning hinggap"


def test_a_report_is_filed_moved_by_an_officer_and_looked_up(
    citizen: Citizen, system: System, crm: Crm
) -> None:
    number = file_privately(citizen)
    assert str(crm.list_complaints(citizen.conversation_id).items[0].report_number) == number
    system.officer("move", number, "proses", "--note", "Tim berangkat siang ini")
    citizen.gets("news_proses")
    citizen.sees("Tim berangkat siang ini")
    citizen.says("status laporan saya")
    citizen.gets("status_one")
    citizen.sees(number)


def test_an_anonymous_report_leaves_nothing_that_joins_it_to_its_conversation(
    citizen: Citizen, system: System, tmp_path: Path
) -> None:
    conversation = citizen.conversation_id
    number, code = file_anonymously(citizen, tmp_path)
    assert code in citizen.text and citizen.answers[-1]["secret"]
    for words in (number, CANARY, code):
        is_forgotten(system, words)
    assert files_holding(system, code) == []
    assert not set(files_holding(system, conversation)) & set(files_holding(system, number))
    assert {Path(place).name.split(".")[0] for place in files_holding(system, conversation)} <= {"gateway"}
    citizen.says(f"cek {number} {code}")
    citizen.gets("status_one")
    is_forgotten(system, number)


def file_anonymously(citizen: Citizen, folder: Path) -> tuple[str, str]:
    words = f"lampu jalan mati sudah seminggu, {CANARY} di tiang"
    reach_confirmation(citizen, words, "Anonim", folder)
    citizen.taps("Kirim")
    citizen.gets("filed_anonim")
    return citizen.report_number, citizen.secret_code


def test_with_the_store_away_nothing_is_claimed_and_sending_works_later(
    citizen: Citizen, system: System, crm: Crm
) -> None:
    reach_confirmation(citizen)
    with sqlite3.connect(system.var / "crm.db", isolation_level=None) as occupied:
        occupied.execute("BEGIN EXCLUSIVE")
        citizen.taps("Kirim")
        citizen.gets("not_filed")
        citizen.is_asked_for("confirmation")
        occupied.execute("ROLLBACK")
    occupied.close()
    citizen.taps("Kirim")
    citizen.gets("filed_privat")
    assert crm.list_complaints(citizen.conversation_id).total == 1
