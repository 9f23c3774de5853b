"""Statistics in the terminal, as the city writes numbers."""

from pathlib import Path

from crm.bootstrap import Crm
from crm.domain.privacy import Privacy
from tests.crm.cli.test_app import crm, run  # noqa: F401 (a fixture)
from tests.crm.conftest import draft


def test_the_published_month_reads_as_the_city_wrote_it(tmp_path: Path) -> None:
    assert run(tmp_path, "muat-statistik").stdout.strip() == "Dimuat: 2023-01."
    told = run(tmp_path, "statistik", "2023-01").stdout
    for words in ("14.233", "13.671 (96,1 %)", "2.171", "1.412", "1.344", "7 Mar 2023", "Sumber: Pemerintah"):
        assert words in told


def test_a_month_is_counted_when_it_is_asked_for(crm: Crm, tmp_path: Path) -> None:  # noqa: F811
    crm.file_complaint(draft(Privacy.PUBLIK))
    told = run(tmp_path, "statistik", "2026-11")
    assert told.returncode == 0, told.stderr
    assert "DKI Jakarta, 2026-11" in told.stdout and "Lampu jalan (PJU)" in told.stdout
    assert "Tebet" not in told.stdout and "Jakarta Selatan" in told.stdout
    assert "Kelurahan" not in run(tmp_path, "statistik", "2026", "--wilayah", "31.74.01.1001").stdout


def test_what_cannot_be_shown_is_said(tmp_path: Path) -> None:
    assert "Belum ada angka untuk DKI Jakarta, 2020." in run(tmp_path, "statistik", "2020").stdout
    assert "2026-11" in run(tmp_path, "statistik", "November").stderr
    told = run(tmp_path, "statistik", "2026", "--wilayah", "99")
    assert (told.returncode, told.stderr.strip()) == (1, "Tidak ada wilayah dengan kode 99.")
    told = run(tmp_path, "muat-statistik", str(tmp_path / "none.yml"))
    assert told.returncode == 1 and "tidak bisa dibaca" in told.stderr
