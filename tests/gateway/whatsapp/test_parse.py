"""Webhooks' bodies become events: every kind of message, every way a number can be missing, every oddity seen."""

import json
import logging
from typing import Any

import pytest

from gateway import texts
from gateway.messages import LOCATION_TEXT, PHOTO_TEXT, InboundMessage, intent
from gateway.whatsapp.events import IdentityChange, Received, Status
from gateway.whatsapp.parse import Malformed, parse_webhook
from gateway.whatsapp.sender import Sender
from gateway.whatsapp.wamids import key_of
from tests.gateway.whatsapp.bodies import NUMBER, PHONE, USER_ID, message, text, value_of, webhook

MEDIA = {
    "id": "1003383421387256",
    "mime_type": "image/jpeg",
    "sha256": "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=",
}


def parse(*messages: dict[str, Any]) -> list[Any]:
    return parse_webhook(webhook(value_of(*messages)), NUMBER)


def only(*messages: dict[str, Any]) -> InboundMessage:
    (event,) = parse(*messages)
    assert isinstance(event, Received)
    return event.message


def test_a_text_is_what_the_citizen_said() -> None:
    said = only(text("  Jalan di depan SDN 05 berlubang\n"))
    assert said.text == "Jalan di depan SDN 05 berlubang"
    assert (said.channel, said.sequence) == ("whatsapp", 1764039600)
    assert said.parse_data is None and said.notice is None and said.from_citizen


def test_message_ids_are_digests_because_the_platforms_hold_the_number() -> None:
    said = only(text("halo", wamid="wamid.HBgNNjI4MTIwMDAwMDAwMQ=="))
    assert said.message_id == key_of("wamid.HBgNNjI4MTIwMDAwMDAwMQ==")
    assert said.message_id == only(text("halo", wamid="wamid.HBgNNjI4MTIwMDAwMDAwMQ==")).message_id
    assert "HBgN" not in said.message_id and len(said.message_id) == 32


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("\u0000", None),
        (" \n ", None),
        (None, None),
        (7, None),
        ("a\u0000b", "ab"),
        ("jalan \ud83d rusak", "jalan  rusak"),
        ("x" * 5000, "x" * 4096),
    ],
)
def test_words_are_cleaned_and_a_text_without_any_is_answered(body: Any, words: str | None) -> None:
    said = only(message("text", text={"body": body}))
    assert said.text == (words or "")
    assert said.notice == (None if words else texts.UNSUPPORTED)


def test_a_command_of_the_menu_becomes_an_intent_and_other_slashes_stay_words() -> None:
    assert only(text("/bantuan")).parse_data == intent("ask_help")
    assert only(text("/inform{}")).parse_data is None


@pytest.mark.parametrize("kind", ["button_reply", "list_reply"])
def test_a_tap_carries_the_token_of_the_button(kind: str) -> None:
    said = only(message("interactive", interactive={"type": kind, kind: {"id": "Zk3_a-9", "title": "Ya"}}))
    assert (said.button_token, said.text) == ("Zk3_a-9", "")


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"interactive": {"type": "button_reply"}},
        {"interactive": {"type": "button_reply", "button_reply": {"id": "/choose_privacy{}", "title": "x"}}},
        {"interactive": {"type": "button_reply", "button_reply": {"id": "a" * 200, "title": "x"}}},
        {"interactive": {"type": "nfm_reply", "nfm_reply": {"response_json": "{}"}}},
    ],
)
def test_a_tap_on_nothing_of_ours_is_looked_up_in_vain(fields: dict[str, Any]) -> None:
    assert only(message("interactive", **fields)).button_token == "-"


def test_a_tap_seen_in_the_wild_comes_with_an_error_and_without_its_button() -> None:
    value = {
        **value_of(message("interactive")),
        "errors": [{"code": 131000, "title": "Something went wrong"}],
    }
    (event,) = parse_webhook(webhook(value), NUMBER)
    assert event.message.button_token == "-"


def test_a_templates_button_is_what_it_says() -> None:
    assert only(message("button", button={"payload": "x", "text": "Lihat status"})).text == "Lihat status"
    assert only(message("button", button={"payload": "x"})).button_token == "-"


