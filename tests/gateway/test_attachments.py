"""Photos that platforms only refer to: fetched before Rasa is asked; one that cannot be had is answered, not lost."""

import io

import pytest
from PIL import Image

from gateway import texts
from gateway.app import Gateway
from gateway.capabilities import CAPABILITIES
from gateway.delivery.errors import ChannelDown, MediaGone, RetryLater
from tests.gateway.conftest import Clock
from tests.gateway.fake_platform import FakeClient
from tests.gateway.pushed import edited, photo, wrote
from tests.gateway.rasa_stand_in import StandIn


def picture(color: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), color).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture(autouse=True)
def files(telegram: FakeClient) -> None:
    telegram.files = {"a": picture("red"), "b": picture("green"), "c": picture("blue"), "pdf": b"%PDF-1.7"}
    telegram.files["huge"] = bytes(CAPABILITIES["telegram"].photo_limit + 1)


def told(rasa: StandIn) -> tuple[str, list[str]]:
    """What Rasa was last told: the text and the photos."""
    request = rasa.executed[-1]
    entities = (request["parse_data"] or {"entities": []})["entities"]
    return request["text"], [entity["value"] for entity in entities if entity["entity"] == "photo"]


def kept(gateway: Gateway) -> set[str]:
    folder = gateway.settings.media
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


async def test_a_photo_is_kept_and_told_with_its_caption(pushing: Gateway, rasa: StandIn, siti: str) -> None:
    await pushing.keep(photo(siti, "a", caption="lampu mati"))
    await pushing.settle()
    caption, names = told(rasa)
    assert (caption, set(names)) == ("lampu mati", kept(pushing))
    assert rasa.executed[-1]["parse_data"]["intent"]["name"] == "send_photo"


async def test_the_photos_of_an_album_become_one_message(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, clock: Clock
) -> None:
    await pushing.keep(photo(siti, "b", album="1", sequence=12))
    clock.move(seconds=1)
    await pushing.keep(photo(siti, "a", album="1", sequence=11, caption="lampu mati"))
    await pushing.keep(photo(siti, "c", album="2", sequence=13))
    clock.move(seconds=1)
    await pushing.settle()
    assert rasa.executed == [], "each further photo holds its album for longer"
    clock.move(seconds=0.5)
    await pushing.settle()
    assert [request["text"] for request in rasa.executed] == ["lampu mati", "[foto]"]
    assert telegram.fetched == ["b", "a", "c"]


async def test_a_photo_that_comes_after_its_album_was_taken_is_a_message_of_its_own(
    pushing: Gateway, rasa: StandIn, siti: str, clock: Clock
) -> None:
    await pushing.keep(photo(siti, "a", album="1"))
    clock.move(seconds=2)
    await pushing.settle()
    await pushing.keep(photo(siti, "b", album="1"))
    clock.move(seconds=2)
    await pushing.settle()
    assert len(rasa.executed) == 2


async def test_albums_of_two_citizens_do_not_mix(
    pushing: Gateway, rasa: StandIn, siti: str, clock: Clock
) -> None:
    budi = await pushing.addresses.conversation("telegram", [b"budi"])
    for conversation, reference in ((siti, "a"), (budi, "b")):
        await pushing.keep(photo(conversation, reference, album="1"))
    clock.move(seconds=2)
    await pushing.settle()
    assert len(rasa.executed) == 2


async def test_a_redelivered_photo_of_an_album_is_not_taken_twice(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, clock: Clock
) -> None:
    for _ in range(2):
        for reference in ("a", "b"):
            await pushing.keep(photo(siti, reference, album="1"))
    clock.move(seconds=2)
    await pushing.settle()
    assert telegram.fetched == ["a", "b"]


async def test_the_caption_of_a_waiting_photo_can_be_edited(
    pushing: Gateway, rasa: StandIn, siti: str, clock: Clock
) -> None:
    await pushing.keep(photo(siti, "a", caption="lampu mti", album="1"))
    await pushing.keep(edited(siti, "photo a", "lampu mati"))
    clock.move(seconds=2)
    await pushing.settle()
    assert told(rasa)[0] == "lampu mati"


