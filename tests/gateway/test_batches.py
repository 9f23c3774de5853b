"""Messages that come together are kept together; the same message is the same wherever its sender moved."""

from datetime import timedelta

import pytest

from gateway.app import Gateway
from gateway.drafts import close_silent_drafts
from tests.gateway.conftest import Clock
from tests.gateway.pushed import wrote
from tests.gateway.rasa_stand_in import StandIn, says

OLD, NEW = b"6281234567890", b"6289999999999"


async def test_a_batch_is_one_transaction(pushing: Gateway, rasa: StandIn, siti: str, wati: str) -> None:
    writes: list[object] = []
    write = pushing.store.write

    async def counted(work: object, *args: object) -> object:
        writes.append(work)
        return await write(work, *args)  # type: ignore[arg-type]

    pushing.store.write = counted  # type: ignore[method-assign, assignment]
    batch = [wrote(siti, "satu"), wrote(wati, "dua"), wrote(siti, "satu"), wrote(siti, "tiga")]
    assert await pushing.inbox.keep_all(batch) == [True, True, False, True]
    assert len(writes) == 1
    pushing.store.write = write  # type: ignore[method-assign]
    await pushing.settle()
    assert sorted(rasa.texts) == ["dua", "satu", "tiga"]


async def test_a_batch_is_kept_whole_or_not_at_all(pushing: Gateway, rasa: StandIn, siti: str) -> None:
    with pytest.raises(ValueError, match="utter_x"):
        await pushing.inbox.keep_all([wrote(siti, "satu"), wrote(siti, "", "2", notice="utter_x")])
    await pushing.settle()
    assert rasa.texts == []


async def test_in_the_background_a_batch_is_handled(
    pushing: Gateway, rasa: StandIn, siti: str, wati: str
) -> None:
    pushing.inbox.start()
    await pushing.inbox.keep_all([wrote(siti, "satu"), wrote(wati, "dua")])
    await pushing.inbox.settle()
    assert sorted(rasa.texts) == ["dua", "satu"]


# ── The same message, wherever it is found ──────────────────────────────────────────────────────────────────────────


async def test_what_came_before_a_number_moved_does_not_run_again_after_it(
    pushing: Gateway, rasa: StandIn
) -> None:
    for expected in (True, False):
        conversation = await pushing.addresses.conversation("whatsapp", [OLD])
        assert await pushing.keep(wrote(conversation, "halo", "wamid")) is expected
        await pushing.settle()
        await pushing.addresses.move("whatsapp", OLD, NEW)
    assert rasa.texts == ["halo"]


async def test_telegrams_ids_are_the_chats_own(pushing: Gateway, rasa: StandIn, siti: str) -> None:
    budi = await pushing.addresses.conversation("telegram", [b"budi"])
    assert await pushing.keep(wrote(siti, "halo", "41"))
    assert await pushing.keep(wrote(budi, "hai", "41"))


async def test_so_are_those_the_gateway_makes(
    pushing: Gateway, rasa: StandIn, wati: str, clock: Clock
) -> None:
    rasa.answer = lambda message: says("baik", draft_open=True)
    tini = await pushing.addresses.conversation("whatsapp", [b"tini"])
    await pushing.inbox.keep_all([wrote(wati, "halo"), wrote(tini, "hai")])
    await pushing.settle()
    clock.move(hours=25)
    await close_silent_drafts(pushing.store, pushing.inbox, clock, timedelta(hours=24))
    await pushing.inbox.settle()
    assert rasa.texts.count("[draf kedaluwarsa]") == 2
