"""Starting and stopping everything with the real supervisor."""

import socket
from pathlib import Path

from ops.train import fingerprint
from tests.system.running import System, command_of, until

REFUSED_SECONDS = 30
STOPPED_SECONDS = 10


def test_ctrl_c_stops_every_process_and_the_second_start_trains_nothing(tmp_path: Path) -> None:
    system = System(tmp_path)
    for _ in range(2):
        system.start()
        parts = {name: system.part(name) for name in ("rasa", "actions", "web")}
        assert all(parts.values()), parts
        everything = system.descendants()
        assert system.stop() == 0, system.console
        assert "Stopped." in system.console
        all_end(everything)
    assert "Trained" not in system.console
    assert fingerprint() in (tmp_path / "log" / "rasa.log").read_text()


def test_a_port_in_use_is_named_with_the_setting_that_moves_it(tmp_path: Path) -> None:
    system = System(tmp_path)
    with socket.create_server(("127.0.0.1", system.settings.web_port)):
        assert system.launch().wait(REFUSED_SECONDS) == 1
    assert f"Port {system.settings.web_port}" in system.console
    assert "ADUAN_WEB_PORT" in system.console
    assert not (tmp_path / "log" / "rasa.log").exists()


def all_end(processes: list[int]) -> None:
    """Wait until none of these runs; a killed one needs a moment to be gone."""
    until(lambda: not any(map(command_of, processes)), STOPPED_SECONDS, f"{processes} are gone")
