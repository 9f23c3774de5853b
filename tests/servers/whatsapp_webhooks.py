"""The sender of signed webhooks: escaped bytes, batches, redelivery until 200.

Owned by ``whatsapp_server``. By hand (``deliver``) or by a thread of its own (``start``), as a test wants.
"""

import hashlib
import hmac
import json
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx

Signing = Literal["right", "wrong", "missing"]

MOST_IN_ONE = 1000
FIRST_RETRY_SECONDS = 0.02
LONGEST_RETRY_SECONDS = 0.5


@dataclass(eq=False)
class Notification:
    """One POST: its bytes never change, however often it is sent. ``answers`` are the statuses it got; 0: none."""

    body: bytes
    answers: list[int] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        return bool(self.answers) and self.answers[-1] == 200


def encode(body: dict[str, Any]) -> bytes:
    """Return the bytes of a webhook: all but ASCII is escaped, slashes too, as old quotations say."""
    return json.dumps(body, ensure_ascii=True, separators=(",", ":")).replace("/", "\\/").encode()


def sign(secret: str, body: bytes) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


class Webhooks:
    """What waits to be delivered, oldest first, and what was."""

    def __init__(self, account_id: str, phone_number_id: str, display_number: str, secret: str) -> None:
        self.url = ""
        self.secret = secret
        self.signing: Signing = "right"
        self.pending: list[Notification] = []
        self.done: list[Notification] = []
        self.on_done: Callable[[Notification], None] = lambda notification: None
        self._account_id = account_id
        self._metadata = {"display_phone_number": display_number, "phone_number_id": phone_number_id}
        self._http = httpx.Client(trust_env=False, timeout=20)
        self._changed = threading.Condition()
        self._running = False
        self._thread: threading.Thread | None = None

    def add(self, *values: dict[str, Any], field: str = "messages") -> Notification:
        """Put values into one POST, an entry each."""
        return self.add_body(
            {
                "object": "whatsapp_business_account",
                "entry": [
                    {"id": self._account_id, "changes": [{"value": self._whole(value), "field": field}]}
                    for value in values
                ],
            }
        )

    def add_body(self, body: dict[str, Any]) -> Notification:
        return self.add_bytes(encode(body))

    def add_bytes(self, body: bytes) -> Notification:
        notification = Notification(body)
        with self._changed:
            self.pending.append(notification)
            self._changed.notify()
        return notification

    def merge(self) -> None:
        """Make one POST of all that waits, as the platform does under load."""
        with self._changed:
            entries = [entry for each in self.pending for entry in json.loads(each.body)["entry"]]
            self.pending = [
                Notification(
                    encode(
                        {"object": "whatsapp_business_account", "entry": entries[start : start + MOST_IN_ONE]}
                    )
                )
                for start in range(0, len(entries), MOST_IN_ONE)
            ]

    def reverse(self) -> None:
        """Let what waits come in the wrong order."""
        with self._changed:
            self.pending.reverse()

    def repeat(self) -> None:
        """Send all again that was answered 200: deliveries to several apps, or an answer that got lost."""
        with self._changed:
            self.pending = [*self.done, *self.pending]
            self.done = []
            self._changed.notify()

    def deliver(self) -> list[int]:
        """Send what waits, one after the other; what is not answered 200 waits on."""
        return [self._send(notification) for notification in list(self.pending)]

    def deliver_together(self) -> list[int]:
        """Send what waits, all at the same time."""
        with ThreadPoolExecutor(16) as pool:
            return list(pool.map(self._send, list(self.pending)))

    def start(self) -> None:
        """Deliver from now on as things come, and again, less and less often, until 200."""
        self._running = True
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        with self._changed:
            self._running = False
            self._changed.notify()
        if self._thread:
            self._thread.join()
        self._http.close()

    def _work(self) -> None:
        wait = FIRST_RETRY_SECONDS
        while True:
            with self._changed:
                if not self.pending and self._running:
                    self._changed.wait()
                elif self.pending and self.pending[0].answers and self._running:
                    self._changed.wait(wait)
                    wait = min(2 * wait, LONGEST_RETRY_SECONDS)
                if not self._running:
                    return
            if all(answer == 200 for answer in self.deliver()):
                wait = FIRST_RETRY_SECONDS

    def _send(self, notification: Notification) -> int:
        headers = {"Content-Type": "application/json", "User-Agent": "facebookexternalua"}
        if self.signing != "missing":
            secret = self.secret if self.signing == "right" else secrets.token_hex()
            headers["X-Hub-Signature-256"] = sign(secret, notification.body)
        try:
            answer = self._http.post(self.url, content=notification.body, headers=headers).status_code
        except httpx.TransportError:
            answer = 0
        with self._changed:
            notification.answers.append(answer)
            if answer == 200 and notification in self.pending:
                self.pending.remove(notification)
                self.done.append(notification)
                self.on_done(notification)
        return answer

    def _whole(self, value: dict[str, Any]) -> dict[str, Any]:
        return {"messaging_product": "whatsapp", "metadata": self._metadata, **value}
