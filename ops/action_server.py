"""The action server: the SDK's own application with our actions, in one process on loopback.

Started by ops.run as ``python -m ops.action_server PORT``. The SDK's own command starts four processes (107
MB where one needs 45), allows any origin, and was seen to stay alive, busy, after SIGTERM.
"""

from __future__ import annotations

import logging
import sys

from rasa_sdk.endpoint import create_app_for_serve
from rasa_sdk.executor import ActionExecutor


def main() -> None:
    """Serve the package ``actions`` on the port given as argument, until SIGTERM."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)-8s %(name)s  - %(message)s")
    executor = ActionExecutor()
    executor.register_package("actions")
    app = create_app_for_serve(executor, cors_origins=None)
    app.run(host="127.0.0.1", port=int(sys.argv[1]), single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
