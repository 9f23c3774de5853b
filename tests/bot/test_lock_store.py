"""The conversation's lock: fair, at once, and not shared between processes."""

import asyncio

import pytest
from rasa.shared.exceptions import RasaException

from bot.lock_store import FairLockStore


async def test_those_who_wait_are_served_in_order_without_a_pause() -> None:
    store, served = FairLockStore(), []

    async def take(number: int) -> None:
        async with store.lock("conversation"):
            await asyncio.sleep(0)
            served.append(number)

    await asyncio.wait_for(asyncio.gather(*(take(number) for number in range(50))), timeout=0.9)
    assert served == list(range(50))


async def test_conversations_do_not_wait_for_each_other() -> None:
    store = FairLockStore()
    async with store.lock("one"), store.lock("another"):
        pass


async def test_a_failure_frees_the_lock_and_nothing_is_kept() -> None:
    store = FairLockStore()
    with pytest.raises(ValueError, match="the turn failed"):
        async with store.lock("conversation"):
            raise ValueError("the turn failed")
    async with store.lock("conversation"):
        pass
    assert not store._locks


def test_several_workers_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANIC_WORKERS", "2")
    with pytest.raises(RasaException, match="SANIC_WORKERS"):
        FairLockStore()
