"""Pseudonyms: one citizen is one conversation, only the key turns it back, and channels never meet."""

import pytest

from gateway.identity import Identity, UnknownConversation, browser_id, channel_of

KEY = bytes(range(64))


def test_a_citizen_is_always_the_same_conversation() -> None:
    assert Identity(KEY).conversation_id("web", b"1") == Identity(KEY).conversation_id("web", b"1")


def test_a_conversation_leads_back_to_the_platforms_id() -> None:
    identity = Identity(KEY)
    for platform_id in (b"628111222333", b"US.13491208655302741918", browser_id("token"), b""):
        conversation_id = identity.conversation_id("wa", platform_id)
        assert identity.platform_id(conversation_id) == platform_id
        assert len(conversation_id) < 100


def test_a_conversation_shows_its_channel_and_nothing_else() -> None:
    conversation_id = Identity(KEY).conversation_id("tg", b"628111222333")
    assert channel_of(conversation_id) == "tg"
    assert conversation_id.removeprefix("tg:").isalnum() and "628111" not in conversation_id


def test_the_same_id_on_two_channels_is_two_conversations_that_cannot_be_swapped() -> None:
    identity = Identity(KEY)
    telegram, whatsapp = identity.conversation_id("tg", b"1"), identity.conversation_id("wa", b"1")
    assert telegram.removeprefix("tg") != whatsapp.removeprefix("wa")
    with pytest.raises(UnknownConversation):
        identity.platform_id(telegram.replace("tg:", "wa:"))


@pytest.mark.parametrize(
    "conversation_id", ["", "web", "web:", "web:x", "web:aaaaaaaa", "web:äöü", "web:1890"]
)
def test_an_invented_conversation_is_unknown(conversation_id: str) -> None:
    with pytest.raises(UnknownConversation):
        Identity(KEY).platform_id(conversation_id)


def test_another_key_reads_nothing() -> None:
    conversation_id = Identity(KEY).conversation_id("web", b"1")
    with pytest.raises(UnknownConversation):
        Identity(KEY[::-1]).platform_id(conversation_id)


def test_hashes_of_message_ids_need_the_key_and_keep_parts_apart() -> None:
    assert Identity(KEY).seen_hash("a", "b") != Identity(KEY[::-1]).seen_hash("a", "b")
    assert Identity(KEY).seen_hash("a", "bc") != Identity(KEY).seen_hash("ab", "c")