@pytest.mark.parametrize(("lat", "lon"), [(-6.2, 106.8), (0.0, 106.8), (-6, 0)])
def test_a_place_is_a_position_also_on_the_equator(lat: float, lon: float) -> None:
    said = only(message("location", location={"latitude": lat, "longitude": lon}))
    assert said.parse_data == intent("give_location", position={"lat": float(lat), "lon": float(lon)})
    assert said.text == LOCATION_TEXT


def test_a_chosen_place_brings_its_name() -> None:
    place = {
        "latitude": -6.2,
        "longitude": 106.8,
        "name": "Pasar Minggu",
        "address": "Jl. Raya 1",
        "url": "https://x",
    }
    assert only(message("location", location=place)).text == "Pasar Minggu, Jl. Raya 1"


@pytest.mark.parametrize("lat", [None, "-6.2", True, 91, float("nan"), float("inf")])
def test_a_place_that_is_not_on_earth_is_one_we_cannot_read(lat: Any) -> None:
    assert only(message("location", location={"latitude": lat, "longitude": 0})).notice == texts.UNSUPPORTED


def test_a_photo_is_fetched_later_and_its_caption_is_what_was_said() -> None:
    said = only(message("image", image={**MEDIA, "caption": "lampu mati", "url": "https://evil.example/x"}))
    assert (said.text, said.attachments) == ("lampu mati", (MEDIA["id"],))
    assert only(message("image", image=MEDIA)).text == PHOTO_TEXT


def test_photos_that_come_together_belong_together() -> None:
    first, second = parse(
        message("image", image=MEDIA), message("image", "wamid.2", image={**MEDIA, "id": "2"})
    )
    assert first.message.album == second.message.album is not None


def test_a_document_that_is_a_picture_is_a_photo() -> None:
    said = only(message("document", document={**MEDIA, "mime_type": "image/png", "filename": "IMG.png"}))
    assert said.attachments == (MEDIA["id"],)


@pytest.mark.parametrize("reference", [None, "", 5, "../me", "a" * 300])
def test_a_photo_without_a_usable_id_is_rejected(reference: Any) -> None:
    assert only(message("image", image={**MEDIA, "id": reference})).notice == texts.PHOTO_REJECTED


@pytest.mark.parametrize(
    ("kind", "fields", "notice"),
    [
        ("document", {"document": {**MEDIA, "mime_type": "application/pdf"}}, texts.DOCUMENT),
        ("video", {"video": {**MEDIA, "mime_type": "video/mp4"}}, texts.VIDEO),
        ("audio", {"audio": {**MEDIA, "voice": True}}, texts.VOICE),
        ("audio", {"audio": MEDIA}, texts.VOICE),
        ("sticker", {"sticker": {**MEDIA, "animated": True}}, texts.STICKER),
        ("contacts", {"contacts": [{"name": {"formatted_name": "Budi"}}]}, texts.CONTACT),
        ("order", {"order": {"catalog_id": "1", "product_items": []}}, texts.UNSUPPORTED),
        (
            "unsupported",
            {"errors": [{"code": 131051}], "unsupported": {"type": "poll_creation"}},
            texts.UNSUPPORTED,
        ),
        ("unsupported", {"errors": [{"code": 131060}]}, texts.UNSUPPORTED),
        ("unsupported", {"errors": [{"code": 131051}], "unsupported": {"type": "edit"}}, texts.EDIT_TOO_LATE),
        ("hologram", {}, texts.UNSUPPORTED),
        (None, {}, texts.UNSUPPORTED),
    ],
)
def test_what_aduan_cannot_read_is_answered_by_a_sentence(
    kind: str, fields: dict[str, Any], notice: str
) -> None:
    said = only(message(kind, **fields))
    assert (said.notice, said.text, said.attachments) == (notice, "", ())


@pytest.mark.parametrize("kind", ["video", "document"])
def test_words_beside_what_cannot_be_looked_at_are_heard(kind: str) -> None:
    media = {**MEDIA, "mime_type": "video/mp4", "caption": "air meluap di Jl. Melati"}
    notice, words = (event.message for event in parse(message(kind, **{kind: media})))
    assert notice.notice and words.notice is None
    assert words.text == "air meluap di Jl. Melati"
    assert notice.message_id != words.message_id


def test_an_opened_chat_is_greeted() -> None:
    said = only(message("request_welcome"))
    assert said.parse_data == intent("start")
    assert not said.from_citizen


