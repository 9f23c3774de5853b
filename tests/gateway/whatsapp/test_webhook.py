"""The webhook: only Meta is believed, nothing is acknowledged before it is kept, nothing poisons what comes after."""

import itertools
import logging
import socket
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from sanic import Sanic
from sanic.config import Config

from gateway.delivery.errors import Refused, SendError, WindowClosed
from gateway.messages import InboundMessage
from gateway.platform_settings import WhatsAppSettings
from gateway.whatsapp.intake import FAILURES_AT_MOST, Intake
from gateway.whatsapp.receive import BODY_LIMIT, PATH, Webhook
from gateway.whatsapp.wamids import RecentIds, key_of
from tests.gateway.whatsapp.bodies import NUMBER, PHONE, USER_ID, message, text, value_of, webhook
from tests.servers.whatsapp_webhooks import sign

SECRET, VERIFY_TOKEN = "app-secret", "verify-me"
_names = itertools.count()


@dataclass
class Inside:
    """The gateway's parts, as far as the webhook calls them."""

    kept: list[InboundMessage] = field(default_factory=list)
    moved: list[tuple[str, bytes, bytes]] = field(default_factory=list)
    arrivals: list[str] = field(default_factory=list)
    failures: list[tuple[str, SendError, str | None]] = field(default_factory=list)
    fails_on: set[str] = field(default_factory=set)
    tries: int = 0

    async def keep_all(self, messages: Sequence[InboundMessage]) -> list[bool]:
        self.tries += 1
        if any({message.text, "everything"} & self.fails_on for message in messages):
            raise OSError(f"the store is away: {messages}")
        known = {kept.message_id for kept in self.kept}
        new = [message.message_id not in known for message in messages]
        self.kept += [message for message, is_new in zip(messages, new, strict=True) if is_new]
        return new

    async def conversations(self, channel: str, people: Sequence[Sequence[bytes]]) -> list[str]:
        return [f"{channel}:{b'|'.join(ids).decode()}" for ids in people]

    async def move(self, channel: str, old: bytes, new: bytes) -> None:
        self.moved.append((channel, old, new))

    async def arrived(self, tag: str) -> None:
        self.arrivals.append(tag)

    async def failed(self, key: str, error: SendError, tag: str | None = None) -> None:
        self.failures.append((key, error, tag))

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.kept]


@pytest.fixture
def inside() -> Inside:
    return Inside()


@pytest.fixture
def recent() -> RecentIds:
    return RecentIds()


@pytest.fixture
async def http(inside: Inside, recent: RecentIds) -> AsyncIterator[httpx.AsyncClient]:
    parts: Any = SimpleNamespace(keep_all=inside.keep_all, addresses=inside, reports=inside)
    settings = WhatsAppSettings("token", NUMBER, SECRET, VERIFY_TOKEN)
    config = Config(env_prefix="")
    config.TOUCHUP, config.REQUEST_MAX_SIZE = False, 1024 * 1024
    app: Sanic = Sanic(f"webhook-{next(_names)}", configure_logging=False, config=config)
    app.blueprint(Webhook(settings, Intake(parts, recent)).blueprint())
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        server = await app.create_server(sock=listener, return_asyncio_server=True)
        assert server is not None
        await server.startup()
        await server.before_start()
        await server.start_serving()
        async with httpx.AsyncClient(base_url=url, trust_env=False) as http:
            yield http
        await server.before_stop()
        await server.close()
        await server.after_stop()


async def post(http: httpx.AsyncClient, body: bytes, signature: str | None = None) -> int:
    headers = {"X-Hub-Signature-256": sign(SECRET, body) if signature is None else signature}
    return (await http.post(PATH, content=body, headers=headers)).status_code


# ── Handshake and signature ────────────────────────────────────────────────────────────────────────────────────────


