"""Whole conversations over HTTP: citizen, platform, webhook, gateway, Rasa's stand-in, and back to the telephone."""

import asyncio
import io
import itertools
import json
import logging
import random
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from gateway.capabilities import CAPABILITIES
from gateway.messages import LOCATION_TEXT, intent
from gateway.whatsapp.wamids import key_of
from tests.gateway.rasa_stand_in import StandIn, says
from tests.gateway.whatsapp.bodies import PHONE, USER_ID
from tests.gateway.whatsapp.conftest import Line
from tests.servers.whatsapp_citizen import Citizen, choices_of
from tests.servers.whatsapp_server import WhatsAppServer

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def picture() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "gray").save(content, "JPEG")
    return content.getvalue()


def offering(*titles: str, **more: Any) -> dict[str, Any]:
    buttons = [{"title": title, "payload": f'/change_answer{{"answer": "{title}"}}'} for title in titles]
    return says("Pilih satu", draft_open=True, buttons=buttons, **more)


async def test_a_message_is_answered_read_and_forgotten(line: Line, siti: Citizen, rasa: StandIn) -> None:
    wamid = siti.write("jalan rusak di depan SDN 05")
    await line.exchange()
    assert siti.texts == ["echo: jalan rusak di depan SDN 05"]
    assert line.meta.platform.read == [wamid]
    (request,) = rasa.executed
    assert request["channel"] == "whatsapp"
    assert request["message_id"] == key_of(wamid)
    assert await line.gateway.outbox.waiting(request["conversation_id"]) == []


async def test_two_answers_arrive_as_one_message(line: Line, siti: Citizen, rasa: StandIn) -> None:
    rasa.answer = lambda _: says("satu", "dua")
    siti.write("halo")
    await line.exchange()
    assert siti.texts == ["satu\n\ndua"]


# ── Buttons, lists, places ─────────────────────────────────────────────────────────────────────────────────────────


async def test_a_tap_is_what_its_button_meant(line: Line, siti: Citizen, rasa: StandIn) -> None:
    rasa.answer = lambda _: offering("Ya, kirim", "Ubah")
    siti.write("halo")
    await line.exchange()
    siti.tap("Ubah")
    await line.exchange()
    assert rasa.executed[-1]["parse_data"] == intent("change_answer", answer="Ubah")
    assert rasa.executed[-1]["text"] == "Ubah"
    assert "change_answer" not in json.dumps([sent.body for sent in siti.messages])


async def test_a_tap_on_an_old_button_is_answered_without_rasa(
    line: Line, siti: Citizen, rasa: StandIn
) -> None:
    rasa.answer = lambda _: offering("Ya", "Tidak")
    siti.write("halo")
    await line.exchange()
    siti.tap("Ya")
    siti.tap("Tidak")
    await line.exchange()
    assert len(rasa.executed) == 2
    assert siti.texts[-1] == "tombol lama"


async def test_a_list_is_picked_from(line: Line, siti: Citizen, rasa: StandIn) -> None:
    rasa.answer = lambda _: offering(*[f"Kelurahan {at}" for at in range(8)])
    siti.write("halo")
    await line.exchange()
    assert siti.messages[0].body["interactive"]["type"] == "list"
    siti.pick("Kelurahan 6")
    await line.exchange()
    assert rasa.executed[-1]["parse_data"] == intent("change_answer", answer="Kelurahan 6")


async def test_what_fits_no_list_is_answered_by_number(line: Line, siti: Citizen, rasa: StandIn) -> None:
    rasa.answer = lambda _: offering(*[f"Pilihan ke-{at} dengan judul yang panjang" for at in range(1, 4)])
    siti.write("halo")
    await line.exchange()
    assert choices_of(siti.messages[0].body) == []
    siti.write("2")
    await line.exchange()
    assert rasa.executed[-1]["parse_data"]["entities"][0]["value"].startswith("Pilihan ke-2")


