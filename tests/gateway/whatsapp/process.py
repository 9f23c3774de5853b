"""A whole gateway process with WhatsApp: ``python process.py PORT VAR RASA_URL DOMAIN``, the rest by environment."""

import logging
import os
import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from gateway.app import Gateway  # noqa: E402
from gateway.capabilities import PUSHING  # noqa: E402
from gateway.platform_settings import read_whatsapp  # noqa: E402
from gateway.settings import Settings  # noqa: E402
from gateway.web import create_web  # noqa: E402
from tests.gateway.conftest import NEWS_STATUSES, CrmNews  # noqa: E402
from tests.gateway.rasa_stand_in import SECRET  # noqa: E402

# What a killed process left in doubt is sent again after this, not after a minute.
DOUBT_SECONDS = 1.0


def main(port: int, var: Path, rasa_url: str, domain: Path) -> None:
    logging.basicConfig(level=logging.WARNING)
    PUSHING["whatsapp"] = replace(PUSHING["whatsapp"], doubt_seconds=DOUBT_SECONDS)
    settings = Settings(
        identity_key=bytes(range(64)),
        gateway_secret=SECRET,
        var=var,
        database_url=f"sqlite:///{var / 'gateway.db'}",
        rasa_url=rasa_url,
        port=port,
        domain=domain,
        whatsapp=read_whatsapp(os.environ),
    )
    app = create_web(Gateway(settings, CrmNews(), NEWS_STATUSES))
    app.run("127.0.0.1", port, single_process=True, motd=False, access_log=False)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))
