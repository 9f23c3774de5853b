"""Statements on aliases: pseudonyms that stand for a conversation begun under another one.

Called through ``Store`` by ``gateway.addresses``. At most one alias of a conversation is where its messages go.
"""

from collections.abc import Callable, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from gateway.store import conversations
from gateway.store.orm import AliasRow

# What a pseudonym stands for on its platform, whoever owns it.
Reveal = Callable[[str], bytes]


def resolve_all(session: Session, people: Sequence[Sequence[str]], reveal: Reveal) -> list[str]:
    """Return the conversation of each of these people, given by their pseudonyms, the preferred first.

    The first pseudonym that is known wins, the others become its aliases; messages go to the preferred one from now
    on. A lesser one (a telephone number) whose conversation has a person by another id has changed hands.
    """
    return [_resolve(session, pseudonyms, reveal) for pseudonyms in people]


def _resolve(session: Session, pseudonyms: Sequence[str], reveal: Reveal) -> str:
    preferred, *lesser = pseudonyms
    known = _conversation_of(session, preferred)
    for pseudonym in lesser:
        holder = _conversation_of(session, pseudonym)
        others = _others(session, holder, pseudonyms, reveal) if holder and holder != known else []
        if holder and others:
            _give_up(session, pseudonym, holder, others)
        else:
            known = known or holder
    conversation_id = known or preferred
    for pseudonym in pseudonyms:
        if pseudonym != conversation_id and session.get(AliasRow, pseudonym) is None:
            session.add(AliasRow(pseudonym=pseudonym, conversation_id=conversation_id, is_address=False))
    session.flush()
    _address_by(session, conversation_id, preferred)
    return conversation_id


def _others(session: Session, holder: str, pseudonyms: Sequence[str], reveal: Reveal) -> list[str]:
    """Return the pseudonyms by which a conversation has somebody else than the person with these."""
    own = session.scalars(select(AliasRow.pseudonym).where(AliasRow.conversation_id == holder))
    begun_by = [] if session.get(AliasRow, holder) else [holder]
    ours = set(map(reveal, pseudonyms))
    return [pseudonym for pseudonym in (*own, *begun_by) if reveal(pseudonym) not in ours]


def _give_up(session: Session, pseudonym: str, holder: str, others: Sequence[str]) -> None:
    """Let a pseudonym stand for nobody any more; messages of its conversation go by one of the others."""
    if address(session, holder) not in others:
        _address_by(session, holder, others[0])
    session.execute(delete(AliasRow).where(AliasRow.pseudonym == pseudonym))


def move(session: Session, old: str, new: str, stranger: str) -> None:
    """Let ``new`` go on with the conversation of ``old``, and ``old`` begin another, ``stranger``.

    A telephone number that was given up gets a new owner, who must not find the conversation of the one before.
    Repeated, it changes nothing.
    """
    conversation_id = _conversation_of(session, old)
    if old == new or conversation_id is None or not conversations.is_known(session, conversation_id):
        return
    there = session.get(AliasRow, new)
    if there is not None and there.is_address and there.conversation_id != conversation_id:
        return  # Moved before: the conversation now under the old id is its new owner's.
    session.execute(delete(AliasRow).where(AliasRow.pseudonym.in_((old, new))))
    session.add(AliasRow(pseudonym=old, conversation_id=stranger, is_address=False))
    session.add(AliasRow(pseudonym=new, conversation_id=conversation_id, is_address=False))
    session.flush()
    _address_by(session, conversation_id, new)


def address(session: Session, conversation_id: str) -> str:
    """Return the pseudonym of the platform id to which a conversation's messages go."""
    current = select(AliasRow.pseudonym).where(
        AliasRow.conversation_id == conversation_id, AliasRow.is_address
    )
    return session.scalar(current) or conversation_id


def _conversation_of(session: Session, pseudonym: str) -> str | None:
    if alias := session.get(AliasRow, pseudonym):
        return alias.conversation_id
    return pseudonym if conversations.is_known(session, pseudonym) else None


def _address_by(session: Session, conversation_id: str, pseudonym: str) -> None:
    for alias in session.scalars(select(AliasRow).where(AliasRow.conversation_id == conversation_id)):
        alias.is_address = alias.pseudonym == pseudonym
