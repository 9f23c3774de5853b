"""The messages of one answer as one, where a channel likes it so: WhatsApp."""

import pytest

from gateway.app import Gateway
from gateway.joining import joined
from gateway.messages import Button, OutboundMessage
from tests.gateway.fake_platform import FakeClient
from tests.gateway.pushed import wrote
from tests.gateway.rasa_stand_in import StandIn

KIRIM = (Button("Kirim", "/affirm"),)


def told(text: str, **more: object) -> OutboundMessage:
    return OutboundMessage(text, **more)  # type: ignore[arg-type]


def test_what_is_asked_comes_last_with_its_buttons() -> None:
    whole = joined([told("satu"), told("tanya", buttons=KIRIM), told("dua", secret=True)], 100)
    assert whole == (told("satu\n\ndua\n\ntanya", buttons=KIRIM, secret=True),)


@pytest.mark.parametrize(
    "messages",
    [
        [told("satu", buttons=KIRIM), told("dua", buttons=KIRIM)],
        [told("satu", ask="location"), told("dua", buttons=KIRIM)],
        [told("satu", image="a.jpg"), told("dua")],
        [told("satu " * 15), told("dua " * 15)],
    ],
)
def test_what_does_not_fit_together_stays_apart(messages: list[OutboundMessage]) -> None:
    assert joined(messages, 100) == tuple(messages)


async def test_an_answer_is_one_message_on_whatsapp_and_several_on_telegram(
    pushing: Gateway, rasa: StandIn, whatsapp: FakeClient, telegram: FakeClient, wati: str, siti: str
) -> None:
    rasa.answer = lambda message: {"messages": [{"text": "satu"}, {"text": "dua"}], "draft_open": False}
    for citizen in (wati, siti):
        await pushing.keep(wrote(citizen, "halo"))
    await pushing.settle()
    assert whatsapp.texts == ["satu\n\ndua"]
    assert telegram.texts == ["satu", "dua"]
