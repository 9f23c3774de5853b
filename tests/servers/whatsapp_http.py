"""The HTTP side of the Cloud API stand-in: connections, tokens, errors, and the faults a test scripts.

Used by ``whatsapp_server``. Every request is noted in ``Platform.calls`` with the status it was answered with.
"""

import hashlib
import hmac
import json
import threading
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.servers.whatsapp_errors import ApiError
from tests.servers.whatsapp_platform import Call, Fault, Platform
from tests.servers.whatsapp_routes import route

HTML = b"<!DOCTYPE html><html><body><h1>Sorry, something went wrong.</h1></body></html>"


class Cut(Exception):
    """The connection ends without an answer."""


class HttpServer:
    """A server that can be stopped and started on the same port. ``gate`` holds calls scripted as slow."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self.port = 0
        self.gate = threading.Event()
        self.gate.set()
        self._server: ThreadingHTTPServer | None = None

    def start(self) -> None:
        handler = type("Handler", (_Handler,), {"owner": self})
        ThreadingHTTPServer.allow_reuse_address = True
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        self.gate.set()
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @property
    def is_up(self) -> bool:
        return self._server is not None


def serve(platform: Platform) -> HttpServer:
    """Return a server for a platform, not started yet."""
    return HttpServer(platform)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # Header and body in one packet: apart they wait 40 ms for each other.
    owner: HttpServer

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def _answer(self, method: str) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        target = urlsplit(self.path)
        call = Call(method, target.path, dict(parse_qsl(target.query)), self._decode(content))
        self.owner.platform.calls.append(call)
        try:
            if not self.owner.is_up:
                raise Cut
            self._send(call, *self._route(call))
        except ApiError as error:
            self._send(call, error.http_status, error.body())
        except Cut:
            self.close_connection = True

    def _decode(self, content: bytes) -> Any:
        kind = self.headers.get("Content-Type") or ""
        if kind.startswith("multipart/form-data"):
            form = BytesParser(policy=HTTP).parsebytes(
                b"Content-Type: " + kind.encode() + b"\r\n\r\n" + content
            )
            return {
                part.get_param("name", header="content-disposition"): (
                    part.get_content_type(),
                    part.get_payload(decode=True),
                )
                for part in form.iter_parts()
            }
        try:
            return json.loads(content) if content else None
        except ValueError:
            return content

    def _route(self, call: Call) -> tuple[int, Any]:
        platform = self.owner.platform
        if call.path.startswith("/attachments/"):
            return self._file(call.path.removeprefix("/attachments/"))
        self._authorize(call)
        if call.method == "POST" and call.path.endswith("/messages") and _is_message(call.body):
            if platform.faults:
                return self._fail(platform.faults.popleft(), call)
        return 200, route(platform, call, f"http://127.0.0.1:{self.owner.port}")

    def _fail(self, fault: Fault, call: Call) -> tuple[int, Any]:
        platform = self.owner.platform
        slow = fault.kind == "slow"
        answer = route(platform, call, "") if slow or fault.after_accepting else None
        match fault.kind:
            case "cut":
                raise Cut
            case "html":
                return fault.status or 502, HTML
            case "slow":
                self.owner.gate.wait(20)
                return 200, answer
        raise ApiError(fault.code, status=fault.status)

    def _authorize(self, call: Call) -> None:
        platform = self.owner.platform
        if self.headers.get("Authorization") != f"Bearer {platform.token}":
            raise ApiError(190)
        proof = call.query.get("appsecret_proof")
        expected = hmac.new(platform.app_secret.encode(), platform.token.encode(), hashlib.sha256)
        if proof is not None and proof != expected.hexdigest():
            raise ApiError(100, "Invalid appsecret_proof provided in the API argument")

    def _file(self, name: str) -> tuple[int, Any]:
        if self.headers.get("Authorization") != f"Bearer {self.owner.platform.token}":
            return 401, b""
        media = self.owner.platform.files.at(name)
        return (404, b"") if media is None else (200, media.content)

    def _send(self, call: Call, status: int, answer: Any) -> None:
        call.status = status
        is_bytes = isinstance(answer, bytes)
        content = answer if is_bytes else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html" if is_bytes else "application/json; charset=UTF-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass


def _is_message(body: Any) -> bool:
    return isinstance(body, dict) and body.get("status") != "read"