async def test_the_place_is_asked_for_and_shared(line: Line, siti: Citizen, rasa: StandIn) -> None:
    rasa.answer = lambda _: says("Di mana?", draft_open=True, custom={"ask": "location"})
    siti.write("jalan rusak")
    await line.exchange()
    assert siti.messages[0].body["interactive"]["type"] == "location_request_message"
    siti.share_location(-6.2, 106.8)
    await line.exchange()
    assert rasa.executed[-1]["parse_data"] == intent("give_location", position={"lat": -6.2, "lon": 106.8})
    assert rasa.executed[-1]["text"] == LOCATION_TEXT


@pytest.mark.parametrize("words", [4, 300, 1000])
async def test_no_answer_breaks_a_limit_of_the_platform(
    line: Line, siti: Citizen, rasa: StandIn, words: int
) -> None:
    for count, length in itertools.product((1, 3, 5, 10, 14), (5, 20, 24, 40)):
        titles = [f"{at:x}".rjust(length, "x") for at in range(count)]
        buttons = [{"title": title, "payload": "/affirm"} for title in titles]
        answer = says("kata " * words, buttons=buttons, custom={"ask": "location"})
        rasa.answer = lambda _, answer=answer: answer  # type: ignore[misc]
        siti.user.received.clear()
        siti.write("halo")
        await line.exchange(seconds=60)
        assert {call.status for call in line.meta.platform.calls} == {200}
        assert " ".join(siti.texts).count("kata") == words
        shown = [choice["title"] for sent in siti.messages for choice in choices_of(sent.body)]
        assert shown == titles or all(title in "\n".join(siti.texts) for title in titles)


# ── Photos and what Aduan cannot read ──────────────────────────────────────────────────────────────────────────────


async def test_a_photo_is_fetched_cleaned_and_kept(line: Line, siti: Citizen, rasa: StandIn) -> None:
    siti.send_photo(picture(), caption="lampu mati di Jl. Melati")
    await line.exchange()
    (request,) = rasa.executed
    assert request["text"] == "lampu mati di Jl. Melati"
    (photo,) = [entity["value"] for entity in request["parse_data"]["entities"]]
    assert request["parse_data"]["intent"]["name"] == "send_photo"
    assert (line.gateway.settings.media / photo).is_file()


async def test_photos_sent_together_are_answered_once(line: Line, siti: Citizen, rasa: StandIn) -> None:
    for _ in range(4):
        siti.send_photo(picture())
    await line.exchange()
    (request,) = rasa.executed
    assert len(request["parse_data"]["entities"]) == 4
    siti.send_photo(picture())
    await line.exchange()
    assert len(rasa.executed) == 2


async def test_a_photo_that_is_none_is_said_to_be_none(line: Line, siti: Citizen, rasa: StandIn) -> None:
    siti.send_photo(b"no picture")
    await line.exchange()
    assert siti.texts == ["bukan foto"]
    assert rasa.executed == []


