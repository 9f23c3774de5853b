"""Photos that a message only refers to: fetched from the platform and kept before Rasa is asked.

Called by ``gateway.turns``. Calls the platforms' clients, ``gateway.media`` and the store. A photo that cannot be had
is answered at once; the rest of the message goes on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from gateway import texts
from gateway.capabilities import CAPABILITIES
from gateway.context import Context
from gateway.delivery.client import Client
from gateway.delivery.errors import MediaGone
from gateway.media import Media, PhotoRejected, PhotoTooLarge
from gateway.messages import PHOTO_TEXT, InboundMessage, OutboundMessage, photos_sent
from gateway.store import inbox, outbox
from gateway.store.inbox import Waiting


class Attachments:
    """Fetches photos; ``clients`` by channel."""

    def __init__(self, context: Context, media: Media, clients: Mapping[str, Client]) -> None:
        self._context = context
        self._media = media
        self._clients = clients

    async def fetched(self, waiting: Waiting) -> Waiting | None:
        """Return the message with its photos as parse data; None if nothing is left that Rasa could answer.

        Raises:
            SendError: the platform cannot hand them out now; nothing was changed.
            MediaUnavailable: they cannot be kept now; nothing was changed.
        """
        message = waiting.message
        if not message.attachments:
            return waiting
        names: list[str] = []
        try:
            troubles = [
                await self._fetch(message.channel, reference, names) for reference in message.attachments
            ]
            notices = [*dict.fromkeys(filter(None, [message.notice, *troubles]))]
            whole = _with_photos(message, names)
            if await self._context.store.write(self._note, waiting, whole, notices):
                return None if whole is None else replace(waiting, message=whole)
        except BaseException:
            await self._drop(names)
            raise
        await self._drop(names)
        return None

    async def _fetch(self, channel: str, reference: str, names: list[str]) -> str | None:
        """Keep one photo, or return the name of the sentence that says why not."""
        try:
            content = await self._clients[channel].fetch(reference)
            if len(content) > CAPABILITIES[channel].photo_limit:
                return texts.PHOTO_TOO_LARGE
            names.append(await self._media.keep_photo(content))
        except PhotoTooLarge:
            return texts.PHOTO_TOO_LARGE
        except (PhotoRejected, MediaGone):
            return texts.PHOTO_REJECTED
        return None

    def _note(
        self, session: Session, waiting: Waiting, whole: InboundMessage | None, notices: Sequence[str]
    ) -> bool:
        if whole is None:
            there = inbox.done(session, waiting.row_id)
        else:
            there = inbox.fetched(session, waiting.row_id, whole.text, whole.parse_data)
        if there:
            said = [OutboundMessage(self._context.texts.say(notice)) for notice in notices]
            outbox.add(session, waiting.message.conversation_id, said, self._context.clock())
        return there

    async def _drop(self, names: Sequence[str]) -> None:
        for name in names:
            await self._media.drop_photo(name)


def _with_photos(message: InboundMessage, names: Sequence[str]) -> InboundMessage | None:
    plain = replace(message, attachments=(), notice=None)
    if names:
        return replace(plain, text=message.text or PHOTO_TEXT, parse_data=photos_sent(names))
    return plain if message.text not in ("", PHOTO_TEXT) else None
