"""The command line as officers use it: typed words in, plain words and an exit code out."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crm.bootstrap import Crm, open_crm
from crm.domain.privacy import Privacy
from crm.domain.status import Status
from crm.settings import Settings
from tests.crm.conftest import Clock, draft


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
        (("move", "JK2611240001", "Ditolak"), "catatan"),
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
