"""What a turn leads to: the draft afterwards, the question to ask, and what to say before it.

Made by the steps of ``actions.intake``, carried out by ``actions.validate_complaint_form``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from actions.draft import Draft, Question
from actions.reference import Areas
from actions.turn import Turn


@dataclass(frozen=True)
class Say:
    """A response of ``domain.yml`` with the values of its placeholders."""

    response: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """``question`` None ends the intake."""

    draft: Draft
    question: Question | None
    says: tuple[Say, ...] = ()

    def saying_first(self, *says: Say) -> "Decision":
        """Return the decision with ``says`` in front."""
        return replace(self, says=(*says, *self.says))


@dataclass(frozen=True)
class Geography:
    """What settles a place: the areas, and which kelurahan lie around a point (likely one first)."""

    areas: Areas
    around: Callable[[float, float], tuple[str, ...]]


@dataclass(frozen=True)
class Moment:
    """The state an answer meets: the draft, the question that stands, the turn, and the map.

    ``danger_mentioned`` tells whether the citizen was just told to call 112 if somebody is in danger,
    ``may_mean_an_earlier_report`` whether the turn may be about a report this citizen has filed.
    """

    draft: Draft
    question: Question
    turn: Turn
    geography: Geography
    danger_mentioned: bool = False
    may_mean_an_earlier_report: bool = False
