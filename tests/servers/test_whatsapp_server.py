"""The Cloud API stand-in keeps what Meta's pages promise: limits, errors, windows, rates, files, signed webhooks."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from tests.servers.whatsapp_citizen import Citizen
from tests.servers.whatsapp_errors import ApiError
from tests.servers.whatsapp_platform import Fault, Template
from tests.servers.whatsapp_server import WhatsAppServer
from tests.servers.whatsapp_webhooks import sign

PHONE = "6281200000001"
USER_ID = "ID.13491208655302741918"


class Time:
    def __init__(self) -> None:
        self.now = 1_764_039_600.0

    def __call__(self) -> float:
        return self.now


class Receiver:
    """A webhook's owner: takes what comes and answers as it is told."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []

    @property
    def bodies(self) -> list[Any]:
        return [json.loads(body) for _, body in self.requests]


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def server(time: Time) -> Iterator[WhatsAppServer]:
    server = WhatsAppServer(clock=time)
    server.tells_statuses = False
    server.start()
    yield server
    server.stop()


@pytest.fixture
def siti(server: WhatsAppServer) -> Citizen:
    """A citizen whose window is open."""
    siti = server.citizen(PHONE, user_id=USER_ID)
    siti.write("halo")
    return siti


@pytest.fixture
def api(server: WhatsAppServer) -> Iterator[httpx.Client]:
    token = {"Authorization": f"Bearer {server.platform.token}"}
    with httpx.Client(base_url=f"{server.url}/v25.0", headers=token, trust_env=False) as api:
        yield api


@pytest.fixture
def receiver(server: WhatsAppServer) -> Iterator[Receiver]:
    receiver = Receiver()
    with _listening(receiver) as port:
        server.webhooks.url = f"http://127.0.0.1:{port}/whatsapp/webhook"
        yield receiver


@contextmanager
def _listening(receiver: Receiver) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.requests.append((dict(self.headers), body))
            self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True).start()
    yield listening.server_address[1]
    listening.shutdown()
    listening.server_close()


def send(api: httpx.Client, server: WhatsAppServer, **body: Any) -> httpx.Response:
    whole = {"messaging_product": "whatsapp", "to": f"+{PHONE}", "type": "text", **body}
    return api.post(f"/{server.platform.phone_number_id}/messages", json=whole)


def code_of(response: httpx.Response) -> int:
    return int(response.json()["error"]["code"])


def interactive(kind: str, body: str = "Pilih", **action: Any) -> dict[str, Any]:
    return {"type": "interactive", "interactive": {"type": kind, "body": {"text": body}, "action": action}}


def buttons(*titles: str, identity: str = "id") -> dict[str, Any]:
    replies = [{"id": f"{identity}{at}", "title": title} for at, title in enumerate(titles)]
    return interactive("button", buttons=[{"type": "reply", "reply": reply} for reply in replies])


def rows(count: int, title: str = "Baris", label: str = "Pilih", identity: str = "") -> dict[str, Any]:
    all_rows = [{"id": f"{identity}{at}", "title": title} for at in range(count)]
    return interactive("list", button=label, sections=[{"rows": all_rows}])


LOCATION_REQUEST = interactive("location_request_message", name="send_location")


def template(
    text: str = "selesai", name: str = "kabar", language: str = "id", count: int = 1
) -> dict[str, Any]:
    parameters = [{"type": "text", "text": text}] * count
    components = [{"type": "body", "parameters": parameters}]
    return {
        "type": "template",
        "template": {"name": name, "language": {"code": language}, "components": components},
    }


