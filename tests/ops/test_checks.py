"""A machine that is not ready is told so in words that name the setting."""

import socket
from pathlib import Path

import pytest

from ops.checks import NotReadyError, check_disk, check_port


def test_a_port_in_use_names_the_setting() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(NotReadyError, match=f"Port {port} .* is used .* Set ADUAN_RASA_PORT"):
            check_port("ADUAN_RASA_PORT", "127.0.0.1", port)


def test_a_free_port_passes() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    check_port("ADUAN_RASA_PORT", "127.0.0.1", port)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotReadyError, match="ADUAN_VAR"):
        check_disk(tmp_path / "file" / "var")


def test_the_data_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    check_disk(tmp_path / "var")
    assert (tmp_path / "var").stat().st_mode & 0o077 == 0