async def test_a_photo_that_is_too_large_is_said_to_be(
    line: Line, siti: Citizen, rasa: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = replace(CAPABILITIES["whatsapp"], photo_limit=100)
    monkeypatch.setitem(CAPABILITIES, "whatsapp", small)
    monkeypatch.setattr("gateway.whatsapp.client.PHOTO_LIMIT", 100)
    siti.send_photo(picture())
    await line.exchange()
    assert siti.texts == ["foto terlalu besar"]


async def test_a_photo_waits_while_the_platform_is_away(line: Line, siti: Citizen, rasa: StandIn) -> None:
    siti.send_photo(picture())
    files = line.meta.platform.files
    (media_id,) = files.media
    hidden, line.meta.platform.token = line.meta.platform.token, "renewed"
    await line.exchange()
    assert rasa.executed == []
    line.meta.platform.token = hidden
    await line.exchange(seconds=700)
    assert len(rasa.executed) == 1 and media_id in files.media
    assert siti.texts[-1] == "intent send_photo"


@pytest.mark.parametrize(
    ("kind", "mime_type", "answer"),
    [
        ("audio", "audio/ogg; codecs=opus", "suara"),
        ("video", "video/mp4", "video"),
        ("sticker", "image/webp", "stiker"),
        ("document", "application/pdf", "berkas"),
    ],
)
async def test_files_aduan_cannot_read_are_answered_without_rasa(
    line: Line, siti: Citizen, rasa: StandIn, kind: str, mime_type: str, answer: str
) -> None:
    siti.send_file(kind, b"x", mime_type)
    await line.exchange()
    assert siti.texts == [answer]
    assert rasa.executed == []


async def test_the_words_under_a_video_are_answered_as_words(
    line: Line, siti: Citizen, rasa: StandIn
) -> None:
    siti.send_file("video", b"x", "video/mp4", caption="banjir di Jl. Melati")
    await line.exchange()
    assert siti.texts == ["video", "echo: banjir di Jl. Melati"]


@pytest.mark.parametrize("kind", ["reaction", "revoke"])
async def test_reactions_are_not_answered(line: Line, siti: Citizen, rasa: StandIn, kind: str) -> None:
    siti.send(kind, **{kind: {"message_id": "wamid.1"}})
    await line.exchange()
    assert siti.texts == [] and rasa.executed == []


async def test_an_opened_chat_is_greeted(line: Line, siti: Citizen, rasa: StandIn) -> None:
    siti.send("request_welcome")
    await line.exchange()
    assert rasa.executed[0]["parse_data"] == intent("start")
    assert siti.texts == ["intent start"]


async def test_an_edit_of_the_last_answer_replaces_it(line: Line, siti: Citizen, rasa: StandIn) -> None:
    rasa.answer = lambda message: says(f"echo: {message['text']}", draft_open=True)
    wamid = siti.write("Jl. Mawar 5")
    await line.exchange()
    siti.edit(wamid, "Jl. Mawar 15")
    await line.exchange()
    (conversation,) = rasa.turns
    assert [turn.request["text"] for turn in rasa.turns[conversation]] == ["Jl. Mawar 15"]
    siti.write("ya")
    await line.exchange()
    siti.edit(wamid, "Jl. Mawar 25")
    await line.exchange()
    assert siti.texts[-1] == "sunting terlambat"


async def test_an_edit_of_what_still_waits_is_in_it(line: Line, siti: Citizen, rasa: StandIn) -> None:
    wamid = siti.write("Jl. Mawar 5")
    siti.edit(wamid, "Jl. Mawar 15")
    await line.exchange()
    assert rasa.texts == ["Jl. Mawar 15"]


# ── Deliveries as they come ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("seed", range(6))
async def test_however_they_come_messages_are_answered_once_and_in_order(
    line: Line, siti: Citizen, rasa: StandIn, seed: int
) -> None:
    chance = random.Random(seed)
    budi = line.meta.citizen(user_id="ID.BUDI1")
    said = [f"pesan {at}" for at in range(8)]
    for words in said:
        for citizen in (siti, budi):
            citizen.write(f"{words} dari {citizen.user.phone}")
        line.clock.move(seconds=1)
    webhooks = line.meta.webhooks
    chance.shuffle(webhooks.pending)
    if seed % 2:
        webhooks.merge()
    await line.deliver()
    webhooks.repeat()
    chance.shuffle(webhooks.pending)
    assert set(await line.deliver()) == {200}
    await line.exchange()
    for citizen in (siti, budi):
        expected = [f"{words} dari {citizen.user.phone}" for words in said]
        assert [text for text in rasa.texts if text.endswith(citizen.user.phone)] == expected
        assert citizen.texts == [f"echo: {words}" for words in expected]
    webhooks.repeat()
    await line.exchange()
    assert len(rasa.executed) == 16


async def test_deliveries_at_the_same_time_are_all_kept(line: Line, rasa: StandIn) -> None:
    citizens = [line.meta.citizen(user_id=f"ID.WARGA{at}") for at in range(20)]
    for citizen in citizens:
        citizen.write("halo")
    answers = await asyncio.to_thread(line.meta.webhooks.deliver_together)
    assert answers == [200] * 20
    await line.exchange()
    assert all(citizen.texts == ["echo: halo"] for citizen in citizens)


async def test_while_the_store_is_away_the_platform_keeps_the_message(
    line: Line, siti: Citizen, rasa: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: Any, **__: Any) -> None:
        raise OSError("disk full")

    siti.write("jalan rusak")
    with monkeypatch.context() as patched:
        patched.setattr(line.gateway.store, "write", away)
        assert await line.deliver() == [500]
    await line.exchange()
    assert siti.texts == ["echo: jalan rusak"]


async def test_a_forged_webhook_is_nobodys_message(line: Line, siti: Citizen, rasa: StandIn) -> None:
    siti.write("jalan rusak")
    for signing in ("wrong", "missing"):
        line.meta.webhooks.signing = signing  # type: ignore[assignment]
        assert await line.deliver() == [401]
    await line.gateway.settle()
    assert rasa.executed == []


# ── Who it is ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("hiding", ["omitted", "empty", "user_id"])
async def test_who_hides_the_number_is_answered_by_the_other_id(
    line: Line, rasa: StandIn, hiding: Any
) -> None:
    budi = line.meta.citizen(user_id="ID.BUDI1", hides_phone=True)
    budi.hiding = hiding
    budi.write("halo")
    await line.exchange()
    assert budi.texts == ["echo: halo"]
    assert budi.messages[0].body["recipient"] == "ID.BUDI1"


async def test_a_citizen_of_before_2026_is_answered_by_number(line: Line, rasa: StandIn) -> None:
    budi = line.meta.citizen("6281200000099")
    budi.write("halo")
    await line.exchange()
    assert budi.messages[0].body["to"] == "+6281200000099"


async def test_a_conversation_goes_on_when_the_other_id_appears_and_the_number_disappears(
    line: Line, meta: WhatsAppServer, rasa: StandIn
) -> None:
    budi = meta.citizen("6281200000099")
    budi.write("satu")
    await line.exchange()
    budi.user.user_id = "ID.BUDI1"
    budi.write("dua")
    await line.exchange()
    budi.user.hides_phone = True
    budi.write("tiga")
    await line.exchange()
    assert len(rasa.turns) == 1
    assert budi.texts == ["echo: satu", "echo: dua", "echo: tiga"]
    assert ["to" in sent.body for sent in budi.messages] == [True, False, False]


@pytest.mark.parametrize("new_user_id", ["ID.SITI2", None])
async def test_a_new_number_goes_on_and_the_old_one_begins_anew(
    line: Line, meta: WhatsAppServer, rasa: StandIn, new_user_id: str | None
) -> None:
    siti = meta.citizen(PHONE, user_id=USER_ID if new_user_id else None)
    siti.write("satu")
    await line.exchange()
    siti.change_number("6281299999999", new_user_id)
    await line.exchange()
    siti.write("dua")
    await line.exchange()
    assert len(rasa.turns) == 1
    assert siti.texts == ["echo: satu", "echo: dua"]
    stranger = meta.citizen(PHONE, user_id="ID.STRANGER")
    stranger.write("tiga")
    (moved,) = [each for each in meta.webhooks.done if b"user_changed_number" in each.body]
    meta.webhooks.add_bytes(moved.body)
    await line.exchange()
    assert stranger.texts == ["echo: tiga"]
    assert len(rasa.turns) == 2
    siti.write("empat")
    await line.exchange()
    assert len(rasa.turns) == 2 and siti.texts[-1] == "echo: empat"


# ── Nothing of the citizen stays ───────────────────────────────────────────────────────────────────────────────────


async def test_no_number_name_or_word_is_in_database_or_log(
    line: Line, siti: Citizen, rasa: StandIn, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    siti.write("rahasiaku di Jl. Melati")
    siti.send_photo(picture())
    siti.write("/bantuan")
    await line.exchange()
    siti.change_number("6281299999999", "ID.SITI2")
    siti.write("lagi di sini")
    await line.exchange()
    await line.exchange(seconds=600)
    assert len(siti.texts) == 4
    dumped = "\n".join(sqlite3.connect(tmp_path / "gateway.db").iterdump())
    rasa_knows = json.dumps(
        [(request["conversation_id"], request["message_id"]) for request in rasa.executed]
    )
    ids = [PHONE, USER_ID, "6281299999999", "ID.SITI2", "Siti", *siti.user.wrote]
    ids += [sent.wamid for sent in siti.messages]
    ours = [record for record in caplog.records if record.name.startswith("gateway")]
    logged = "\n".join(record.getMessage() for record in ours)
    for secret in [*ids, "rahasiaku", "lagi di sini", line.meta.platform.token]:
        assert secret not in dumped, secret
        assert secret not in logged, secret
        assert secret not in rasa_knows, secret
