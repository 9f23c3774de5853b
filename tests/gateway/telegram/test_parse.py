"""What each kind of update becomes."""

from dataclasses import asdict
from typing import Any

import pytest

from gateway.messages import InboundMessage, intent
from gateway.telegram.fields import Ignored, Malformed
from gateway.telegram.parse import callback_id, parse_update
from tests.gateway.telegram import updates
from tests.gateway.telegram.updates import (
    GROUP,
    PRIVATE,
    SITI,
    edited,
    membership,
    message,
    size,
    tapped,
    update,
)


def parsed(body: object) -> InboundMessage:
    incoming = parse_update(body)
    assert incoming.chat_id in (SITI, GROUP["id"])
    return incoming.message


def said(body: object) -> dict[str, Any]:
    """Return only those fields of a message that are not as by default."""
    plain = asdict(InboundMessage("telegram", "", "", ""))
    found = asdict(parsed(body))
    return {name: value for name, value in found.items() if value != plain[name] and name != "sequence"}


def test_a_text() -> None:
    incoming = parse_update(message(text=" lampu jalan mati\n"))
    assert incoming.chat_id == SITI
    assert incoming.message == InboundMessage(
        "telegram", "", "41", "lampu jalan mati", sequence=updates.NUMBER
    )


@pytest.mark.parametrize(
    ("text", "stand_in", "meant"),
    [
        ("/start", "[mulai]", "start"),
        ("/start from-the-website", "[mulai]", "start"),
        ("/lapor", "[lapor]", "file_complaint"),
        ("/LAPOR@AduanBot", "[lapor]", "file_complaint"),
        ("/status", "[status]", "check_status"),
        ("/batal", "[batal]", "cancel"),
        ("/batal semuanya", "[batal]", "cancel"),
        ("/bantuan", "[bantuan]", "ask_help"),
        ("/privasi", "[privasi]", "ask_privacy_difference"),
    ],
)
def test_a_command(text: str, stand_in: str, meant: str) -> None:
    assert said(message(text=text)) == {"message_id": "41", "text": stand_in, "parse_data": intent(meant)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/lapor lampu mati\ndi gang 3", "lampu mati\ndi gang 3"),
        ("/status JK2611240001 7KQM-4TXD", "status JK2611240001 7KQM-4TXD"),
    ],
)
def test_words_after_a_command_are_read(text: str, words: str) -> None:
    assert said(message(text=text)) == {"message_id": "41", "text": words}


@pytest.mark.parametrize("text", ['/inform{"kategori": "jalan"}', "/restart", "jalan /lapor", "/", "/lapor!"])
def test_no_other_slash_means_anything(text: str) -> None:
    assert said(message(text=text)) == {"message_id": "41", "text": text}


@pytest.mark.parametrize("mark", [{"forward_origin": {"type": "user"}}, {"forward_date": 1795600000}])
def test_a_forwarded_message_is_words_and_never_a_command(mark: dict[str, Any]) -> None:
    assert said(message(text="/start", **mark)) == {"message_id": "41", "text": "/start"}


def test_a_reply_is_a_text() -> None:
    assert said(message(text="ini", reply_to_message=updates.written(text="apa?"))) == {
        "message_id": "41",
        "text": "ini",
    }


def test_a_photo_is_its_largest_size_whatever_the_order() -> None:
    sizes = [size("S", 240, 320), size("L", 720, 960), size("M", 600, 800)]
    expected = {"message_id": "41", "text": "lubang", "attachments": ("L",)}
    assert said(message(photo=sizes, caption="lubang")) == expected
    assert said(message(photo=sizes)) == {**expected, "text": "[foto]"}


def test_a_photo_of_an_album() -> None:
    body = message(photo=[size("L", 9, 9)], media_group_id="14070696956143906")
    assert said(body) == {
        "message_id": "41",
        "text": "[foto]",
        "attachments": ("L",),
        "album": "14070696956143906",
    }


def test_a_picture_sent_as_a_document_is_a_photo() -> None:
    document = {"file_id": "D", "file_unique_id": "D", "mime_type": "image/jpeg", "file_name": "IMG.jpg"}
    assert said(message(document=document, caption="ini")) == {
        "message_id": "41",
        "text": "ini",
        "attachments": ("D",),
    }