@pytest.mark.parametrize(
    "body",
    [
        {"text": {"body": "x" * 4096, "preview_url": False}},
        buttons("Ya", "Tidak", "x" * 20),
        rows(10, "x" * 24, "x" * 20),
        LOCATION_REQUEST,
    ],
)
def test_what_the_pages_allow_is_accepted(
    api: httpx.Client, server: WhatsAppServer, siti: Citizen, body: Any
) -> None:
    response = send(api, server, **body)
    assert response.status_code == 200
    assert response.json()["contacts"] == [{"input": f"+{PHONE}", "wa_id": PHONE}]
    assert response.json()["messages"][0]["id"] == siti.messages[-1].wamid


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"text": {"body": "x" * 4097}}, 131009),
        ({"text": {"body": ""}}, 131008),
        ({"text": {}}, 131008),
        ({"to": None}, 131008),
        ({"messaging_product": "sms"}, 100),
        ({"type": "carrier_pigeon"}, 131051),
        ({"biz_opaque_callback_data": "x" * 513, "text": {"body": "x"}}, 131009),
        (buttons("1", "2", "3", "4"), 131009),
        (buttons(), 131009),
        (buttons("x" * 21), 131009),
        (buttons("Ya", "Ya"), 131009),
        (buttons("Ya", identity=" "), 131009),
        (buttons("Ya", identity="x" * 256), 131009),
        (
            interactive(
                "button", "x" * 1025, buttons=[{"type": "reply", "reply": {"id": "1", "title": "Ya"}}]
            ),
            131009,
        ),
        (rows(11), 131009),
        (rows(0), 131009),
        (rows(1, "x" * 25), 131009),
        (rows(1, label="x" * 21), 131009),
        (rows(1, identity="x" * 200), 131009),
        (interactive("location_request_message", "x" * 1025, name="send_location"), 131009),
        (interactive("location_request_message", name="locate"), 131009),
        ({"type": "image", "image": {"id": "404"}}, 131009),
        ({"type": "image", "image": {"id": "1", "caption": "x" * 1025}}, 131009),
    ],
)
def test_what_is_over_a_limit_is_refused(
    api: httpx.Client, server: WhatsAppServer, siti: Citizen, body: Any, code: int
) -> None:
    response = send(api, server, **body)
    assert (response.status_code, code_of(response)) == (400, code)
    assert response.json()["error"]["fbtrace_id"]
    assert siti.messages == []


def test_a_business_scoped_id_is_written_to_as_recipient(
    api: httpx.Client, server: WhatsAppServer, siti: Citizen
) -> None:
    response = send(api, server, to=None, recipient=USER_ID, text={"body": "halo"})
    assert response.json()["contacts"] == [{"input": USER_ID, "user_id": USER_ID}]
    assert siti.texts == ["halo"]
    assert code_of(send(api, server, to=USER_ID, text={"body": "halo"})) == 131026


def test_a_number_without_its_plus_is_another_number(
    api: httpx.Client, server: WhatsAppServer, siti: Citizen
) -> None:
    assert code_of(send(api, server, to=PHONE, text={"body": "halo"})) == 131026


def test_after_a_day_only_templates_arrive(
    api: httpx.Client, server: WhatsAppServer, siti: Citizen, time: Time
) -> None:
    server.platform.templates["kabar", "id"] = Template()
    time.now += 24 * 3600 + 1
    assert code_of(send(api, server, text={"body": "halo"})) == 131047
    assert send(api, server, **template()).status_code == 200
    siti.write("masih di sini")
    assert send(api, server, text={"body": "halo"}).status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (template(name="lain"), 404, 132001),
        (template(language="en"), 404, 132001),
        (template(count=2), 400, 132000),
        (template("baris\nbaru"), 400, 132012),
        (template("lima     spasi"), 400, 132012),
        (template("x" * 1010), 400, 132005),
    ],
)
def test_a_template_must_fit(
    api: httpx.Client, server: WhatsAppServer, siti: Citizen, body: Any, status: int, code: int
) -> None:
    server.platform.templates["kabar", "id"] = Template()
    response = send(api, server, **body)
    assert (response.status_code, code_of(response)) == (status, code)


