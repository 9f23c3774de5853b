"""The stamp decides whether an environment is installed again; failures say what to do."""

import subprocess
import sys
from pathlib import Path

import pytest

from ops import bootstrap

ROOT = Path(bootstrap.__file__).parent.parent


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "requirements").mkdir()
    for side in ("bot", "city"):
        (tmp_path / ".venv" / side).mkdir(parents=True)
        for name in (f"{side}.txt", f"{side}-dev.txt"):
            (tmp_path / "requirements" / name).write_text(f"{name}==1\n")
    return tmp_path


def stamp_both(tree: Path, dev: bool) -> None:
    for side in ("bot", "city"):
        bootstrap.stamp(tree / ".venv" / side, bootstrap.requirement_file(tree, side, dev))


@pytest.fixture
def no_installer(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(root: Path) -> Path:
        raise AssertionError("something was to be installed")

    monkeypatch.setattr(bootstrap, "ensure_uv", refuse)


@pytest.mark.parametrize(("installed", "wanted"), [(False, False), (True, True), (True, False)])
@pytest.mark.usefixtures("no_installer")
def test_nothing_is_installed_twice(tree: Path, installed: bool, wanted: bool) -> None:
    stamp_both(tree, dev=installed)
    bootstrap.prepare(tree, dev=wanted)


@pytest.mark.usefixtures("no_installer")
def test_changed_requirements_are_installed(tree: Path) -> None:
    stamp_both(tree, dev=False)
    (tree / "requirements" / "bot.txt").write_text("bot==2\n")
    with pytest.raises(AssertionError, match="to be installed"):
        bootstrap.prepare(tree, dev=False)


@pytest.mark.usefixtures("no_installer")
def test_the_tools_are_installed_when_asked_for(tree: Path) -> None:
    stamp_both(tree, dev=False)
    with pytest.raises(AssertionError, match="to be installed"):
        bootstrap.prepare(tree, dev=True)


def test_a_full_disk_is_said_before_anything_is_installed(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "FREE_BYTES_NEEDED", 2**62)
    with pytest.raises(bootstrap.BootstrapError, match="Free some space"):
        bootstrap.prepare(tree, dev=False)


def test_a_python_without_venv_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "venv.py").write_text("raise SystemExit('No module named ensurepip')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(bootstrap.BootstrapError, match="python3-venv"):
        bootstrap.make_tools_environment(tmp_path / ".tools")


def test_a_failed_installation_is_not_stamped(tree: Path) -> None:
    environment = tree / ".venv" / "city"
    stamp_both(tree, dev=False)
    failing = tree / "uv"
    failing.write_text("#!/bin/sh\nexit 2\n")
    failing.chmod(0o755)
    with pytest.raises(bootstrap.BootstrapError, match="try again|Try again"):
        bootstrap.install(failing, environment, sys.executable, tree / "requirements" / "city.txt")
    assert not bootstrap.is_installed(environment, [tree / "requirements" / "city.txt"])


def test_an_old_python_is_told_what_to_do() -> None:
    code = (
        "import runpy, sys; sys.version_info = (3, 9); "
        "sys.argv = ['bootstrap']; runpy.run_path('ops/bootstrap.py', run_name='__main__')"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert told.returncode == 1
    assert "needs Python 3.11" in told.stderr


@pytest.mark.parametrize("side", ["bot", "city"])
@pytest.mark.parametrize("dev", [False, True])
def test_every_requirement_is_pinned_by_hash_and_names_no_address(side: str, dev: bool) -> None:
    text = bootstrap.requirement_file(ROOT, side, dev).read_text()
    pins = [line for line in text.splitlines() if "==" in line and not line.startswith((" ", "#"))]
    assert len(pins) > 20
    assert text.count(" \\\n    --hash=sha256:") >= len(pins)
    assert "://" not in text
