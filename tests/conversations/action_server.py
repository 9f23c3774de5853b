"""The real actions behind HTTP inside the test process: a test can reach their store and see their errors.

One request at a time, as in the real action server. Made by ``conftest``; Rasa calls it as
``ADUAN_ACTIONS_URL``.
"""

import asyncio
import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

from rasa_sdk import ActionExecutionRejection
from rasa_sdk.executor import ActionExecutor


class ActionServer:
    """``is_down`` makes it hang up on Rasa; ``errors`` keeps what actions raised, which they never should."""

    def __init__(self) -> None:
        self.is_down = False
        self.errors: list[Exception] = []
        self._executor = ActionExecutor()
        self._executor.register_package("actions")
        self._loop = asyncio.new_event_loop()
        self._http = HTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"owner": self}))
        self._thread = Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.url = f"http://127.0.0.1:{self._http.server_port}/webhook"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()
        self._loop.close()

    def run(self, call: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        try:
            result = self._loop.run_until_complete(self._executor.run(call))
        except ActionExecutionRejection as rejection:
            return 400, {"action_name": rejection.action_name, "error": rejection.message}
        except Exception as error:
            self.errors.append(error)
            return 500, {}
        return 200, result.model_dump() if result else {}


class _Handler(BaseHTTPRequestHandler):
    owner: ActionServer

    def do_POST(self) -> None:
        call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.owner.is_down:
            return
        status, answer = self.owner.run(call)
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""
