"""What each channel can do, as data.

Read by the channels when they parse, by ``gateway.turns`` when it fits answers to one, by ``gateway.inbox`` (holds) and
by ``gateway.delivery``. Calls nothing. Where the numbers come from: docs/adr/0011.
"""

from dataclasses import dataclass
from typing import Literal

NativeStyle = Literal["inline", "reply", "list"]


@dataclass(frozen=True)
class Rate:
    """So many messages a second, after a burst."""

    per_second: float
    burst: int


@dataclass(frozen=True)
class ButtonForm:
    """A native form of buttons: how many, titles of how many characters, under a text of how many."""

    style: NativeStyle
    most: int
    title_limit: int
    text_limit: int


@dataclass(frozen=True)
class Delivery:
    """What only a channel has that pushes.

    ``forms`` in order of preference; what fits none is numbered. ``doubt_seconds``: so long a message whose
    outcome is unknown waits; ``says_twice``: its repetition then says what it is. ``confirms``: the platform tells
    later what arrived. ``retires``: buttons can be taken off sent messages.
    """

    forms: tuple[ButtonForm, ...]
    ask_text_limit: int
    caption_limit: int
    overall: Rate
    each: Rate
    typing_seconds: float
    doubt_seconds: float
    says_twice: bool
    confirms: bool
    retires: bool


@dataclass(frozen=True)
class Capabilities:
    """Limits and abilities of one channel.

    ``text_limit`` in characters, ``photo_limit`` in bytes; ``asks`` are the native controls it can offer. Taps and
    photos of an album wait for ``tap_hold`` and ``album_hold`` seconds before they are taken. ``unique_ids``: the
    platform gives no id of a message twice; elsewhere each conversation counts its own. ``joins_up_to``: the
    messages of one answer become one of at most so many characters, where each has its price.
    """

    text_limit: int
    photo_limit: int
    asks: frozenset[str]
    tap_hold: float = 0.0
    album_hold: float = 0.0
    unique_ids: bool = False
    joins_up_to: int = 0
    delivery: Delivery | None = None


CAPABILITIES = {
    "web": Capabilities(text_limit=4096, photo_limit=10 * 1024 * 1024, asks=frozenset({"location", "photo"})),
    "telegram": Capabilities(
        text_limit=4096,
        photo_limit=20 * 1024 * 1024,
        asks=frozenset({"location"}),
        tap_hold=0.3,
        album_hold=1.5,
        delivery=Delivery(
            forms=(ButtonForm("inline", most=100, title_limit=64, text_limit=4096),),
            ask_text_limit=4096,
            caption_limit=1024,
            overall=Rate(per_second=25, burst=25),
            each=Rate(per_second=1, burst=5),
            typing_seconds=4,
            doubt_seconds=30,
            says_twice=True,
            confirms=False,
            retires=True,
        ),
    ),
    "whatsapp": Capabilities(
        text_limit=4096,
        photo_limit=20 * 1024 * 1024,
        asks=frozenset({"location"}),
        tap_hold=0.3,
        album_hold=1.5,
        unique_ids=True,
        joins_up_to=1024,
        delivery=Delivery(
            forms=(
                ButtonForm("reply", most=3, title_limit=20, text_limit=1024),
                ButtonForm("list", most=10, title_limit=24, text_limit=1024),
            ),
            ask_text_limit=1024,
            caption_limit=1024,
            overall=Rate(per_second=60, burst=60),
            each=Rate(per_second=1 / 6, burst=40),
            typing_seconds=20,
            doubt_seconds=60,
            says_twice=False,
            confirms=True,
            retires=False,
        ),
    ),
}


PUSHING = {name: can.delivery for name, can in CAPABILITIES.items() if can.delivery is not None}
