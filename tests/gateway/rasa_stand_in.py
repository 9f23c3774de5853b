"""A stand-in for Rasa's gateway channel, over real HTTP, speaking docs/architecture.md section 1.

It answers by a function of the test, remembers turns as the tracker does (the same message id again gives the
same answers and runs nothing), forgets on request, and can be told to fail in every way a server fails.
"""

import json
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = "gateway-secret-of-the-tests"
Answer = Callable[[dict[str, Any]], dict[str, Any]]


def echo(message: dict[str, Any]) -> dict[str, Any]:
    """Answer a message with its own words, or with its intent."""
    parsed = message["parse_data"]
    return says(f"intent {parsed['intent']['name']}" if parsed else f"echo: {message['text']}")


def says(*texts: str, draft_open: bool = False, **more: Any) -> dict[str, Any]:
    """Build an answer; what is in ``more`` (buttons, custom, image) belongs to the last text."""
    messages: list[dict[str, Any]] = [{"text": text} for text in texts]
    messages[-1].update(more)
    return {"messages": messages, "draft_open": draft_open}


@dataclass
class Turn:
    message_id: str
    request: dict[str, Any]
    answer: dict[str, Any]


@dataclass
class StandIn:
    answer: Answer = echo
    turns: dict[str, list[Turn]] = field(default_factory=lambda: defaultdict(list))
    executed: list[dict[str, Any]] = field(default_factory=list)
    forgotten: list[dict[str, Any]] = field(default_factory=list)
    healthy: bool = True
    fail: Callable[[str, dict[str, Any]], int | None] = lambda path, body: None
    lose_answers: bool = False
    gate: threading.Event = field(default_factory=threading.Event)
    busy: int = 0
    most_busy: int = 0

    def __post_init__(self) -> None:
        self.gate.set()
        self._lock = threading.Lock()
        self._server: ThreadingHTTPServer | None = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def texts(self) -> list[str]:
        return [request["text"] for request in self.executed]

    def start(self) -> None:
        handler = type("Handler", (_Handler,), {"stand_in": self})
        ThreadingHTTPServer.allow_reuse_address = True
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Stop listening; every later connection is refused until ``start``."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @property
    def is_up(self) -> bool:
        return self._server is not None

    def handle(self, message: dict[str, Any]) -> dict[str, Any]:
        with self._lock:
            self.busy += 1
            self.most_busy = max(self.busy, self.most_busy)
        self.gate.wait(20)
        with self._lock:
            self.busy -= 1
            turns = self.turns[message["conversation_id"]]
            for turn in turns:
                if turn.message_id == message["message_id"]:
                    return turn.answer
            answer = self.answer(message)
            self.executed.append(message)
            turns.append(Turn(message["message_id"], message, answer))
            return answer

    def forget(self, wish: dict[str, Any]) -> None:
        with self._lock:
            self.forgotten.append(wish)
            turns = self.turns[wish["conversation_id"]]
            if wish["scope"] == "conversation":
                turns.clear()
            elif turns and turns[-1].message_id == wish["message_id"]:
                turns.pop()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # Header and body in one packet: apart they wait 40 ms for each other.
    stand_in: StandIn

    def do_GET(self) -> None:
        if not self.stand_in.is_up:
            self.close_connection = True
            return
        self._send(200 if self.stand_in.healthy else 503, {"model": "stand-in"})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self.stand_in.is_up:
            self.close_connection = True
            return
        if self.headers["Authorization"] != f"Bearer {SECRET}":
            self._send(401, {})
            return
        if status := self.stand_in.fail(self.path, body):
            self._send(status, {"error": "as the test wants"})
            return
        if self.path.endswith("/forget"):
            self.stand_in.forget(body)
            answer = None
        else:
            answer = self.stand_in.handle(body)
        if self.stand_in.lose_answers:
            self.close_connection = True
            return
        self._send(204 if answer is None else 200, answer)

    def _send(self, status: int, body: dict[str, Any] | None) -> None:
        content = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass
