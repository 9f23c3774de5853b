"""Who sends too much on a channel that pushes is told so once a minute, and nothing of it is kept."""

import pytest

from gateway.app import Gateway
from gateway.flood import MESSAGES_A_MINUTE
from gateway.messages import InboundMessage
from tests.gateway.conftest import Clock
from tests.gateway.fake_platform import FakeClient
from tests.gateway.pushed import wrote
from tests.gateway.rasa_stand_in import StandIn
from tests.gateway.test_anonymity import places_holding

WITHIN = [f"pesan {number}" for number in range(MESSAGES_A_MINUTE)]


def flood(conversation: str, first: int = 0, extra: int = 5) -> list[InboundMessage]:
    """As many messages as may be sent, and some."""
    numbers = range(first, first + MESSAGES_A_MINUTE + extra)
    return [wrote(conversation, f"pesan {number}", sequence=number) for number in numbers]


async def test_what_is_too_much_is_answered_once_a_minute(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str, clock: Clock
) -> None:
    for message in flood(siti):
        await pushing.keep(message)
    for _ in range(60):
        await pushing.settle()
        clock.move(seconds=0.99)
    assert rasa.texts == WITHIN
    assert telegram.texts.count("terlalu cepat") == 1
    clock.move(seconds=1)
    for message in flood(siti, first=100):
        await pushing.keep(message)
    for _ in range(60):
        await pushing.settle()
        clock.move(seconds=1)
    assert len(rasa.texts) == 2 * MESSAGES_A_MINUTE
    assert telegram.texts.count("terlalu cepat") == 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_of_what_is_too_much_not_a_word_is_kept(pushing: Gateway, siti: str, tmp_path) -> None:
    await pushing.inbox.keep_all([*flood(siti, extra=0), *(wrote(siti, f"KANARI-{at}") for at in range(3))])
    await pushing.settle()
    assert places_holding(pushing.settings.database_url, tmp_path, "KANARI-1") == []


async def test_others_are_not_held_up(pushing: Gateway, rasa: StandIn, siti: str, wati: str) -> None:
    await pushing.inbox.keep_all(flood(siti))
    assert await pushing.keep(wrote(wati, "halo"))


async def test_redeliveries_and_what_the_gateway_adds_do_not_count(
    pushing: Gateway, rasa: StandIn, telegram: FakeClient, siti: str
) -> None:
    for _ in range(MESSAGES_A_MINUTE):
        await pushing.keep(wrote(siti, "halo", "1"))
        await pushing.keep(wrote(siti, "[mulai]", "2", from_citizen=False))
    assert await pushing.inbox.keep_all(flood(siti, extra=-1)) == [True] * (MESSAGES_A_MINUTE - 1)
    assert not await pushing.keep(wrote(siti, "halo", "1")), "a redelivery is none too many"
    await pushing.settle()
    assert "terlalu cepat" not in telegram.texts


async def test_what_could_not_be_kept_does_not_count(
    pushing: Gateway, siti: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_work: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(pushing.store, "write", fails)
        for _ in range(3):
            with pytest.raises(OSError, match="full"):
                await pushing.inbox.keep_all(flood(siti, extra=3))
    assert await pushing.inbox.keep_all(flood(siti, extra=0)) == [True] * MESSAGES_A_MINUTE


async def test_the_web_chat_has_limits_of_its_own(gateway: Gateway, conversation: str) -> None:
    assert all(await gateway.inbox.keep_all(flood(conversation)))