def test_an_edit_names_what_it_replaces() -> None:
    changed = {"type": "text", "text": {"body": "Jl. Mawar 5"}}
    said = only(message("edit", "wamid.2", edit={"original_message_id": "wamid.1", "message": changed}))
    assert (said.text, said.replaces) == ("Jl. Mawar 5", key_of("wamid.1"))


def test_an_edited_caption_is_an_edit_too() -> None:
    changed = {"type": "image", "image": {"caption": "lampu mati", "id": "5"}}
    assert (
        only(message("edit", edit={"original_message_id": "wamid.1", "message": changed})).text
        == "lampu mati"
    )


@pytest.mark.parametrize(
    "edit", [None, {}, {"original_message_id": "wamid.1"}, {"message": {"type": "text"}}]
)
def test_an_edit_that_does_not_say_what_is_told_how_to_change_an_answer(edit: Any) -> None:
    assert only(message("edit", edit=edit)).notice == texts.EDIT_TOO_LATE


@pytest.mark.parametrize(
    "given",
    [
        message("reaction", reaction={"message_id": "wamid.0", "emoji": "👍"}),
        message("reaction", reaction={"message_id": "wamid.0"}),
        message("revoke", revoke={"original_message_id": "wamid.0"}),
        message("system", system={"type": "customer_identity_changed", "body": "x"}),
        text("halo semua", group_id="Y2FwaV9ncm91cA=="),
    ],
    ids=["reaction", "reaction taken back", "message taken back", "system", "group"],
)
def test_what_nobody_expects_an_answer_to_is_left_alone(given: dict[str, Any]) -> None:
    assert parse(given) == []


# ── Who it is ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("fields", "contact", "sender"),
    [
        ({"from": PHONE}, {"wa_id": PHONE}, Sender(None, PHONE)),
        (
            {"from": PHONE, "from_user_id": USER_ID},
            {"wa_id": PHONE, "user_id": USER_ID},
            Sender(USER_ID, PHONE),
        ),
        ({"from": PHONE}, {"wa_id": PHONE, "user_id": USER_ID}, Sender(USER_ID, PHONE)),
        ({"from": None, "from_user_id": USER_ID}, {"user_id": USER_ID}, Sender(USER_ID, None)),
        ({"from": "", "from_user_id": USER_ID}, {"user_id": USER_ID, "wa_id": ""}, Sender(USER_ID, None)),
        ({"from": USER_ID}, {"user_id": USER_ID}, Sender(USER_ID, None)),
        ({"from": None}, {"user_id": USER_ID}, Sender(USER_ID, None)),
        ({"from": "+" + PHONE}, {}, Sender(None, PHONE)),
    ],
    ids=["number", "both", "id beside", "omitted", "empty", "id as number", "contact only", "plus"],
)
def test_who_wrote_is_found_however_the_number_is_missing(
    fields: dict[str, Any], contact: dict[str, Any], sender: Sender
) -> None:
    value = {"contacts": [contact], "messages": [text("halo", **fields)]}
    (event,) = parse_webhook(webhook(value), NUMBER)
    assert event.sender == sender


def test_the_id_that_lasts_comes_first() -> None:
    assert Sender(USER_ID, PHONE).platform_ids == (USER_ID.encode(), PHONE.encode())


def test_in_a_batch_everybody_keeps_their_own_ids() -> None:
    others = [("628120000010", "ID.AAA1"), ("628120000020", "ID.BBB2")]
    contacts = [{"wa_id": phone, "user_id": user_id} for phone, user_id in others]
    messages = [text("halo", wamid=f"wamid.{phone}", **{"from": phone}) for phone, _ in others]
    events = parse_webhook(webhook({"contacts": contacts, "messages": messages}), NUMBER)
    assert [event.sender for event in events] == [Sender(user_id, phone) for phone, user_id in others]


def test_two_contacts_give_no_id_to_a_message_without_any(caplog: pytest.LogCaptureFixture) -> None:
    contacts = [{"user_id": "ID.AAA1"}, {"user_id": "ID.BBB2"}]
    value = {"contacts": contacts, "messages": [text("rahasia", **{"from": None})]}
    assert parse_webhook(webhook(value), NUMBER) == []
    assert "without sender" in caplog.text and "rahasia" not in caplog.text


