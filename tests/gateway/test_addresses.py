"""Who a citizen is on a platform where people have several ids and get new ones."""

import pytest

from crm.domain.status import Status
from gateway.app import Gateway
from gateway.identity import UnknownConversation
from tests.gateway.conftest import CrmNews, news_of
from tests.gateway.fake_platform import FakeClient
from tests.gateway.pushed import wrote

PHONE, USER_ID = b"6281234567890", b"ID.13491208655302741918"
NEW_PHONE = b"6289999999999"
NEXT_OWNER = b"ID.77777777777777777777"


async def meet(gateway: Gateway, *platform_ids: bytes) -> str:
    """Have somebody with these ids write, and return their conversation."""
    conversation = await gateway.addresses.conversation("whatsapp", platform_ids)
    await gateway.keep(wrote(conversation, "halo", f"{platform_ids}"))
    await gateway.settle()
    return conversation


async def test_one_id_is_one_conversation(pushing: Gateway) -> None:
    assert await meet(pushing, PHONE) == await meet(pushing, PHONE)
    assert await meet(pushing, PHONE) != await meet(pushing, NEW_PHONE)
    assert await pushing.addresses.address(await meet(pushing, PHONE)) == PHONE


async def test_an_id_seen_beside_a_known_one_stands_for_the_same_conversation(pushing: Gateway) -> None:
    known = await meet(pushing, PHONE)
    assert await meet(pushing, USER_ID, PHONE) == known
    assert await meet(pushing, USER_ID) == known
    assert await meet(pushing, PHONE) == known


async def test_new_ids_together_are_one_conversation_from_the_start(pushing: Gateway) -> None:
    known = await meet(pushing, USER_ID, PHONE)
    assert await meet(pushing, PHONE) == known == await meet(pushing, USER_ID)


async def test_messages_go_to_the_id_the_citizen_last_wrote_with(
    pushing: Gateway, whatsapp: FakeClient, crm: CrmNews
) -> None:
    known = await meet(pushing, PHONE)
    await meet(pushing, USER_ID, PHONE)
    crm.news.append(news_of(1, known, Status.SELESAI))
    await pushing.settle()
    assert [call.address for call in whatsapp.calls] == [PHONE.decode(), USER_ID.decode(), USER_ID.decode()]
    await meet(pushing, PHONE)
    assert await pushing.addresses.address(known) == PHONE


async def test_two_conversations_that_turn_out_to_be_one_person_go_on_as_the_preferred_one(
    pushing: Gateway,
) -> None:
    by_phone, by_user_id = await meet(pushing, PHONE), await meet(pushing, USER_ID)
    assert by_phone != by_user_id
    assert await meet(pushing, USER_ID, PHONE) == by_user_id
    assert await meet(pushing, PHONE) == by_user_id


async def test_a_citizen_with_a_new_number_goes_on(
    pushing: Gateway, whatsapp: FakeClient, crm: CrmNews
) -> None:
    known = await meet(pushing, PHONE)
    for _ in range(2):
        await pushing.addresses.move("whatsapp", PHONE, NEW_PHONE)
    crm.news.append(news_of(1, known, Status.SELESAI))
    await pushing.settle()
    assert whatsapp.calls[-1].address == NEW_PHONE.decode()
    assert await meet(pushing, NEW_PHONE) == known


async def test_the_next_owner_of_a_number_does_not_find_the_conversation(
    pushing: Gateway, whatsapp: FakeClient
) -> None:
    known = await meet(pushing, PHONE)
    await pushing.addresses.move("whatsapp", PHONE, NEW_PHONE)
    stranger = await meet(pushing, PHONE)
    assert stranger != known
    assert whatsapp.calls[-1].address == PHONE.decode(), "the stranger is answered as well"
    await pushing.addresses.move("whatsapp", PHONE, NEW_PHONE)
    assert await meet(pushing, PHONE) == stranger, "a redelivered move takes nobody's conversation"
    assert await meet(pushing, NEW_PHONE) == known


# ── Numbers that change hands without a word from the platform ──────────────────────────────────────────────────────


async def test_the_next_owner_of_a_number_is_known_by_another_lasting_id(pushing: Gateway) -> None:
    known = await meet(pushing, USER_ID, PHONE)
    stranger = await meet(pushing, NEXT_OWNER, PHONE)
    assert stranger != known
    assert await meet(pushing, NEXT_OWNER) == await meet(pushing, PHONE) == stranger
    assert await meet(pushing, USER_ID) == known


