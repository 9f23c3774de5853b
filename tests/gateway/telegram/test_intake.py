"""From updates to the inbox: what is kept, what is thanked for all the same, what has to come again."""

import asyncio
import logging
from typing import Any

import pytest

from gateway.app import Gateway
from gateway.messages import InboundMessage
from gateway.telegram.intake import TRIES, Intake, NotKept
from tests.gateway.telegram.updates import GROUP, PRIVATE, SENDER, SITI, message, tapped, update, written


class Taps:
    """Confirms taps, once it is let."""

    def __init__(self) -> None:
        self.confirmed: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self, tap: str) -> None:
        await self.gate.wait()
        self.confirmed.append(tap)


class Keeper:
    """The way into the inbox, failing when a test wants it; ``sick`` are message ids that always fail."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self.kept: list[InboundMessage] = []
        self.sick: set[str] = set()
        self.is_down = False

    async def __call__(self, message: InboundMessage) -> bool:
        if self.is_down or message.message_id in self.sick:
            raise OSError(f"disk full while writing {message.text}")
        kept = await self._gateway.keep(message)
        if kept:
            self.kept.append(message)
        return kept


@pytest.fixture
def keeper(gateway: Gateway) -> Keeper:
    return Keeper(gateway)


@pytest.fixture
def taps() -> Taps:
    return Taps()


@pytest.fixture
def intake(gateway: Gateway, keeper: Keeper, taps: Taps) -> Intake:
    return Intake(keeper, gateway.addresses, taps)


def numbered(number: int, **content: Any) -> dict[str, Any]:
    return update("message", written(message_id=number, **content), number)


async def test_a_message_is_kept_under_a_pseudonym_that_leads_back(
    gateway: Gateway, intake: Intake, keeper: Keeper
) -> None:
    await intake.take(message(text="lampu mati"))
    [kept] = keeper.kept
    assert kept.conversation_id.startswith("telegram:") and str(SITI) not in kept.conversation_id
    assert await gateway.addresses.address(kept.conversation_id) == str(SITI).encode()
    assert kept.text == "lampu mati"


async def test_a_redelivery_is_dropped(intake: Intake, keeper: Keeper) -> None:
    for _ in range(3):
        await intake.take(message(text="halo"))
        await intake.take(tapped(data="token"))
    assert [kept.message_id for kept in keeper.kept] == ["41", "tap:666728699048485871"]


async def test_the_same_message_id_in_another_chat_is_another_message(intake: Intake, keeper: Keeper) -> None:
    for chat_id in (SITI, SITI + 1):
        await intake.take(message(text="halo", chat=PRIVATE | {"id": chat_id}))
    assert len(keeper.kept) == 2


async def test_two_edits_of_a_message_are_two(intake: Intake, keeper: Keeper) -> None:
    for number in (7, 8, 8):
        await intake.take(update("edited_message", written(text=f"x{number}", edit_date=1), number))
    assert [kept.text for kept in keeper.kept] == ["x7", "x8"]


async def test_a_group_is_told_once(intake: Intake, keeper: Keeper) -> None:
    for number in (1, 2, 3):
        await intake.take(numbered(number, text="halo", chat=GROUP))
    assert len(keeper.kept) == 1


async def test_a_tap_is_confirmed_without_waiting_for_it(intake: Intake, keeper: Keeper, taps: Taps) -> None:
    taps.gate.clear()
    await intake.take(tapped(data="token"))
    assert keeper.kept and not taps.confirmed
    taps.gate.set()
    await intake.take(tapped(id="2", inline_message_id="x"))
    while len(taps.confirmed) < 2:
        await asyncio.sleep(0)
    assert taps.confirmed == ["666728699048485871", "2"]


async def test_a_tap_is_confirmed_though_it_cannot_be_kept(
    intake: Intake, keeper: Keeper, taps: Taps
) -> None:
    keeper.is_down = True
    with pytest.raises(NotKept):
        await intake.take(tapped(data="token"))
    await asyncio.sleep(0)
    assert taps.confirmed
    await intake.stop()


async def test_what_cannot_be_kept_has_to_come_again_for_as_long_as_nothing_can(
    intake: Intake, keeper: Keeper
) -> None:
    keeper.is_down = True
    for _ in range(3 * TRIES):
        with pytest.raises(NotKept):
            await intake.take(numbered(1, text="halo"))
    keeper.is_down = False
    await intake.take(numbered(1, text="halo"))
    assert [kept.text for kept in keeper.kept] == ["halo"]


async def test_one_bad_update_is_set_aside_when_others_are_kept(intake: Intake, keeper: Keeper) -> None:
    keeper.sick.add("1")
    for _ in range(TRIES + 1):
        with pytest.raises(NotKept):
            await intake.take(numbered(1, text="halo"))
    await intake.take(numbered(2, text="lain"))
    await intake.take(numbered(1, text="halo"))
    assert [kept.message_id for kept in keeper.kept] == ["2"]


async def test_the_log_tells_what_happened_and_nothing_of_anybody(
    intake: Intake, keeper: Keeper, caplog: pytest.LogCaptureFixture
) -> None:
    words = "lampu di depan rumah saya mati"
    with caplog.at_level(logging.DEBUG, logger="gateway.telegram"):
        await intake.take(message(photo=[], caption=words))
        await intake.take(update("channel_post", written(text=words)))
        keeper.is_down = True
        with pytest.raises(NotKept):
            await intake.take(message(text=words))
    assert "malformed: photo holds no sizes" in caplog.text
    assert "is ignored" in caplog.text and "could not be kept (OSError)" in caplog.text
    for told in (words, str(SITI), SENDER["first_name"], SENDER["username"]):
        assert told not in caplog.text