@pytest.mark.parametrize(
    ("kind", "system", "old", "new"),
    [
        ("user_changed_number", {"wa_id": "6281299"}, Sender(None, PHONE), Sender(None, "6281299")),
        (
            "user_changed_number",
            {"wa_id": "6281299", "user_id": "ID.NEW", "previous_user_id": USER_ID},
            Sender(USER_ID, PHONE),
            Sender("ID.NEW", "6281299"),
        ),
        (
            "user_changed_user_id",
            {"user_id": "ID.NEW", "previous_user_id": USER_ID},
            Sender(USER_ID, PHONE),
            Sender("ID.NEW", None),
        ),
    ],
)
def test_a_changed_number_says_from_what_to_what(
    kind: str, system: dict[str, Any], old: Sender, new: Sender
) -> None:
    body = {"body": "User Siti changed", "type": kind, **system}
    events = parse_webhook(webhook({"messages": [message("system", system=body)]}), NUMBER)
    assert events == [IdentityChange(old, new)]


def test_a_change_that_does_not_say_to_what_is_noted_without_names(caplog: pytest.LogCaptureFixture) -> None:
    body = {"body": "User Siti changed", "type": "user_changed_number"}
    assert parse_webhook(webhook({"messages": [message("system", system=body)]}), NUMBER) == []
    assert "change of number" in caplog.text and "Siti" not in caplog.text


# ── Statuses, batches, what is not for us ──────────────────────────────────────────────────────────────────────────


def test_statuses_tell_how_far_our_messages_got() -> None:
    failed = {"id": "wamid.9", "status": "failed", "timestamp": "1", "errors": [{"code": 131047}]}
    read = {"id": "wamid.8", "status": "read", "timestamp": "1", "biz_opaque_callback_data": "a1b2"}
    events = parse_webhook(webhook({"statuses": [failed, read]}), NUMBER)
    assert events == [
        Status(key_of("wamid.9"), None, "failed", 131047),
        Status(key_of("wamid.8"), "a1b2", "read"),
    ]


def test_a_batch_is_read_to_its_end_in_its_order() -> None:
    first = value_of(text("satu"), text("dua", wamid="wamid.2"))
    second = {**value_of(text("tiga", wamid="wamid.3")), "statuses": [{"id": "wamid.9", "status": "sent"}]}
    events = parse_webhook(webhook(first, second), NUMBER)
    assert [event.message.text for event in events if isinstance(event, Received)] == ["satu", "dua", "tiga"]
    assert isinstance(events[-1], Status)


@pytest.mark.parametrize(
    "body",
    [
        webhook(value_of(text("halo")), field="user_preferences"),
        webhook(value_of(text("halo")), number="1"),
        b"{}",
        b'{"entry": null}',
        b'{"entry": [1, {"changes": 5}, {"changes": [null, {"field": "messages"}]}]}',
        webhook({"messages": [1, None], "statuses": "x", "contacts": 7}),
        webhook({"errors": [{"code": 130429, "title": "Rate limit hit"}]}),
    ],
)
def test_what_is_not_for_us_is_no_event(body: bytes) -> None:
    assert parse_webhook(body, NUMBER) == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_object_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        parse_webhook(body, NUMBER)


def test_one_unreadable_message_costs_no_other(caplog: pytest.LogCaptureFixture) -> None:
    broken = [text("a", wamid=None), text("b", wamid=7), {}, {"type": 5}]
    events = parse_webhook(webhook(value_of(*broken, text("halo"))), NUMBER)
    assert [event.message.text for event in events] == ["halo"]


def test_logs_hold_nothing_of_the_citizen(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    hidden = {"contacts": [{"profile": {"name": "Siti"}}], "messages": [text("rahasia", **{"from": None})]}
    parse_webhook(webhook(hidden, value_of(text("rahasia", group_id="g"))), NUMBER)
    assert caplog.records
    assert not any(word in caplog.text for word in ("rahasia", "Siti", PHONE))


def test_bytes_with_escaped_letters_are_read_as_meta_sends_them() -> None:
    body = webhook(value_of(text("jalan rusak 😀 é")))
    assert json.loads(body) and b"\\u" in body
    assert parse_webhook(body, NUMBER)[0].message.text == "jalan rusak 😀 é"
