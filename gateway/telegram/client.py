"""Telegram as the core's sender sees it: send, typing, retire buttons, fetch photos.

Called by ``gateway.delivery.sender``, ``gateway.turns`` (photos) and ``gateway.telegram.intake`` (taps). Calls
``gateway.telegram.api``.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from telegram import LinkPreviewOptions
from telegram.constants import ChatAction, FileSizeLimit, ParseMode
from telegram.error import BadRequest, InvalidToken, TelegramError

from gateway.delivery.client import Fitted
from gateway.delivery.errors import MediaGone, Refused, RetryLater, SendError, Unknown, WindowClosed
from gateway.telegram.api import Api
from gateway.telegram.errors import is_about_markup, send_error
from gateway.telegram.markup import keyboard, to_html
from gateway.telegram.parse import CHANNEL

log = logging.getLogger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
PHOTO_NAME = "foto.jpg"


class TelegramClient:
    """The Bot API. ``share_location`` is the title of the button that shares one's position."""

    name = CHANNEL

    def __init__(self, api: Api, share_location: str) -> None:
        self._api = api
        self._bot = api.bot
        self._share_location = share_location

    async def send(self, address: str, message: Fitted) -> str:
        """Send one message and return Telegram's id for it; "" when it was sent and the id cannot be read.

        Raises:
            SendError: one of its kinds.
        """
        with _translated():
            try:
                return await self._send(int(address), message, to_html(message.text), ParseMode.HTML)
            except BadRequest as error:
                if not is_about_markup(error):
                    raise
                log.error("Telegram could not read our HTML; the message goes without")
                return await self._send(int(address), message, message.text, None)

    async def send_template(self, address: str, message: Fitted) -> str:
        """Telegram has no templates, and no window that would need them.

        Raises:
            WindowClosed: always.
        """
        raise WindowClosed("Telegram has no templates")

    async def typing(self, address: str, inbound_id: str) -> None:
        """Show for five seconds that an answer is being written."""
        with suppress(TelegramError):
            await self._bot.send_chat_action(int(address), ChatAction.TYPING)

    async def retire(self, address: str, platform_message_id: str) -> None:
        """Take the buttons off a message.

        Raises:
            RetryLater, Unreachable, ChannelDown: as for ``send``; it does no harm to try again.
        """
        if not platform_message_id:
            return
        try:
            with _translated():
                await self._bot.edit_message_reply_markup(int(address), int(platform_message_id))
        except Refused:
            return  # not modified, not found, cannot be edited: it has no buttons that could be taken off
        except Unknown as error:
            raise RetryLater(str(error)) from error

    async def fetch(self, reference: str) -> bytes:
        """Return the bytes of a photo.

        Raises:
            MediaGone: Telegram does not have it, or it is too big to be handed out.
            RetryLater, ChannelDown: it can be tried again.
        """
        try:
            with _translated():
                file = await self._bot.get_file(reference)
                if file.file_path is None or (file.file_size or 0) > FileSizeLimit.FILESIZE_DOWNLOAD:
                    raise MediaGone
                return await self._download(file.file_path)
        except Unknown as error:
            raise RetryLater(str(error)) from error
        except SendError as error:
            if isinstance(error, Refused):
                raise MediaGone from error
            raise

    async def confirm_tap(self, callback_id: str) -> None:
        """End the waiting sign on a tapped button; too late is no harm."""
        with suppress(TelegramError):
            await self._bot.answer_callback_query(callback_id)

    async def _send(self, chat_id: int, message: Fitted, text: str, parse_mode: str | None) -> str:
        markup = keyboard(message, self._share_location)
        try:
            if message.image is None:
                sent = await self._bot.send_message(
                    chat_id, text, parse_mode, reply_markup=markup, link_preview_options=NO_PREVIEW
                )
            else:
                sent = await self._bot.send_photo(
                    chat_id,
                    message.image,
                    text or None,
                    parse_mode=parse_mode,
                    reply_markup=markup,
                    filename=PHOTO_NAME,
                )
        except (TypeError, KeyError, ValueError, AttributeError) as error:
            log.error("Telegram's answer to a message is not as documented (%s)", type(error).__name__)
            return ""
        return str(sent.message_id)

    async def _download(self, path: str) -> bytes:
        try:
            return await self._api.retrieve(path)
        except InvalidToken as error:  # What the library makes of 404 and 401, also for a file.
            raise MediaGone from error


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except TelegramError as error:
        raise send_error(error) from None
