"""A WhatsApp Cloud API on loopback, over real HTTP: what Meta's pages promise, and what its clients suffer.

``WhatsAppServer`` puts together ``whatsapp_platform`` (state), ``whatsapp_http``, ``whatsapp_webhooks`` (signed
deliveries) and ``whatsapp_citizen`` (people with telephones). Used by tests and demos::

    server = WhatsAppServer()
    server.start()
    server.webhooks.url = "http://127.0.0.1:8000/whatsapp/webhook"
    siti = server.citizen("6281200000001", user_id="ID.1")
    siti.write("lampu jalan mati")
    server.webhooks.deliver()           # or server.webhooks.start() for a thread that does
"""

import itertools
import time
from collections.abc import Callable
from typing import Any

from tests.servers.whatsapp_citizen import Citizen
from tests.servers.whatsapp_errors import ApiError
from tests.servers.whatsapp_http import serve
from tests.servers.whatsapp_platform import Platform, Sent, User
from tests.servers.whatsapp_webhooks import Webhooks

Value = dict[str, Any]


class WhatsAppServer:
    """One business number: its platform, its webhooks, its users."""

    def __init__(self, clock: Callable[[], float] = time.time, **platform: Any) -> None:
        self.platform = Platform(clock=clock, **platform)
        self.platform.on_accepted = self._tell_how_far
        self.platform.on_failed = self.tell_failed
        self.webhooks = Webhooks(
            self.platform.account_id,
            self.platform.phone_number_id,
            self.platform.display_number,
            self.platform.app_secret,
        )
        # Whether statuses of accepted messages become webhooks.
        self.tells_statuses = True
        self._http = serve(self.platform)
        self._numbers = itertools.count(6281300000001)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.port}"

    def start(self) -> None:
        self._http.start()

    def stop(self) -> None:
        self.webhooks.stop()
        self._http.stop()

    def hold(self) -> None:
        """Let calls scripted as slow wait until ``release``."""
        self._http.gate.clear()

    def release(self) -> None:
        self._http.gate.set()

    def citizen(self, phone: str | None = None, user_id: str | None = None, **user: Any) -> Citizen:
        """Give somebody a telephone with WhatsApp; without ``user_id`` as it was before 2026."""
        known = User(phone or str(next(self._numbers)), user_id, **user)
        self.platform.users.append(known)
        return Citizen(self.platform, self.webhooks, known)

    def tell(self, sent: Sent, state: str, *errors: ApiError) -> None:
        """Let a status of a message come."""
        self.webhooks.add({**self._contacts(sent, state), "statuses": [self._status(sent, state, errors)]})

    def tell_failed(self, sent: Sent, error: ApiError) -> None:
        """Let it come that an accepted message failed after all."""
        self.tell(sent, "failed", error)

    def _tell_how_far(self, sent: Sent) -> None:
        if self.tells_statuses:
            for state in ("sent", "read") if sent.user.reads else ("sent", "delivered"):
                self.tell(sent, state)

    def _status(self, sent: Sent, state: str, errors: tuple[ApiError, ...]) -> Value:
        status: Value = {"id": sent.wamid, "status": state, "timestamp": str(int(self.platform.clock()))}
        if not sent.user.hides_phone:
            status["recipient_id"] = sent.user.phone
        if sent.user.user_id and not (state == "failed" and "to" in sent.body):
            status["recipient_user_id"] = sent.user.user_id
        if sent.tag is not None:
            status["biz_opaque_callback_data"] = sent.tag
        if errors:
            status["errors"] = [error.in_status() for error in errors]
        elif state == "sent":
            status["pricing"] = {"billable": False, "pricing_model": "PMP", "category": "service"}
        return status

    def _contacts(self, sent: Sent, state: str) -> Value:
        if state == "failed" or not sent.user.user_id:
            return {}
        contact = {"profile": {"name": sent.user.name}, "user_id": sent.user.user_id}
        return {"contacts": [contact if sent.user.hides_phone else {**contact, "wa_id": sent.user.phone}]}
