"""Settings: precedence, defaults that follow others, secrets made once and kept from other eyes."""

import base64
import stat
from pathlib import Path

import pytest

from ops.settings import SettingsError, load


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ADUAN_WEB_PORT=8001\nADUAN_RASA_PORT=6005\n")
    settings = load(tmp_path, {"ADUAN_WEB_PORT": "8002"})
    assert (settings.web_port, settings.rasa_port, settings.actions_port) == (8002, 6005, 5055)


def test_an_empty_line_of_the_file_is_no_setting(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ADUAN_WEB_PORT=\n")
    assert load(tmp_path, {}).web_port == 8000


def test_addresses_and_databases_follow_ports_and_folder(tmp_path: Path) -> None:
    settings = load(tmp_path, {"ADUAN_RASA_PORT": "6005", "ADUAN_WEB_PORT": "81", "ADUAN_VAR": "elsewhere"})
    assert settings.environment["ADUAN_RASA_URL"] == "http://127.0.0.1:6005"
    assert settings.public_url == "http://127.0.0.1:81"
    assert settings.environment["DATABASE_URL"] == f"sqlite:///{tmp_path}/elsewhere/crm.db"


@pytest.mark.parametrize("value", ["eighty", "0", "65536", "-1", "80.5"])
def test_a_port_that_is_none_is_refused_by_name(tmp_path: Path, value: str) -> None:
    with pytest.raises(SettingsError, match="ADUAN_WEB_PORT"):
        load(tmp_path, {"ADUAN_WEB_PORT": value})


def test_secrets_are_made_once_and_readable_by_the_owner_only(tmp_path: Path) -> None:
    first = load(tmp_path, {}).environment
    file = tmp_path / "var" / "secrets.env"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(base64.b64decode(first["ADUAN_IDENTITY_KEY"])) == 64
    second = load(tmp_path, {}).environment
    assert second["ADUAN_IDENTITY_KEY"] == first["ADUAN_IDENTITY_KEY"]
    assert second["ADUAN_GATEWAY_SECRET"] == first["ADUAN_GATEWAY_SECRET"]


def test_a_given_secret_is_used_and_not_written_down(tmp_path: Path) -> None:
    settings = load(tmp_path, {"ADUAN_GATEWAY_SECRET": "given"})
    assert settings.gateway_secret == "given"
    assert "given" not in (tmp_path / "var" / "secrets.env").read_text()


def test_production_makes_up_no_secret(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="ADUAN_IDENTITY_KEY and ADUAN_GATEWAY_SECRET"):
        load(tmp_path, {"ADUAN_ENV": "production"})
    assert not (tmp_path / "var").exists()
