"""What messages become on each channel, by the table of capabilities."""

from pathlib import Path

import pytest
import yaml

from gateway.capabilities import CAPABILITIES, PUSHING
from gateway.delivery.client import Fitted
from gateway.delivery.fit import Fitter
from gateway.delivery.split import split_text
from gateway.settings import ROOT
from gateway.store.delivery import DOUBTFUL, WAITING, Letter
from gateway.texts import Texts
from tests.gateway.conftest import DOMAIN, NEWS_STATUSES


@pytest.fixture
def fit(tmp_path: Path):  # type: ignore[no-untyped-def]
    domain = tmp_path / "domain.yml"
    domain.write_text(DOMAIN, encoding="utf-8")
    sentences = Texts.load(domain, NEWS_STATUSES)

    def fit(
        channel: str, text: str, titles: tuple[str, ...] = (), photo: bytes | None = None, **more: object
    ) -> list[Fitted]:
        fitter = Fitter(CAPABILITIES[channel], PUSHING[channel], sentences)
        buttons = tuple({"token": f"t{number}", "title": title} for number, title in enumerate(titles))
        values: dict[str, object] = dict(ask=None, image=None, state=WAITING, parts=0, by_template=False)
        return fitter.fit(
            Letter(1, "id", f"{channel}:x", channel, False, text, buttons, attempts=0, **{**values, **more}),  # type: ignore[arg-type]
            photo,
        )

    return fit


def titles(count: int, length: int) -> tuple[str, ...]:
    return tuple(f"{number:02}".ljust(length, "x") for number in range(count))


@pytest.mark.parametrize(
    ("channel", "count", "length", "style"),
    [
        ("telegram", 1, 20, "inline"),
        ("telegram", 100, 64, "inline"),
        ("telegram", 101, 20, "numbers"),
        ("whatsapp", 3, 20, "reply"),
        ("whatsapp", 3, 21, "list"),
        ("whatsapp", 4, 20, "list"),
        ("whatsapp", 10, 24, "list"),
        ("whatsapp", 10, 25, "numbers"),
        ("whatsapp", 11, 20, "numbers"),
    ],
)
def test_buttons_take_the_first_form_they_fit(fit, channel, count, length, style) -> None:  # type: ignore[no-untyped-def]
    [message] = fit(channel, "pilih", titles(count, length))
    assert (message.style, len(message.buttons)) == (style, count)


@pytest.mark.parametrize(
    ("response", "style"),
    [("utter_news_proses", "reply"), ("utter_news_selesai", "reply"), ("utter_ask_rating", "list")],
)
def test_what_is_asked_about_a_report_fits_whatsapp(fit, response, style) -> None:  # type: ignore[no-untyped-def]
    said = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"][response][0]
    [message] = fit("whatsapp", said["text"], tuple(button["title"] for button in said["buttons"]))
    assert (message.style, message.text) == (style, said["text"])


def test_buttons_of_the_same_title_are_numbered(fit) -> None:  # type: ignore[no-untyped-def]
    [message] = fit("whatsapp", "pilih", ("Sama", "Sama"))
    assert message.text == "pilih\n\n1. Sama\n2. Sama\n\nbalas nomor"


def test_a_text_without_buttons_stays_whole_up_to_its_limit(fit) -> None:  # type: ignore[no-untyped-def]
    assert [message.text for message in fit("whatsapp", "a" * 4096)] == ["a" * 4096]
    assert len(fit("whatsapp", "a" * 4097)) == 2


def test_a_long_text_carries_its_buttons_on_a_last_piece_that_is_short_enough(fit) -> None:  # type: ignore[no-untyped-def]
    pieces = fit("whatsapp", "Satu kalimat saja. " * 100, ("Ya",))
    assert [message.style for message in pieces] == ["none"] * (len(pieces) - 1) + ["reply"]
    assert len(pieces[-1].text) <= 1024
    assert [message.tag for message in pieces] == [f"id.{part}" for part in range(len(pieces))]


@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
def test_a_place_is_asked_for_by_the_native_button(fit, channel) -> None:  # type: ignore[no-untyped-def]
    [message] = fit(channel, "di mana?", ask="location")
    assert (message.ask, message.style) == ("location", "none")


@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
def test_the_native_button_for_a_place_comes_apart_from_other_buttons(fit, channel) -> None:  # type: ignore[no-untyped-def]
    question, place = fit(channel, "di mana?", ("Batal",), ask="location")
    assert (question.ask, len(question.buttons)) == (None, 1)
    assert (place.text, place.ask, place.buttons) == ("bagikan lokasi", "location", ())


def test_a_control_the_channel_lacks_is_left_out(fit) -> None:  # type: ignore[no-untyped-def]
    [message] = fit("telegram", "ada foto?", ("Lewati",), ask="photo")
    assert message.ask is None


def test_a_picture_goes_with_a_short_text_and_before_a_long_one_or_buttons(fit) -> None:  # type: ignore[no-untyped-def]
    [captioned] = fit("telegram", "lihat", photo=b"foto")
    assert (captioned.image, captioned.text) == (b"foto", "lihat")
    for text, buttons in (("x" * 1025, ()), ("lihat", ("Ya",))):
        picture, words = fit("telegram", text, buttons, photo=b"foto")
        assert (picture.text, picture.image, words.text, words.image) == ("", b"foto", text, None)


def test_a_picture_that_is_not_there_is_left_out(fit) -> None:  # type: ignore[no-untyped-def]
    [message] = fit("telegram", "lihat", image="tidak-ada.jpg")
    assert (message.text, message.image) == ("lihat", None)


def test_only_the_doubtful_part_says_that_it_may_come_twice(fit) -> None:  # type: ignore[no-untyped-def]
    sound = fit("telegram", "Satu kalimat saja. " * 400)
    doubtful = fit("telegram", "Satu kalimat saja. " * 400, state=DOUBTFUL, parts=1)
    assert doubtful[0] == sound[0]
    assert doubtful[1].text == f"mungkin dua kali\n{sound[1].text}"
    assert max(len(message.text) for message in doubtful) <= 4096


def test_nothing_but_white_space_is_lost_where_a_text_is_cut() -> None:
    text = "Satu kalimat. Dua kalimat! Tiga?\nBaris lain.\n\nParagraf lain tanpa titik " + "x" * 50
    for limit in range(10, len(text) + 1):
        pieces = split_text(text, limit)
        assert "".join("".join(pieces).split()) == "".join(text.split())
        assert all(0 < len(piece) <= limit for piece in pieces)


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("Satu dua. Tiga empat.", 15, ["Satu dua.", "Tiga empat."]),
        ("Satu dua.\n\nTiga. Empat.", 18, ["Satu dua.", "Tiga. Empat."]),
        ("satu dua tiga empat", 10, ["satu dua", "tiga empat"]),
        ("satuduatigaempat", 6, ["satudu", "atigae", "mpat"]),
        ("satu dua", 8, ["satu dua"]),
        ("", 8, [""]),
    ],
)
def test_a_text_is_cut_where_a_reader_would(text: str, limit: int, pieces: list[str]) -> None:
    assert split_text(text, limit) == pieces
