"""A gateway process with Telegram, for tests that kill it: ``python process.py PORT VAR RASA_URL DOMAIN TOKEN API``.

It does not wait between messages, and hardly before it repeats one that may have arrived.
"""

import logging
import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from gateway.app import Gateway  # noqa: E402
from gateway.capabilities import PUSHING, Rate  # noqa: E402
from gateway.settings import Settings, TelegramSettings  # noqa: E402
from gateway.web import create_web  # noqa: E402
from tests.gateway.conftest import NEWS_STATUSES, CrmNews  # noqa: E402
from tests.gateway.rasa_stand_in import SECRET  # noqa: E402
from tests.gateway.telegram.conftest import WEBHOOK_SECRET  # noqa: E402


def main(port: int, var: Path, rasa_url: str, domain: Path, telegram: TelegramSettings) -> None:
    logging.basicConfig(level=logging.WARNING)
    unhindered = Rate(per_second=1000, burst=1000)
    PUSHING["telegram"] = replace(PUSHING["telegram"], each=unhindered, doubt_seconds=0.2)
    settings = Settings(
        identity_key=bytes(range(64)),
        gateway_secret=SECRET,
        var=var,
        database_url=f"sqlite:///{var / 'gateway.db'}",
        rasa_url=rasa_url,
        port=port,
        public_url=f"http://127.0.0.1:{port}",
        domain=domain,
        telegram=telegram,
    )
    app = create_web(Gateway(settings, CrmNews(), NEWS_STATUSES))
    app.run("127.0.0.1", port, single_process=True, motd=False, access_log=False)


if __name__ == "__main__":
    bot = TelegramSettings(sys.argv[5], WEBHOOK_SECRET, sys.argv[6])
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4]), bot)
