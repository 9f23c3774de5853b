"""The state of a Cloud API stand-in: users, messages, files, templates, and faults that a test scripts.

Owned by ``whatsapp_server``, which speaks HTTP; told by ``whatsapp_citizen`` what the users do. No part of it knows
anything of the gateway.
"""

import base64
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.servers.whatsapp_errors import ApiError
from tests.servers.whatsapp_files import Files
from tests.servers.whatsapp_rates import Rates
from tests.servers.whatsapp_rules import SHORT_TEXT, check_message, template_parameters

Body = dict[str, Any]

WINDOW_SECONDS = 24 * 3600.0
OUR_COUNTRY = "62"


@dataclass
class User:
    """Somebody with WhatsApp. ``refusal``: what a message to them is refused with, at once or as a status."""

    phone: str
    user_id: str | None
    name: str = "Warga"
    hides_phone: bool = False
    window_until: float = 0.0
    reads: bool = False
    refusal: int | None = None
    received: list["Sent"] = field(default_factory=list)
    wrote: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.user_id or self.phone


@dataclass
class Sent:
    """A message of the business that was accepted."""

    wamid: str
    user: User
    body: Body

    @property
    def tag(self) -> str | None:
        return self.body.get("biz_opaque_callback_data")


@dataclass
class Template:
    text: str = "Kabar laporan Anda: {{1}}"
    status: str = "APPROVED"
    category: str = "UTILITY"


@dataclass
class Fault:
    """What happens to the next message instead; ``after_accepting``: it arrives all the same."""

    kind: Literal["error", "html", "cut", "slow"]
    code: int = 0
    status: int | None = None
    after_accepting: bool = False


@dataclass
class Call:
    """A request as it came."""

    method: str
    path: str
    query: dict[str, str]
    body: Any
    status: int = 0


@dataclass
class Platform:
    """One business account with one number."""

    phone_number_id: str = "109876543210987"
    account_id: str = "204567890123456"
    display_number: str = "622150000123"
    token: str = "EAAG-token-of-the-tests"
    app_secret: str = "app-secret-of-the-tests"
    clock: Callable[[], float] = time.time
    # Whether a closed window and an undeliverable message are told at once or by a later status.
    tells_later: bool = False
    on_accepted: Callable[[Sent], None] = lambda sent: None
    on_failed: Callable[[Sent, ApiError], None] = lambda sent, error: None

    def __post_init__(self) -> None:
        self.lock = threading.RLock()
        self.users: list[User] = []
        self.sent: list[Sent] = []
        self.read: list[str] = []
        self.typing: list[str] = []
        self.files = Files(self.phone_number_id, self.clock)
        self.templates: dict[tuple[str, str], Template] = {}
        self.menu: Body = {}
        self.is_subscribed = True
        self.calls: list[Call] = []
        self.faults: deque[Fault] = deque()
        self.rates = Rates()

    def fail_next(self, *faults: Fault) -> None:
        """Script what happens to the next messages, one each."""
        self.faults.extend(faults)

    def post_message(self, body: Body) -> Body:
        """Handle ``POST /messages``: a message, or a mark that one was read."""
        with self.lock:
            if body.get("messaging_product") != "whatsapp":
                raise ApiError(100, "messaging_product must be whatsapp")
            if body.get("status") == "read":
                return self._mark_read(body)
            check_message(body)
            user = self._recipient(body)
            self.rates.count(user.key if user else "", self.clock())
            return self._accept(user, body)

    def new_wamid(self, user: User) -> str:
        """Make a message id as the platform's are: the user's id and random digits, in base64."""
        who = (user.user_id if user.hides_phone and user.user_id else user.phone).encode()
        tail = b"\x15\x02\x00\x12\x18\x14" + secrets.token_hex(10).upper().encode() + b"\x00"
        return "wamid." + base64.b64encode(b"\x1c\x18" + bytes([len(who)]) + who + tail).decode()

    def _mark_read(self, body: Body) -> Body:
        wamid = body.get("message_id")
        if not any(wamid in user.wrote for user in self.users):
            raise ApiError(131009, "message_id is not the id of a message that came")
        self.read.append(wamid)
        if "typing_indicator" in body:
            if body["typing_indicator"] != {"type": "text"}:
                raise ApiError(131009, "typing_indicator.type must be text")
            self.typing.append(wamid)
        return {"success": True}

    def _recipient(self, body: Body) -> User | None:
        if to := body.get("to"):
            # Without a plus, the platform takes the number for one without country code.
            number = to[1:] if to.startswith("+") else OUR_COUNTRY + to
            return next((user for user in self.users if user.phone == number), None)
        return next((user for user in self.users if user.user_id == body["recipient"]), None)

    def _accept(self, user: User | None, body: Body) -> Body:
        problem = self._problem(user, body)
        stranger = user or User(body.get("to", ""), body.get("recipient"))
        if problem and not self.tells_later:
            raise problem
        sent = Sent(self.new_wamid(stranger), stranger, body)
        if problem:
            self.on_failed(sent, problem)
        else:
            self.sent.append(sent)
            stranger.received.append(sent)
            self.on_accepted(sent)
        who = {"wa_id": stranger.phone} if body.get("to") else {"user_id": stranger.user_id}
        contact = {"input": body.get("to") or body["recipient"], **who}
        return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [{"id": sent.wamid}]}

    def _problem(self, user: User | None, body: Body) -> ApiError | None:
        if user is None:
            return ApiError(131026)
        if user.refusal is not None:
            return ApiError(user.refusal)
        if body.get("type") == "template":
            return self._template_problem(body["template"])
        if body.get("type") == "image" and body["image"].get("id", "") not in self.files.media:
            return ApiError(131009, "image.id")
        if user.window_until < self.clock():
            return ApiError(131047, "more than 24 hours have passed since the user last replied")
        return None

    def _template_problem(self, wanted: Body) -> ApiError | None:
        template = self.templates.get((wanted["name"], wanted["language"]["code"]))
        if template is None:
            return ApiError(132001)
        paused = {"PAUSED": 132015, "DISABLED": 132016, "APPROVED": None}.get(template.status, 132001)
        if paused:
            return ApiError(paused)
        parameters = template_parameters(wanted)
        if len(parameters) != template.text.count("{{"):
            return ApiError(132000)
        whole = template.text.replace("{{1}}", "".join(each["text"] for each in parameters))
        return ApiError(132005) if len(whole) > SHORT_TEXT else None
