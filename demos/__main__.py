"""Command line: ``python -m demos telegram`` or ``whatsapp`` (``make demo-telegram``, ``make demo-whatsapp``)."""

import sys
from pathlib import Path

import yaml
from rich.console import Console

from demos.performance import NoAnswer, perform
from tests.system.phones import Telegram, WhatsApp

SCRIPT = Path(__file__).with_name("siti.yml")
PLATFORMS: dict[str, type[Telegram] | type[WhatsApp]] = {"telegram": Telegram, "whatsapp": WhatsApp}


def main() -> int:
    """Play the script; 1 when Aduan did not answer or filed nothing."""
    console = Console()
    if len(sys.argv) != 2 or sys.argv[1] not in PLATFORMS:
        console.print(f"Which channel? One of: {', '.join(PLATFORMS)}", style="red")
        return 2
    script = yaml.safe_load(SCRIPT.read_text(encoding="utf-8"))
    try:
        number = perform(PLATFORMS[sys.argv[1]](), script, console)
    except NoAnswer as error:
        console.print(str(error), style="red", markup=False)
        return 1
    console.print(f"Filed: {number}", style="bold green")
    return 0


if __name__ == "__main__":
    sys.exit(main())
