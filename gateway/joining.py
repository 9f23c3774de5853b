"""The messages of one answer in as few as a channel likes: joined by blank lines, what is asked last.

Called by ``gateway.turns``, for channels whose capabilities say ``joins_up_to``. Plain data: calls nothing.
"""

from collections.abc import Sequence
from dataclasses import replace

from gateway.messages import OutboundMessage

BLANK_LINE = "\n\n"


def joined(messages: Sequence[OutboundMessage], limit: int) -> tuple[OutboundMessage, ...]:
    """Join neighbours into messages of at most ``limit`` characters, each with one set of buttons or one request."""
    groups: list[list[OutboundMessage]] = []
    for message in messages:
        if groups and _fit_together([*groups[-1], message], limit):
            groups[-1].append(message)
        else:
            groups.append([message])
    return tuple(map(_as_one, groups))


def _fit_together(group: Sequence[OutboundMessage], limit: int) -> bool:
    asking = sum(map(_asks, group))
    return asking <= 1 and not any(message.image for message in group) and len(_as_one(group).text) <= limit


def _as_one(group: Sequence[OutboundMessage]) -> OutboundMessage:
    in_order = sorted(group, key=_asks)
    text = BLANK_LINE.join(message.text for message in in_order if message.text)
    return replace(in_order[-1], text=text, secret=any(message.secret for message in group))


def _asks(message: OutboundMessage) -> bool:
    return bool(message.buttons or message.ask)
