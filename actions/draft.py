"""The draft: what is known so far of a complaint that is being taken down.

Read from and written to the slots of ``domain.yml`` here and nowhere else. Decided upon by
``actions.intake``, filed by ``actions.file_complaint``.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any

from actions import slots


class Question(StrEnum):
    """What the form can ask; the value is what stands in ``requested_slot``."""

    DESCRIPTION = "description"
    CATEGORY = "category"
    PLACE = "place"
    AREA = "area"
    LANDMARK = "landmark"
    PHOTOS = "photos"
    PRIVACY = "privacy"
    CONFIRMATION = "confirmation"
    CHANGE = "change"
    LEAVING = "leaving"
    DANGER = "danger"
    MENU = "menu"
    SECOND = "second"
    EARLIER = "earlier"


# Questions about the conversation itself; an answer to what the draft still lacks is taken there as well.
INTERLUDES = frozenset(
    {
        Question.CHANGE,
        Question.LEAVING,
        Question.DANGER,
        Question.MENU,
        Question.SECOND,
        Question.EARLIER,
    }
)


@dataclass(frozen=True)
class Place:
    """Where the problem is.

    ``text`` holds the citizen's own words, ``candidates`` the kelurahan they may mean, ``outside`` the name
    of a place beyond Jakarta. ``lat`` and ``lon`` are a shared point, WGS 84 degrees. ``area_unknown`` and
    ``landmark_asked`` keep us from asking twice.
    """

    text: str = ""
    kelurahan_code: str | None = None
    lat: float | None = None
    lon: float | None = None
    candidates: tuple[str, ...] = ()
    outside: str | None = None
    area_unknown: bool = False
    landmark_asked: bool = False

    @property
    def is_point(self) -> bool:
        """Tell whether the citizen shared a position."""
        return self.lat is not None

    @property
    def is_settled(self) -> bool:
        """Tell whether nothing is left to ask about the area."""
        return bool(self.kelurahan_code) or self.area_unknown


@dataclass(frozen=True)
class Draft:
    """The answers so far. ``None`` means not known yet; ``photos == ()`` means the citizen has none.

    ``second_complaint`` holds the slots of another complaint until the citizen has said what to do with it.
    """

    draft_id: str = ""
    description: str | None = None
    category: str | None = None
    predicted_category: str | None = None
    category_candidates: tuple[str, ...] = ()
    place: Place | None = None
    photos: tuple[str, ...] | None = None
    privacy: str | None = None
    confirmation: str | None = None
    misunderstood: int = 0
    english_hint_given: bool = False
    second_complaint: Mapping[str, Any] | None = None

    @property
    def holds_something(self) -> bool:
        """Tell whether the citizen would lose work if the draft were dropped."""
        return bool(self.description or self.place or self.photos)


CONFIRMED = "kirim"


def read_draft(values: Mapping[str, Any]) -> Draft:
    """Read the draft from the tracker's slots."""
    place = values.get(slots.PLACE)
    photos = values.get(slots.PHOTOS)
    return Draft(
        draft_id=values.get(slots.DRAFT_ID) or "",
        description=values.get(slots.DESCRIPTION),
        category=values.get(slots.CATEGORY),
        predicted_category=values.get(slots.PREDICTED_CATEGORY),
        category_candidates=tuple(values.get(slots.CATEGORY_CANDIDATES) or ()),
        place=_read_place(place) if place else None,
        photos=None if photos is None else tuple(photos),
        privacy=values.get(slots.PRIVACY),
        confirmation=values.get(slots.CONFIRMATION),
        misunderstood=int(values.get(slots.MISUNDERSTOOD) or 0),
        english_hint_given=bool(values.get(slots.ENGLISH_HINT_GIVEN)),
        second_complaint=values.get(slots.SECOND_COMPLAINT),
    )


def slot_values(draft: Draft) -> dict[str, Any]:
    """Return the slots that hold ``draft``, as JSON can carry them."""
    values = {field.name: getattr(draft, field.name) for field in fields(draft)}
    values[slots.PLACE] = asdict(draft.place) if draft.place else None
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def empty_draft(previous: Draft) -> Draft:
    """Return a draft without answers; what concerns the citizen rather than the complaint stays."""
    return Draft(english_hint_given=previous.english_hint_given)


def _read_place(value: Mapping[str, Any]) -> Place:
    place = Place(**value)
    return replace(place, candidates=tuple(place.candidates))
