"""What must be true of the machine before anything is started, each with a message that says what to do.

Called by ops.run.
"""

from __future__ import annotations

import errno
import shutil
import socket
from pathlib import Path

from ops.settings import Settings

# A start writes logs, a model and databases; below this the first complaint with photos may not be kept.
FREE_BYTES_NEEDED = 512 * 1024**2


class NotReadyError(Exception):
    """The machine is not ready for a start; the message names the setting or the thing to mend."""


def check_machine(settings: Settings) -> None:
    """Run all checks.

    Raises:
        NotReadyError: a port is taken, or the disk is nearly full.
    """
    check_disk(settings.var)
    check_port("ADUAN_WEB_PORT", settings.web_host, settings.web_port, hint=" (or: make run PORT=8080)")
    check_port("ADUAN_RASA_PORT", "127.0.0.1", settings.rasa_port)
    check_port("ADUAN_ACTIONS_PORT", "127.0.0.1", settings.actions_port)
    ports = [settings.web_port, settings.rasa_port, settings.actions_port]
    if len(set(ports)) < len(ports):
        raise NotReadyError("ADUAN_WEB_PORT, ADUAN_RASA_PORT and ADUAN_ACTIONS_PORT must be three ports.")


def check_port(setting: str, host: str, port: int, hint: str = "") -> None:
    """Refuse a port that cannot be listened on now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reasons = {
                errno.EADDRINUSE: "is used by another program (is Aduan running already?)",
                errno.EACCES: "needs root rights",
            }
            reason = reasons.get(error.errno or 0, f"cannot be used: {error.strerror}")
            raise NotReadyError(
                f"Port {port} on {host} {reason}. Set {setting} to a free one, in .env or before the "
                f"command{hint}."
            ) from error


def check_disk(var: Path) -> None:
    """Refuse to start where nothing can be written."""
    try:
        var.mkdir(mode=0o700, parents=True, exist_ok=True)
        free = shutil.disk_usage(var).free
    except OSError as error:
        raise NotReadyError(f"ADUAN_VAR={var} cannot be used: {error.strerror}.") from error
    if free < FREE_BYTES_NEEDED:
        raise NotReadyError(f"The disk of {var} has only {free // 1024**2} MB free; 512 MB are needed.")
