"""How a message looks on Telegram: HTML in which a tap copies numbers and codes, and keyboards.

Called by ``gateway.telegram.client``. Calls nothing.
"""

import html
import re
from collections.abc import Sequence

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from gateway.delivery.client import Fitted, FittedButton

# Report numbers and secret codes (crm.domain.report_number, crm.domain.secret_code).
_NUMBER = r"\b[A-Z]{2,5}[0-9]{10,14}\b"
_CODE = r"\b(?=[0-9A-Z-]*[0-9])(?=[0-9-]*[A-Z])[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b"
_COPIED_BY_A_TAP = re.compile(f"{_NUMBER}|{_CODE}")

# Titles this short stand side by side.
SHORT_TITLE = 14
SIDE_BY_SIDE = 3

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


def to_html(text: str) -> str:
    """Return a text as Telegram's HTML."""
    return _COPIED_BY_A_TAP.sub(r"<code>\g<0></code>", html.escape(text))


def keyboard(message: Fitted, share_location: str) -> Keyboard | None:
    """Return the one keyboard a message can carry: its buttons, or the button that shares the position.

    A plain answer puts an earlier such button away; news leave it alone.
    """
    if message.style == "inline" and message.buttons:
        return InlineKeyboardMarkup([[_inline(button) for button in row] for row in _rows(message.buttons)])
    if message.ask == "location":
        share = KeyboardButton(share_location, request_location=True)
        return ReplyKeyboardMarkup([[share]], resize_keyboard=True, one_time_keyboard=True)
    return None if message.is_news else ReplyKeyboardRemove()


def _rows(buttons: Sequence[FittedButton]) -> list[Sequence[FittedButton]]:
    if len(buttons) <= SIDE_BY_SIDE and all(len(button.title) <= SHORT_TITLE for button in buttons):
        return [buttons]
    return [[button] for button in buttons]


def _inline(button: FittedButton) -> InlineKeyboardButton:
    return InlineKeyboardButton(button.title, callback_data=button.token)
