"""A real HTTP server in Rasa's place for actions, told by the test what each action does."""

import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

Reply = tuple[int, Any]


class ActionServer:
    """Answers ``POST /webhook``; ``replies`` maps an action to status and body, ``calls`` lists what ran."""

    def __init__(self) -> None:
        self.reset()
        handler = type("Handler", (_Handler,), {"owner": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._http.server_port}/webhook"

    def reset(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.replies: dict[str, Reply] = {}
        self.hold = Event()
        self.hold.set()
        self.seconds = 0.0

    def says(self, action: str, text: str) -> None:
        self.replies[action] = (200, {"events": [], "responses": [{"text": text}]})

    def run(self, body: dict[str, Any]) -> Reply:
        self.calls.append(body)
        self.hold.wait(timeout=30)
        time.sleep(self.seconds)
        return self.replies.get(body["next_action"], (200, {"events": [], "responses": []}))

    def __enter__(self) -> "ActionServer":
        Thread(target=self._http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()


class _Handler(BaseHTTPRequestHandler):
    owner: ActionServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status, reply = self.owner.run(body)
        content = json.dumps(reply).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # The caller has stopped waiting, as the test wanted.

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""
