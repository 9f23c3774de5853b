"""Carries the messages of one conversation to its platform, one by one, and takes old buttons off.

Called by ``gateway.delivery.sender``, for one conversation never twice at a time. Calls the platform's client. What is
being sent is marked before and noted after, so that a crash in between leaves a doubt and not a silence.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from gateway.addresses import Addresses
from gateway.capabilities import Delivery
from gateway.clock import Clock
from gateway.delivery.client import Client, Fitted
from gateway.delivery.errors import ChannelDown, Refused, RetryLater, SendError, Unreachable
from gateway.delivery.fit import Fitter
from gateway.delivery.gate import Gate
from gateway.delivery.limits import Limits
from gateway.delivery.reactions import Reactions
from gateway.identity import UnknownConversation
from gateway.media import Media, MediaUnavailable
from gateway.store import delivery, sent
from gateway.store.delivery import CONFIRMED_WITHIN, Letter
from gateway.store.engine import Store
from gateway.store.sent import Sent

log = logging.getLogger(__name__)

RETIRE_AGAIN_SECONDS = 30.0
TRIES_OF_A_BROKEN_CLIENT = 6


@dataclass(frozen=True)
class Post:
    """What all couriers share."""

    store: Store
    addresses: Addresses
    media: Media
    reactions: Reactions
    clock: Clock


class Courier:
    """Carries for one channel."""

    def __init__(self, client: Client, can: Delivery, post: Post, fitter: Fitter, gate: Gate) -> None:
        self._client = client
        self._can = can
        self._post = post
        self._fitter = fitter
        self._gate = gate
        self._limits = Limits(can.overall, can.each, post.clock)

    async def carry(self, conversation_id: str) -> bool:
        """Send what may be sent now, and take old buttons off; return whether anything was done."""
        done = False
        while await self._carry_one(conversation_id):
            done = True
        for platform_message_id in await self._post.store.read(sent.to_retire, conversation_id):
            if not await self._retire(conversation_id, platform_message_id):
                break
            done = True
        return done

    async def _carry_one(self, conversation_id: str) -> bool:
        letter = await self._post.store.read(delivery.next_letter, conversation_id, self._post.clock())
        if letter is None:
            return False
        try:
            messages = self._fitter.fit(letter, await self._photo_of(letter))
        except MediaUnavailable as error:
            await self._post.reactions.to(letter, RetryLater(str(error)))
            return True
        if letter.parts >= len(messages):
            await self._post.store.write(delivery.went_out, letter, None)
            return True
        if not self._may_call(conversation_id):
            return False
        message = messages[letter.parts]
        numbered = [button.token for button in message.buttons] if message.style == "numbers" else []
        doubtful_at = self._post.clock() + timedelta(seconds=self._can.doubt_seconds)
        if await self._post.store.write(delivery.begin, letter, doubtful_at, numbered):
            await self._send(letter, message, is_last=letter.parts == len(messages) - 1)
        return True

    async def _photo_of(self, letter: Letter) -> bytes | None:
        if letter.image is None or letter.by_template:
            return None
        return await self._post.media.read(letter.image)

    async def _send(self, letter: Letter, message: Fitted, *, is_last: bool) -> None:
        try:
            address = await self._address(letter.conversation_id)
            platform_message_id = await self._call(letter, address, message)
        except SendError as error:
            await self._post.reactions.to(letter, error)
            return
        self._gate.works()
        note = self._note(letter, message, platform_message_id)
        now = self._post.clock()
        confirmed_by = now + CONFIRMED_WITHIN if self._can.confirms else None
        await self._post.store.write(_went_out if is_last else _went_on, letter, note, confirmed_by)

    async def _call(self, letter: Letter, address: str, message: Fitted) -> str:
        """Send; an error of the client itself must neither lose a message at once nor block a conversation."""
        send = self._client.send_template if letter.by_template else self._client.send
        try:
            return await send(address, message)
        except SendError:
            raise
        except Exception as error:
            name = type(error).__name__  # Its text could hold contents.
            log.error("The client of %s failed with %s, try %d", letter.channel, name, letter.attempts + 1)
            if letter.attempts + 1 < TRIES_OF_A_BROKEN_CLIENT:
                raise RetryLater(name) from error
            raise Refused(name) from error

    def _note(self, letter: Letter, message: Fitted, platform_message_id: str) -> Sent | None:
        grows_old = self._can.retires and not letter.is_news
        on_it = grows_old and message.style not in ("none", "numbers")
        if not (on_it or self._can.confirms):
            return None
        return Sent(
            conversation_id=letter.conversation_id,
            platform_message_id=platform_message_id,
            public_id=letter.public_id,
            tokens=tuple(button.token for button in message.buttons) if on_it else (),
            day=self._post.clock().date(),
        )

    async def _retire(self, conversation_id: str, platform_message_id: str) -> bool:
        if not self._may_call(conversation_id):
            return False
        try:
            await self._client.retire(await self._address(conversation_id), platform_message_id)
        except RetryLater as error:
            self._limits.pause(conversation_id, error.seconds or RETIRE_AGAIN_SECONDS)
            return False
        except ChannelDown as error:
            self._gate.shut(str(error))
            return False
        except Exception as error:
            # Nobody sees the buttons, or they cannot be taken off: a tap on them is answered.
            log.info("Buttons on %s are left: %s", self._client.name, type(error).__name__)
        await self._post.store.write(sent.retired, conversation_id, platform_message_id)
        return True

    def _may_call(self, conversation_id: str) -> bool:
        return self._gate.lets_one_try and self._limits.allow(conversation_id) and self._gate.enter()

    async def _address(self, conversation_id: str) -> str:
        try:
            return (await self._post.addresses.address(conversation_id)).decode()
        except UnknownConversation as error:
            raise Unreachable("its pseudonym was made under another key") from error


def _went_on(session: Session, letter: Letter, note: Sent | None, confirmed_by: datetime | None) -> None:
    _note_sent(session, note, confirmed=_is_confirmed(session, letter, confirmed_by))
    delivery.went_on(session, letter)


def _went_out(session: Session, letter: Letter, note: Sent | None, confirmed_by: datetime | None) -> None:
    confirmed = _is_confirmed(session, letter, confirmed_by)
    _note_sent(session, note, confirmed=confirmed)
    delivery.went_out(session, letter, None if confirmed else confirmed_by)


def _is_confirmed(session: Session, letter: Letter, confirmed_by: datetime | None) -> bool:
    return confirmed_by is not None and delivery.is_confirmed(session, letter)


def _note_sent(session: Session, note: Sent | None, *, confirmed: bool) -> None:
    """Note what the message is called as long as a report about it may come, or buttons are to be taken off."""
    if note is not None and (note.tokens or not confirmed):
        sent.note(session, note)