@pytest.mark.parametrize(("state", "code"), [("PAUSED", 132015), ("DISABLED", 132016)])
def test_a_template_may_be_stopped(
    api: httpx.Client, server: WhatsAppServer, siti: Citizen, state: str, code: int
) -> None:
    server.platform.templates["kabar", "id"] = Template(status=state)
    assert code_of(send(api, server, **template())) == code


def test_one_citizen_gets_45_at_once_and_then_one_every_six_seconds(
    api: httpx.Client, server: WhatsAppServer, siti: Citizen, time: Time
) -> None:
    codes = [send(api, server, text={"body": "x"}).status_code for _ in range(45)]
    assert set(codes) == {200}
    assert code_of(send(api, server, text={"body": "x"})) == 131056
    time.now += 6
    assert send(api, server, text={"body": "x"}).status_code == 200


def test_one_number_sends_80_a_second(api: httpx.Client, server: WhatsAppServer, time: Time) -> None:
    for at in range(4):
        citizen = server.citizen(f"62812000000{at}0")
        citizen.write("halo")
        responses = [send(api, server, to=f"+{citizen.user.phone}", text={"body": "x"}) for _ in range(20)]
        assert {response.status_code for response in responses} == {200}
    assert code_of(send(api, server, to=f"+{citizen.user.phone}", text={"body": "x"})) == 130429


def test_a_wrong_token_or_number_or_version_is_refused(api: httpx.Client, server: WhatsAppServer) -> None:
    api.headers["Authorization"] = "Bearer other"
    response = send(api, server, text={"body": "x"})
    assert (response.status_code, code_of(response)) == (401, 190)
    api.headers["Authorization"] = f"Bearer {server.platform.token}"
    assert code_of(api.post("/1/messages", json={})) == 100
    assert code_of(httpx.get(f"{server.url}/v2.0/1", headers=dict(api.headers), trust_env=False)) == 100


def test_reading_and_typing_need_a_message_that_came(
    api: httpx.Client, server: WhatsAppServer, siti: Citizen
) -> None:
    typing = {"status": "read", "typing_indicator": {"type": "text"}}
    assert send(api, server, **typing, message_id=siti.user.wrote[0]).json() == {"success": True}
    assert server.platform.typing == siti.user.wrote
    assert code_of(send(api, server, **typing, message_id="wamid.none")) == 131009


def test_a_file_has_an_address_for_five_minutes_and_needs_the_token(
    api: httpx.Client, server: WhatsAppServer, siti: Citizen, time: Time
) -> None:
    siti.send_photo(b"picture")
    (media_id,) = server.platform.files.media
    number = {"phone_number_id": server.platform.phone_number_id}
    told = api.get(f"/{media_id}", params=number).json()
    assert (told["mime_type"], told["file_size"]) == ("image/jpeg", 7)
    assert httpx.get(told["url"], trust_env=False).status_code == 401
    assert api.get(told["url"]).content == b"picture"
    time.now += 301
    assert api.get(told["url"]).status_code == 404
    assert code_of(api.get(f"/{media_id}", params={"phone_number_id": "1"})) == 100
    time.now += 7 * 24 * 3600
    assert code_of(api.get(f"/{media_id}", params=number)) == 100


def test_pictures_are_uploaded_before_they_are_sent(
    api: httpx.Client, server: WhatsAppServer, siti: Citizen
) -> None:
    def upload(content: bytes, kind: str) -> httpx.Response:
        return api.post(
            f"/{server.platform.phone_number_id}/media",
            data={"messaging_product": "whatsapp", "type": kind},
            files={"file": ("x", content, kind)},
        )

    image = {"id": upload(b"picture", "image/png").json()["id"], "caption": "peta"}
    assert send(api, server, type="image", image=image).status_code == 200
    assert siti.texts == ["peta"]
    assert code_of(upload(b"x", "image/heic")) == 131053
    assert code_of(upload(b"x" * (5 * 1024 * 1024 + 1), "image/png")) == 131053


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Fault("error", 131016), 500),
        (Fault("error", 2), 503),
        (Fault("error", 190), 401),
        (Fault("html"), 502),
    ],
)
def test_scripted_faults_happen_once(
    api: httpx.Client, server: WhatsAppServer, siti: Citizen, fault: Fault, status: int
) -> None:
    server.platform.fail_next(fault)
    assert send(api, server, text={"body": "x"}).status_code == status
    assert send(api, server, text={"body": "x"}).status_code == 200
    assert len(siti.messages) == 1