async def verify(http: httpx.AsyncClient, **params: str) -> httpx.Response:
    asked = {"mode": "subscribe", "challenge": "1158201444", "verify_token": VERIFY_TOKEN, **params}
    return await http.get(PATH, params={f"hub.{name}": value for name, value in asked.items()})


async def test_the_handshake_gives_the_bare_challenge_back(http: httpx.AsyncClient) -> None:
    response = await verify(http)
    assert (response.status_code, response.text) == (200, "1158201444")
    assert response.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "params", [{"verify_token": "wrong"}, {"verify_token": "ä"}, {"mode": "unsubscribe"}]
)
async def test_a_wrong_handshake_gets_nothing(http: httpx.AsyncClient, params: dict[str, str]) -> None:
    response = await verify(http, **params)
    assert (response.status_code, response.text) == (403, "")
    assert (await http.get(PATH)).status_code == 403


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "sha256=",
        "sha256=" + "0" * 64,
        "sha1=" + "0" * 40,
        sign("another secret", webhook(value_of(text("halo")))),
        sign(SECRET, b"another body"),
        sign(SECRET, webhook(value_of(text("halo")))).removeprefix("sha256="),
    ],
)
async def test_who_cannot_sign_is_not_believed(
    http: httpx.AsyncClient, inside: Inside, signature: str
) -> None:
    assert await post(http, webhook(value_of(text("halo"))), signature) == 401
    assert inside.tries == 0


async def test_a_missing_signature_is_no_signature(http: httpx.AsyncClient, inside: Inside) -> None:
    assert (await http.post(PATH, content=webhook(value_of(text("halo"))))).status_code == 401
    assert (await http.post(PATH)).status_code == 401
    assert inside.tries == 0


async def test_the_signature_is_over_the_bytes_as_they_came(http: httpx.AsyncClient, inside: Inside) -> None:
    body = webhook(value_of(text("jalan rusak 😀 / é"))).replace(b"/", b"\\/")
    assert await post(http, body) == 200
    assert inside.texts == ["jalan rusak 😀 / é"]


# ── Kept before acknowledged ───────────────────────────────────────────────────────────────────────────────────────


async def test_a_batch_is_kept_each_under_its_conversation(http: httpx.AsyncClient, inside: Inside) -> None:
    both = {"from_user_id": USER_ID}
    first, second = value_of(text("satu", **both)), value_of(text("dua", wamid="wamid.2"))
    assert await post(http, webhook(first, second)) == 200
    assert [kept.conversation_id for kept in inside.kept] == [
        f"whatsapp:{USER_ID}|{PHONE}",
        f"whatsapp:{PHONE}",
    ]
    assert inside.tries == 1


async def test_a_redelivery_is_kept_once(http: httpx.AsyncClient, inside: Inside) -> None:
    body = webhook(value_of(text("halo")))
    assert [await post(http, body), await post(http, body)] == [200, 200]
    assert inside.texts == ["halo"]


async def test_the_platforms_ids_are_remembered_for_typing(
    http: httpx.AsyncClient, recent: RecentIds
) -> None:
    await post(http, webhook(value_of(text("halo", wamid="wamid.7"))))
    assert recent.find(key_of("wamid.7")) == "wamid.7"


async def test_without_a_store_nothing_is_acknowledged(
    http: httpx.AsyncClient, inside: Inside, caplog: pytest.LogCaptureFixture
) -> None:
    inside.fails_on.add("everything")
    batch = [text(f"rahasia {at}", wamid=f"wamid.{at}") for at in range(20)]
    assert await post(http, webhook(value_of(*batch))) == 500
    assert inside.tries == 1 + FAILURES_AT_MOST, "together, and one by one"
    assert "rahasia" not in caplog.text and PHONE not in caplog.text
    inside.fails_on.clear()
    assert await post(http, webhook(value_of(*batch))) == 200
    assert len(inside.kept) == 20


