"""A whole gateway process for tests, without news: ``python process.py PORT VAR RASA_URL DOMAIN``."""

import logging
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from gateway.app import Gateway  # noqa: E402
from gateway.settings import Settings  # noqa: E402
from gateway.web import create_web  # noqa: E402
from tests.gateway.conftest import NEWS_STATUSES, CrmNews  # noqa: E402
from tests.gateway.rasa_stand_in import SECRET  # noqa: E402


def main(port: int, var: Path, rasa_url: str, domain: Path) -> None:
    logging.basicConfig(level=logging.WARNING)
    settings = Settings(
        identity_key=bytes(range(64)),
        gateway_secret=SECRET,
        var=var,
        database_url=f"sqlite:///{var / 'gateway.db'}",
        rasa_url=rasa_url,
        port=port,
        domain=domain,
    )
    app = create_web(Gateway(settings, CrmNews(), NEWS_STATUSES))
    app.run("127.0.0.1", port, single_process=True, motd=False, access_log=False)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))
