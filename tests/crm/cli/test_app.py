"""The command line as officers use it: typed words in, plain words and an exit code out."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crm.bootstrap import Crm, open_crm
from crm.domain.privacy import Privacy
from crm.domain.status import Role, Status
from crm.settings import Settings
from tests.crm.conftest import Clock, draft
from tests.crm.officers import finish


@pytest.fixture
def crm(tmp_path: Path, clock: Clock) -> Crm:
    return open_crm(Settings(database_url=f"sqlite:///{tmp_path}/crm.db", var=tmp_path), clock=clock)


def run(tmp_path: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"ADUAN_VAR": str(tmp_path), "COLUMNS": "200", "NO_COLOR": "1"} | settings
    environment |= {"DATABASE_URL": settings.get("DATABASE_URL", f"sqlite:///{tmp_path}/crm.db")}
    command = [sys.executable, "-m", "crm", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120)


def test_list_shows_reports_with_the_time_in_jakarta(crm: Crm, tmp_path: Path) -> None:
    crm.file_complaint(draft())
    crm.file_complaint(draft(category_code="sampah"))
    told = run(tmp_path, "list", "--kategori", "pju")
    assert told.returncode == 0, told.stderr
    assert "JK2611240001" in told.stdout
    assert "24-11-2026 10.17 WIB" in told.stdout
    assert "JK2611240002" not in told.stdout


def test_show_tells_the_story_and_never_the_reporter(crm: Crm, tmp_path: Path) -> None:
    crm.file_complaint(draft(reporter="percakapan-rahasia", description="mati \x1b[31m [bold]total[/bold]"))
    told = run(tmp_path, "show", "jk2611240001")
    assert "Riwayat" in told.stdout
    assert "[bold]total[/bold]" in told.stdout
    assert "\x1b[31m" not in told.stdout
    assert "percakapan-rahasia" not in told.stdout


def test_move_changes_the_status_and_makes_news(crm: Crm, tmp_path: Path) -> None:
    number = crm.file_complaint(draft()).report_number
    told = run(tmp_path, "move", str(number), "koordinasi", "--unit", "sda", "--note", "ke Dinas SDA")
    assert told.stdout.strip() == f"Laporan {number} sekarang: Koordinasi"
    assert crm.read_complaint(number).status is Status.KOORDINASI
    assert [news.note for news in crm.pending_news(5)] == ["ke Dinas SDA"]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("move", "JK2611240001", "Selesai"), "Yang mungkin"),
        (("move", "JK2611240001", "Ditolak"), "alasan penolakan, catatan"),
        (("move", "JK2611240001", "Digabung", "--ke", "JK2611240009"), "Tidak ada laporan"),
        (("move", "JK2611240001", "Digabung", "--ke", "JK2611240001"), "dirinya sendiri"),
        (("transfer", "ask", "JK2611240001", "sda", "--alasan", "bukan kami"), "tidak bisa dipindahkan"),
        (("transfer", "approve", "7"), "Tidak ada laporan"),
        (("officer", "stop", "siapa"), "Tidak ada akun"),
        (("officer", "add", "budi", "--nama", "Budi", "--peran", "sudin"), "perlu unit"),
        (("move", "JK2611240001", "Dibatalkan"), "pelapor"),
        (("move", "JK2611240009", "Proses"), "Tidak ada laporan"),
        (("show", "apa saja"), "Tidak ada laporan"),
        (("list", "--unit", "nasa"), "tidak dikenal"),
        (("areas", "load", "/tidak/ada.geojson"), "tidak bisa dibaca"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(
    crm: Crm, tmp_path: Path, arguments: tuple[str, ...], word: str
) -> None:
    crm.file_complaint(draft())
    told = run(tmp_path, *arguments)
    assert told.returncode in (1, 2)
    assert word in told.stderr
    assert "Traceback" not in told.stderr


def test_a_store_that_is_away_is_told_in_a_sentence(tmp_path: Path) -> None:
    told = run(tmp_path, "list", DATABASE_URL="sqlite:////proc/no-such-folder/crm.db")
    assert (told.returncode, told.stdout) == (1, "")
    assert "Basis data tidak menjawab" in told.stderr


def test_areas_load_tells_how_many_were_recognised(tmp_path: Path) -> None:
    square = [[[106.82, -6.18], [106.83, -6.18], [106.83, -6.17], [106.82, -6.17], [106.82, -6.18]]]
    geometry = {"type": "Polygon", "coordinates": square}
    feature = {"type": "Feature", "properties": {"kode": "31.71.01.1001"}, "geometry": geometry}
    file = tmp_path / "batas.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    told = run(tmp_path, "areas", "load", str(file))
    assert "1 batas kelurahan dimuat." in told.stdout
    assert "266 belum ada" in told.stdout


def test_prune_tells_how_many_were_removed(crm: Crm, clock: Clock, tmp_path: Path) -> None:
    clock.advance(days=-365)
    crm.file_complaint(draft(Privacy.ANONIM))
    assert run(tmp_path, "prune").stdout.strip() == "1 tanda draf dihapus."


def test_show_suggests_a_unit_with_the_reason(crm: Crm, tmp_path: Path) -> None:
    crm.file_complaint(draft(description="lampu jalan tertutup pohon rindang"))
    told = run(tmp_path, "show", "JK2611240001").stdout
    assert "Dinas Pertamanan dan Hutan Kota, karena pemangkasan pohon" in told


def test_corpus_prints_one_object_a_line_and_only_what_is_public(crm: Crm, tmp_path: Path) -> None:
    crm.file_complaint(draft(Privacy.PUBLIK))
    crm.file_complaint(draft(Privacy.ANONIM))
    lesson = {
        "text": "lampu jalan mati",
        "predicted_category": "utilitas",
        "category": "pju",
        "corrected": True,
    }
    told = run(tmp_path, "corpus", "--since", "2026-11-01")
    assert [json.loads(line) for line in told.stdout.splitlines()] == [lesson]
    told = run(tmp_path, "corpus", "--with-private")
    assert [json.loads(line)["privacy"] for line in told.stdout.splitlines()] == ["publik", "anonim"]
    assert run(tmp_path, "corpus", "--since", "2099-01-01").stdout == ""


def test_move_takes_a_reason_and_a_sentence_or_why_there_is_no_photo(crm: Crm, tmp_path: Path) -> None:
    first, second = (str(crm.file_complaint(draft()).report_number) for _ in range(2))
    refused = run(tmp_path, "move", first, "ditolak", "--alasan", "bukan_aduan", "--note", "maaf")
    assert refused.stdout.strip() == f"Laporan {first} sekarang: Ditolak"
    assert crm.read_complaint(first).refusal == "bukan_aduan"
    run(tmp_path, "move", second, "proses")
    told = run(tmp_path, "move", second, "menunggu validasi", "--note", "beres", "--foto-alasan", "gelap")
    assert told.stdout.strip() == f"Laporan {second} sekarang: Menunggu Validasi"
    run(tmp_path, "move", second, "selesai")
    shown = run(tmp_path, "show", second).stdout
    assert "tanpa foto: gelap" in shown


def test_move_merges_into_another(crm: Crm, tmp_path: Path) -> None:
    first, second = (str(crm.file_complaint(draft()).report_number) for _ in range(2))
    run(tmp_path, "move", first, "digabung", "--ke", second.lower())
    assert str(crm.read_complaint(first).merged_into) == second
    assert second in run(tmp_path, "show", first).stdout


def test_the_first_administrator_is_made_and_can_sign_in(crm: Crm, tmp_path: Path) -> None:
    made = run(tmp_path, "officer", "add", "Siti", "--nama", "Siti Aminah", "--peran", "administrator")
    assert made.returncode == 0, made.stderr
    password = made.stdout.splitlines()[0].rpartition(" ")[2]
    _, officer = crm.sign_in("siti", password, "", "203.0.113.7")
    assert officer.role is Role.ADMINISTRATOR
    renewed = run(tmp_path, "officer", "reset", "siti").stdout.splitlines()[0].rpartition(" ")[2]
    assert renewed != password
    crm.sign_in("siti", renewed, "", "203.0.113.7")
    assert run(tmp_path, "officer", "stop", "siti").stdout.strip() == "Akun siti dihentikan."
    listed = run(tmp_path, "officer", "list").stdout
    assert "Siti Aminah" in listed and "tidak" in listed
    assert renewed not in listed


def test_transfers_are_asked_for_listed_and_decided(crm: Crm, tmp_path: Path) -> None:
    number = str(crm.file_complaint(draft()).report_number)
    assert "Tidak ada permintaan" in run(tmp_path, "transfer", "list").stdout
    run(tmp_path, "move", number, "koordinasi", "--unit", "bina_marga")
    for answer in (("refuse", "1", "--note", "tetap"), ("approve", "2", "--note", "setuju")):
        asked = run(tmp_path, "transfer", "ask", number, "sda", "--alasan", "saluran air")
        assert "menunggu keputusan" in asked.stdout
        assert "saluran air" in run(tmp_path, "transfer", "list").stdout
        assert number in run(tmp_path, "transfer", *answer).stdout
    assert crm.read_complaint(number).unit == "sda"


def test_overdue_tells_how_many_were_escalated_and_closed(crm: Crm, clock: Clock, tmp_path: Path) -> None:
    clock.advance(days=-30)
    crm.file_complaint(draft())
    finish(crm, crm.file_complaint(draft()).report_number)
    told = run(tmp_path, "overdue")
    assert told.stdout.strip() == "1 laporan dieskalasi, 1 laporan ditutup."