def test_a_location() -> None:
    position = intent("give_location", position={"lat": -6.2, "lon": 106.8})
    point = {"latitude": -6.2, "longitude": 106.8, "horizontal_accuracy": 12.0}
    assert said(message(location=point)) == {"message_id": "41", "text": "[lokasi]", "parse_data": position}


def test_latitude_and_longitude_0_are_a_location() -> None:
    point = {"latitude": 0, "longitude": 0.0}
    assert parsed(message(location=point)).parse_data == intent(
        "give_location", position={"lat": 0.0, "lon": 0.0}
    )


def test_a_venue_is_its_place_and_its_name() -> None:
    point = {"latitude": -6.2, "longitude": 106.8}
    venue = {"location": point, "title": "Pasar Minggu", "address": "Jl. Raya Ragunan"}
    found = parsed(message(location=point, venue=venue))
    assert found.text == "Pasar Minggu, Jl. Raya Ragunan"
    assert found.parse_data == intent("give_location", position={"lat": -6.2, "lon": 106.8})


def test_of_a_live_location_only_the_first_point_counts() -> None:
    point = {"latitude": -6.2, "longitude": 106.8, "live_period": 900, "heading": 12}
    assert parsed(message(location=point)).text == "[lokasi]"
    with pytest.raises(Ignored, match="live location"):
        parse_update(edited(location=point))


@pytest.mark.parametrize(
    ("content", "notice"),
    [
        ({"voice": {"file_id": "V", "duration": 5}}, "voice"),
        ({"audio": {"file_id": "A", "duration": 5}}, "voice"),
        ({"video": {"file_id": "V"}, "caption": "lihat"}, "video"),
        ({"video_note": {"file_id": "V"}}, "video"),
        ({"animation": {"file_id": "G"}, "document": {"file_id": "G", "mime_type": "image/gif"}}, "video"),
        ({"sticker": {"file_id": "S", "emoji": "🤣"}}, "sticker"),
        ({"contact": {"phone_number": "62812", "first_name": "Siti", "user_id": SITI}}, "contact"),
        ({"contact": {"phone_number": "62813", "first_name": "Budi", "user_id": 1}}, "contact"),
        ({"document": {"file_id": "D", "mime_type": "application/pdf"}}, "document"),
        ({"document": {"file_id": "D"}}, "document"),
        ({"poll": {"id": "1", "question": "?"}}, "unsupported"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "unsupported"),
        ({"story": {}}, "unsupported"),
        ({"something_of_2027": {}}, "unsupported"),
        ({"text": "  "}, "unsupported"),
    ],
)
def test_what_cannot_be_read_is_answered_by_the_gateway(content: dict[str, Any], notice: str) -> None:
    assert said(message(**content)) == {"message_id": "41", "notice": f"utter_gateway_{notice}"}


def test_a_contact_gives_no_number_to_anybody() -> None:
    found = parsed(message(contact={"phone_number": "6281299", "first_name": "Budi", "user_id": 1}))
    assert "6281299" not in repr(found) and "Budi" not in repr(found)


def test_an_edit_replaces_what_it_edits() -> None:
    assert said(edited(text="lampu mati")) == {
        "message_id": f"edit:{updates.NUMBER}",
        "text": "lampu mati",
        "replaces": "41",
    }


def test_an_edited_caption_keeps_the_photo() -> None:
    found = parsed(edited(photo=[size("L", 9, 9)], caption="lubang besar"))
    assert (found.text, found.attachments, found.replaces) == ("lubang besar", ("L",), "41")