async def test_one_message_that_cannot_be_kept_keeps_none_from_the_others(
    http: httpx.AsyncClient, inside: Inside, caplog: pytest.LogCaptureFixture
) -> None:
    inside.fails_on.add("racun")
    body = webhook(value_of(text("racun"), text("halo", wamid="wamid.2")))
    assert await post(http, body) == 500
    assert inside.texts == ["halo"]
    assert "racun" not in caplog.text and PHONE not in caplog.text


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b'{"entry": {"a": [1]}}'])
async def test_a_signed_body_that_cannot_be_read_is_acknowledged(
    http: httpx.AsyncClient, inside: Inside, body: bytes
) -> None:
    assert await post(http, body) == 200
    assert inside.tries == 0


async def test_what_cannot_be_read_is_noted_without_its_contents(
    http: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "gateway")
    await post(http, b'{"messages": "rahasia 6281200000001')
    assert "could not be read" in caplog.text
    assert "rahasia" not in caplog.text and PHONE not in caplog.text


async def test_a_webhook_may_be_3_mb_and_no_more(http: httpx.AsyncClient, inside: Inside) -> None:
    batch = [text("x" * 2500, wamid=f"wamid.{at}") for at in range(1000)]
    body = webhook(value_of(*batch))
    assert 2_500_000 < len(body) < BODY_LIMIT
    assert await post(http, body) == 200
    assert len(inside.kept) == 1000 and inside.tries == 1
    assert await post(http, body + b" " * (BODY_LIMIT - len(body) + 1)) == 413


# ── Statuses and moves ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("state", ["sent", "delivered", "read", "played"])
async def test_every_step_of_a_message_says_that_it_arrived(
    http: httpx.AsyncClient, inside: Inside, state: str
) -> None:
    status = {"id": "wamid.9", "status": state, "biz_opaque_callback_data": "a1b2.0"}
    assert await post(http, webhook({"statuses": [status]})) == 200
    assert inside.arrivals == ["a1b2.0"]
    assert inside.kept == []


async def test_a_status_of_somebody_elses_message_changes_nothing(
    http: httpx.AsyncClient, inside: Inside
) -> None:
    assert await post(http, webhook({"statuses": [{"id": "wamid.9", "status": "read"}]})) == 200
    assert inside.arrivals == []


@pytest.mark.parametrize(
    ("errors", "kind"), [([{"code": 131047}], WindowClosed), ([], Refused), (None, Refused)]
)
async def test_a_message_that_failed_afterwards_is_reported_by_its_code(
    http: httpx.AsyncClient, inside: Inside, errors: Any, kind: type[SendError]
) -> None:
    status = {"id": "wamid.9", "status": "failed", "biz_opaque_callback_data": "a1b2.0", "errors": errors}
    assert await post(http, webhook({"statuses": [status]})) == 200
    ((key, error, tag),) = inside.failures
    assert (key, type(error), tag) == (key_of("wamid.9"), kind, "a1b2.0")


async def test_a_number_that_changes_amid_a_batch_changes_there(
    http: httpx.AsyncClient, inside: Inside
) -> None:
    system = {"type": "user_changed_number", "wa_id": "6281299"}
    messages = [text("satu"), message("system", system=system), text("dua", wamid="wamid.2")]
    inside.fails_on.add("dua")
    assert await post(http, webhook(value_of(*messages))) == 500
    assert inside.texts == ["satu"] and inside.moved, "what came before was kept apart from what came after"


async def test_a_changed_number_moves_all_ids_of_a_person(http: httpx.AsyncClient, inside: Inside) -> None:
    system = {
        "type": "user_changed_number",
        "wa_id": "6281299",
        "user_id": "ID.NEW",
        "previous_user_id": USER_ID,
    }
    assert await post(http, webhook({"messages": [message("system", system=system)]})) == 200
    assert inside.moved == [
        ("whatsapp", USER_ID.encode(), b"ID.NEW"),
        ("whatsapp", PHONE.encode(), b"ID.NEW"),
    ]
