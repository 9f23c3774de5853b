"""``python -m gateway``: the web process (chat, the city's pages, inbox and outbox workers, news).

Started by ``ops``. Reads the environment, opens the CRM, serves until stopped.
"""

import logging
import os
import sys

from sanic import Sanic

from crm.bootstrap import open_crm
from crm.domain.status import Status
from gateway.app import Gateway
from gateway.settings import SettingsError, read_settings
from gateway.texts import TextsMissing
from gateway.web import create_web


def main() -> None:
    """Serve; a wrong setting or a missing sentence ends the process with a message and status 1."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    for chatty in ("httpx", "alembic", "sanic.root"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    try:
        settings = read_settings(os.environ)
        crm = open_crm()
        gateway = Gateway(settings, crm=crm, news_statuses=[status.name for status in Status])
        gateway.media.check()
    except (SettingsError, TextsMissing, ValueError) as error:
        sys.exit(f"gateway: {error}")
    app: Sanic = create_web(gateway, crm=crm)  # type: ignore[type-arg]
    app.run(host=settings.host, port=settings.port, single_process=True, motd=False, access_log=False)


if __name__ == "__main__":
    main()