@pytest.mark.parametrize(
    ("reference", "sentence"), [("gone", "bukan foto"), ("pdf", "bukan foto"), ("huge", "foto terlalu besar")]
)
async def test_a_photo_that_cannot_be_had_is_answered(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, reference: str, sentence: str
) -> None:
    await pushing.keep(photo(siti, reference))
    await pushing.settle()
    assert telegram.texts == [sentence]
    assert rasa.executed == [] and kept(pushing) == set()


async def test_the_caption_of_a_photo_that_cannot_be_had_is_answered_all_the_same(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str
) -> None:
    await pushing.keep(photo(siti, "gone", caption="lampu mati"))
    await pushing.settle()
    assert telegram.texts == ["bukan foto", "echo: lampu mati"]
    assert told(rasa) == ("lampu mati", [])


async def test_what_can_be_had_of_an_album_is_taken(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, clock: Clock
) -> None:
    for reference in ("gone", "a", "pdf", "b"):
        await pushing.keep(photo(siti, reference, album="1"))
    await pushing.keep(wrote(siti, "[foto]", "film", notice=texts.VIDEO, album="1"))
    clock.move(seconds=2)
    await pushing.settle()
    assert set(told(rasa)[1]) == kept(pushing) and len(kept(pushing)) == 2
    assert telegram.texts == ["video", "bukan foto", "intent send_photo"]


@pytest.mark.parametrize("fault", [RetryLater("HTTP 502"), ChannelDown("code 401")])
async def test_while_a_photo_cannot_be_fetched_its_message_waits_and_the_citizen_is_told(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, clock: Clock, fault: Exception
) -> None:
    telegram.files["b"] = fault
    await pushing.keep(photo(siti, "a", "b", caption="lampu mati"))
    await pushing.keep(wrote(siti, "sesudahnya"))
    await pushing.settle()
    assert telegram.texts == ["tunda"]
    assert kept(pushing) == set(), "a photo fetched in vain is not left behind"
    telegram.files["b"] = picture()
    clock.move(seconds=1)
    await pushing.settle()
    assert rasa.texts == ["lampu mati", "sesudahnya"]
    assert len(kept(pushing)) == 2


async def test_a_photo_waits_as_long_as_the_token_is_refused_whoever_else_is_answered(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, wati: str, clock: Clock
) -> None:
    telegram.files["b"] = ChannelDown("code 401")
    await pushing.keep(photo(siti, "b", caption="lampu mati"))
    await pushing.settle()
    for number in range(40):
        clock.move(seconds=10)
        await pushing.keep(wrote(wati, f"halo {number}"))
        await pushing.settle()
        clock.move(seconds=10)
        await pushing.settle()
    telegram.files["b"] = picture()
    clock.move(seconds=20)
    await pushing.settle()
    assert rasa.texts[-1] == "lampu mati" and len(kept(pushing)) == 1


async def test_photos_are_not_fetched_again_when_rasa_fails(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, clock: Clock
) -> None:
    rasa.stop()
    await pushing.keep(photo(siti, "a", "gone", caption="lampu mati"))
    await pushing.settle()
    rasa.start()
    clock.move(seconds=1)
    await pushing.settle()
    assert telegram.fetched == ["a", "gone"]
    assert telegram.texts == ["bukan foto", "tunda", "intent send_photo"]
    assert set(told(rasa)[1]) == kept(pushing)


async def test_a_platform_that_lost_a_photo_later_does_not_block_the_conversation(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, clock: Clock
) -> None:
    telegram.files["a"] = RetryLater("HTTP 502")
    await pushing.keep(photo(siti, "a"))
    await pushing.keep(wrote(siti, "sesudahnya"))
    await pushing.settle()
    telegram.files["a"] = MediaGone("HTTP 404")
    clock.move(seconds=1)
    await pushing.settle()
    assert telegram.texts == ["tunda", "bukan foto", "echo: sesudahnya"]