def test_a_connection_can_break_after_the_message_was_taken(
    api: httpx.Client, server: WhatsAppServer, siti: Citizen
) -> None:
    server.platform.fail_next(Fault("cut"), Fault("cut", after_accepting=True))
    for arrived in ([], ["x"]):
        with pytest.raises(httpx.RemoteProtocolError):
            send(api, server, text={"body": "x"})
        assert siti.texts == arrived


def test_a_slow_answer_waits_for_the_gate(api: httpx.Client, server: WhatsAppServer, siti: Citizen) -> None:
    server.platform.fail_next(Fault("slow"))
    server.hold()
    with pytest.raises(httpx.ReadTimeout):
        api.post(
            f"/{server.platform.phone_number_id}/messages",
            json={"messaging_product": "whatsapp", "to": f"+{PHONE}", "type": "text", "text": {"body": "x"}},
            timeout=0.2,
        )
    server.release()
    assert siti.texts == ["x"]


# ── Webhooks ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_webhooks_are_signed_over_their_escaped_bytes(
    server: WhatsAppServer, siti: Citizen, receiver: Receiver
) -> None:
    siti.write("jalan rusak 😀 / é")
    server.webhooks.deliver()
    headers, body = receiver.requests[-1]
    assert headers["X-Hub-Signature-256"] == sign(server.platform.app_secret, body)
    assert body.isascii() and b"\\ud83d" in body and b"\\/" in body
    assert (
        receiver.bodies[-1]["entry"][0]["changes"][0]["value"]["messages"][0]["text"]["body"]
        == "jalan rusak 😀 / é"
    )


@pytest.mark.parametrize("signing", ["wrong", "missing"])
def test_a_signature_can_be_wrong_or_missing(
    server: WhatsAppServer, siti: Citizen, receiver: Receiver, signing: Any
) -> None:
    server.webhooks.signing = signing
    server.webhooks.deliver()
    headers, body = receiver.requests[-1]
    assert headers.get("X-Hub-Signature-256") != sign(server.platform.app_secret, body)


def test_a_webhook_is_sent_until_it_is_answered_200(
    server: WhatsAppServer, siti: Citizen, receiver: Receiver
) -> None:
    receiver.answers = [500, 404]
    assert [server.webhooks.deliver() for _ in range(4)] == [[500], [404], [200], []]
    assert len({body for _, body in receiver.requests}) == 1


def test_a_thread_delivers_and_tries_again_by_itself(
    server: WhatsAppServer, siti: Citizen, receiver: Receiver
) -> None:
    receiver.answers = [500, 500]
    arrived = threading.Event()
    server.webhooks.on_done = lambda notification: arrived.set()
    server.webhooks.start()
    assert arrived.wait(10)
    assert len(receiver.requests) == 3


def test_webhooks_can_come_together_twice_and_in_the_wrong_order(
    server: WhatsAppServer, siti: Citizen, receiver: Receiver
) -> None:
    siti.write("dua")
    server.webhooks.reverse()
    server.webhooks.merge()
    assert server.webhooks.deliver() == [200]
    server.webhooks.repeat()
    assert server.webhooks.deliver_together() == [200]
    messages = [entry["changes"][0]["value"]["messages"][0] for entry in receiver.bodies[0]["entry"]]
    assert [message["text"]["body"] for message in messages] == ["dua", "halo"]
    assert receiver.requests[0][1] == receiver.requests[1][1]