async def test_a_number_of_before_the_lasting_ids_changes_hands_as_well(
    pushing: Gateway, whatsapp: FakeClient, crm: CrmNews
) -> None:
    known = await meet(pushing, PHONE)
    await meet(pushing, USER_ID, PHONE)
    await meet(pushing, PHONE)
    stranger = await meet(pushing, NEXT_OWNER, PHONE)
    assert stranger != known
    crm.news.append(news_of(1, known, Status.SELESAI))
    await pushing.settle()
    assert whatsapp.calls[-1].address == USER_ID.decode(), "news of the first owner go to them"
    assert await meet(pushing, PHONE) == stranger


async def test_the_next_owner_may_have_written_before_with_a_hidden_number(pushing: Gateway) -> None:
    known = await meet(pushing, USER_ID, PHONE)
    stranger = await meet(pushing, NEXT_OWNER)
    assert await meet(pushing, NEXT_OWNER, PHONE) == stranger
    assert await meet(pushing, PHONE) == stranger != known


async def test_what_the_first_owner_sent_before_goes_to_their_conversation_when_it_comes_late(
    pushing: Gateway,
) -> None:
    known = await meet(pushing, USER_ID, PHONE)
    stranger = await meet(pushing, NEXT_OWNER, PHONE)
    assert await meet(pushing, USER_ID, PHONE) == known
    assert await meet(pushing, NEXT_OWNER, PHONE) == stranger


async def test_who_got_a_number_that_was_given_up_goes_on_once_their_lasting_id_is_known(
    pushing: Gateway, whatsapp: FakeClient
) -> None:
    await meet(pushing, USER_ID, PHONE)
    for old in (USER_ID, PHONE):
        await pushing.addresses.move("whatsapp", old, NEW_PHONE)
    stranger = await meet(pushing, PHONE)
    assert await meet(pushing, NEXT_OWNER, PHONE) == stranger
    assert whatsapp.calls[-1].address == NEXT_OWNER.decode()


async def test_a_citizen_whose_number_moved_goes_on_once_their_lasting_id_is_known(pushing: Gateway) -> None:
    known = await meet(pushing, PHONE)
    await pushing.addresses.move("whatsapp", PHONE, NEW_PHONE)
    assert await meet(pushing, USER_ID, NEW_PHONE) == known


async def test_many_people_are_found_at_once(pushing: Gateway) -> None:
    people = [[USER_ID, PHONE], [NEXT_OWNER, NEW_PHONE], [PHONE]]
    found = await pushing.addresses.conversations("whatsapp", people)
    assert found == [await pushing.addresses.conversation("whatsapp", ids) for ids in people]
    assert found[0] == found[2] != found[1]


async def test_all_old_ids_of_a_citizen_are_given_up(pushing: Gateway) -> None:
    known = await meet(pushing, USER_ID, PHONE)
    for old in (USER_ID, PHONE):
        await pushing.addresses.move("whatsapp", old, NEW_PHONE)
    assert await meet(pushing, NEW_PHONE) == known
    strangers = {await meet(pushing, USER_ID), await meet(pushing, PHONE)}
    assert len(strangers) == 2 and known not in strangers


async def test_a_citizen_can_come_back_to_an_old_number(pushing: Gateway) -> None:
    known = await meet(pushing, PHONE)
    await pushing.addresses.move("whatsapp", PHONE, NEW_PHONE)
    await pushing.addresses.move("whatsapp", NEW_PHONE, PHONE)
    assert await meet(pushing, PHONE) == known
    assert await pushing.addresses.address(known) == PHONE
    assert await meet(pushing, NEW_PHONE) != known


async def test_moving_somebody_unknown_or_nowhere_changes_nothing(pushing: Gateway) -> None:
    await pushing.addresses.move("whatsapp", b"nobody", NEW_PHONE)
    known = await meet(pushing, PHONE)
    await pushing.addresses.move("whatsapp", PHONE, PHONE)
    assert await meet(pushing, PHONE) == known
    assert await meet(pushing, NEW_PHONE) != known


async def test_ids_of_one_channel_mean_nothing_on_another(pushing: Gateway) -> None:
    on_whatsapp = await pushing.addresses.conversation("whatsapp", [PHONE])
    assert await pushing.addresses.conversation("telegram", [PHONE]) != on_whatsapp


async def test_a_conversation_of_another_key_has_no_address(pushing: Gateway) -> None:
    with pytest.raises(UnknownConversation):
        await pushing.addresses.address("whatsapp:aaaaaaaa")