@pytest.mark.parametrize(
    "body",
    [
        edited(sticker={"file_id": "S"}),
        edited(text="sama", edit_date=None) | {},
        message(pinned_message=updates.written(text="x")),
        message(message_auto_delete_timer_changed={"message_auto_delete_time": 1}),
        message(text="halo", **{"from": updates.BOT}),
        membership(PRIVATE, "member", "kicked"),
        membership(PRIVATE, "kicked", "member"),
        membership(GROUP, "member", "left"),
        update("channel_post", updates.written(chat={"id": -100, "type": "channel"}, text="x")),
        update("message", updates.written(chat={"id": -100, "type": "channel"}, text="x")),
        update("edited_message", updates.written(chat=GROUP, text="x", edit_date=1)),
        update("message_reaction", {"chat": PRIVATE, "message_id": 41, "new_reaction": []}),
        update("inline_query", {"id": "1", "query": "x"}),
        update("something_of_2027", {}),
        tapped(message=updates.written(chat=GROUP)),
        tapped(message=None, inline_message_id="1234csdbsk4839"),
    ],
)
def test_what_nobody_waits_for_is_ignored(body: dict[str, Any]) -> None:
    inner = next(value for name, value in body.items() if name != "update_id")
    for name in [name for name, value in inner.items() if value is None]:
        del inner[name]
    with pytest.raises(Ignored) as caught:
        parse_update(body)
    assert not isinstance(caught.value, Malformed)


@pytest.mark.parametrize(
    "body",
    [
        update("message", updates.written(chat=GROUP, text="@AduanBot lampu mati")),
        update("message", updates.written(chat=GROUP | {"type": "group"}, photo=[size("L", 9, 9)])),
        membership(GROUP, "left", "member"),
        membership(GROUP, "left", "administrator"),
    ],
)
def test_a_group_is_told_once_and_nothing_of_it_is_kept(body: dict[str, Any]) -> None:
    assert said(body) == {"message_id": "group", "notice": "utter_gateway_group"}
    assert parse_update(body).chat_id == GROUP["id"]


def test_a_tap() -> None:
    assert said(tapped(data="Zk3_-token")) == {
        "message_id": "tap:666728699048485871",
        "button_token": "Zk3_-token",
    }


def test_a_tap_on_a_message_too_old_to_be_shown() -> None:
    inaccessible = {"message_id": 40, "chat": PRIVATE, "date": 0}
    assert parsed(tapped(data="token", message=inaccessible)).button_token == "token"


@pytest.mark.parametrize("data", ["/inform{}", "x" * 64, "\x00", "", None, 7])
def test_data_that_is_no_token_is_an_old_button(data: object) -> None:
    assert parsed(tapped(data=data)).button_token == "-"


def test_every_tap_is_to_be_confirmed_even_one_that_is_ignored() -> None:
    assert callback_id(tapped(inline_message_id="1", data="x")) == "666728699048485871"
    for other in (message(text="x"), None, [], {"callback_query": 1}, tapped(id=7), tapped(id="../getMe")):
        assert callback_id(other) is None


def test_words_are_cut_and_cleaned_for_every_database() -> None:
    assert parsed(message(text="a\x00b\ud800" + "x" * 5000)).text == "ab?" + "x" * 4093


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "x",
        {},
        {"update_id": "1", "message": {}},
        {"update_id": True, "message": {}},
        {"update_id": 2**70, "message": {}},
        update("message", None),
        update("message", []),
        update("message", {}),
        update("message", {"chat": {"type": "private"}, "message_id": 1, "text": "x"}),
        update("message", {"chat": {"type": "private", "id": "1"}, "message_id": 1, "text": "x"}),
        update("message", {"chat": PRIVATE, "text": "x"}),
        message(location={}),
        message(location=7),
        message(location={"latitude": 91, "longitude": 0}),
        message(location={"latitude": float("nan"), "longitude": 0}),
        message(location={"latitude": True, "longitude": 0}),
        message(location={"latitude": "0", "longitude": 0}),
        message(photo=[]),
        message(photo={}),
        message(photo=["x"]),
        message(photo=[{"file_id": "L"}]),
        message(photo=[size("../../getMe", 9, 9)]),
        message(document={"mime_type": "image/png"}),
        tapped(id=""),
        tapped(id=None),
        tapped(message=7),
        update("my_chat_member", {"chat": GROUP}),
    ],
)
def test_what_is_out_of_specification_is_malformed_and_nothing_worse(body: object) -> None:
    with pytest.raises(Malformed):
        parse_update(body)
