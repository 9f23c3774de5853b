"""What a waiting message says: words, a tapped button or its number, an edit, or something only the gateway answers.

Called by ``gateway.turns``. Calls the store.
"""

import re
from dataclasses import dataclass

from gateway import texts
from gateway.messages import Button, InboundMessage, ParseData
from gateway.payloads import parse_payload
from gateway.store import conversations, outbox
from gateway.store.engine import Store

_NUMBER = re.compile(r"\s*(?:no(?:mor)?\.?\s*)?(\d{1,2})\s*[.)]?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """What Rasa is told.

    ``tapped``: a button was, so that all are old now. ``instead_of``: Rasa's name of a turn to be forgotten first,
    for this message is an edit of the one it answered.
    """

    text: str
    parse_data: ParseData | None
    tapped: bool = False
    instead_of: str | None = None


class AnsweredHere(Exception):
    """Rasa is not asked; the gateway answers with the sentence of this name, or not at all."""

    def __init__(self, sentence: str | None) -> None:
        super().__init__(sentence)
        self.sentence = sentence


async def read_message(store: Store, message: InboundMessage) -> Said:
    """Return what a message says.

    Raises:
        AnsweredHere: nothing that Rasa should answer.
    """
    if message.notice is not None:
        raise AnsweredHere(message.notice)
    if message.replaces is not None:
        return await _read_edit(store, message)
    if message.button_token is not None:
        button = await store.read(outbox.button, message.conversation_id, message.button_token)
        if button is None:
            raise AnsweredHere(texts.OLD_BUTTON)
        return _tapped(button)
    if message.parse_data is None and (number := _NUMBER.fullmatch(message.text)):
        meant = await store.read(outbox.numbered_button, message.conversation_id, int(number[1]))
        if meant is not None:
            return _tapped(meant)
    return Said(message.text, message.parse_data)


async def _read_edit(store: Store, message: InboundMessage) -> Said:
    edited = await store.read(conversations.last_answered, message.conversation_id, message.replaces or "")
    if edited is None:
        raise AnsweredHere(texts.EDIT_TOO_LATE)
    if edited.digest == message.digest:
        raise AnsweredHere(None)  # Its form was changed, or the platform told the same edit again.
    return Said(message.text, message.parse_data, instead_of=edited.turn_id)


def _tapped(button: Button) -> Said:
    return Said(button.title, parse_payload(button.payload), tapped=True)