def test_statuses_climb_and_carry_our_tag(
    api: httpx.Client, server: WhatsAppServer, siti: Citizen, receiver: Receiver
) -> None:
    server.tells_statuses = True
    send(api, server, text={"body": "x"}, biz_opaque_callback_data="tag-1")
    siti.user.reads = True
    send(api, server, text={"body": "y"})
    server.webhooks.deliver()
    statuses = [body["entry"][0]["changes"][0]["value"]["statuses"][0] for body in receiver.bodies[1:]]
    assert [status["status"] for status in statuses] == ["sent", "delivered", "sent", "read"]
    assert [status.get("biz_opaque_callback_data") for status in statuses] == ["tag-1", "tag-1", None, None]
    assert all(status["recipient_user_id"] == USER_ID and "conversation" not in status for status in statuses)


def test_a_message_may_fail_after_it_was_accepted(
    api: httpx.Client, server: WhatsAppServer, siti: Citizen, receiver: Receiver, time: Time
) -> None:
    server.platform.tells_later = True
    time.now += 25 * 3600
    assert send(api, server, text={"body": "x"}).status_code == 200
    server.webhooks.deliver()
    value = receiver.bodies[-1]["entry"][0]["changes"][0]["value"]
    assert "contacts" not in value and "recipient_user_id" not in value["statuses"][0]
    assert value["statuses"][0]["errors"][0]["code"] == 131047
    assert siti.messages == []


@pytest.mark.parametrize(
    ("hiding", "fields"), [("omitted", {}), ("empty", {"from": ""}), ("user_id", {"from": USER_ID})]
)
def test_a_hidden_number_is_missing_in_three_ways(
    server: WhatsAppServer, hiding: Any, fields: dict[str, str]
) -> None:
    siti = server.citizen(PHONE, user_id=USER_ID, hides_phone=True)
    siti.hiding = hiding
    siti.write("halo")
    value = json.loads(server.webhooks.pending[-1].body)["entry"][0]["changes"][0]["value"]
    message = value["messages"][0]
    assert {name: message[name] for name in message if name == "from"} == fields
    assert message["from_user_id"] == value["contacts"][0]["user_id"] == USER_ID
    assert PHONE not in json.dumps(value)


def test_citizens_tap_what_they_see(api: httpx.Client, server: WhatsAppServer, siti: Citizen) -> None:
    send(api, server, **buttons("Ya", "Tidak"))
    siti.tap("Tidak")
    send(api, server, **rows(3))
    siti.pick("Baris")
    send(api, server, **LOCATION_REQUEST)
    siti.share_location(0.0, 106.8)
    bodies = [json.loads(each.body)["entry"][0]["changes"][0]["value"] for each in server.webhooks.pending]
    tapped, picked, shared = (value["messages"][0] for value in bodies[1:])
    assert tapped["interactive"] == {"type": "button_reply", "button_reply": {"id": "id1", "title": "Tidak"}}
    assert picked["interactive"]["list_reply"] == {"id": "0", "title": "Baris"}
    assert shared["location"] == {"latitude": 0.0, "longitude": 106.8}
    assert shared["context"]["id"] == siti.messages[-1].wamid


def test_a_new_number_is_told_without_contacts(server: WhatsAppServer, siti: Citizen) -> None:
    siti.change_number("6281299999999", user_id="ID.NEW")
    value = json.loads(server.webhooks.pending[-1].body)["entry"][0]["changes"][0]["value"]
    system = value["messages"][0]["system"]
    assert "contacts" not in value and value["messages"][0]["from"] == PHONE
    assert (system["wa_id"], system["user_id"], system["previous_user_id"]) == (
        "6281299999999",
        "ID.NEW",
        USER_ID,
    )


def test_errors_have_the_form_of_the_platform() -> None:
    error = ApiError(130429).body()["error"]
    assert (error["message"], error["code"]) == ("(#130429) Rate limit hit", 130429)
    assert ApiError(131047).in_status()["title"] == "Re-engagement message"
