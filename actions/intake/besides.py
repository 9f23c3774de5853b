"""What a turn says beyond the answer to the question: several answers at once, corrections, additions."""

from dataclasses import replace

from actions import responses
from actions.draft import Draft, Question
from actions.intake.add_photo import with_photos
from actions.intake.choose_privacy import CHOICES, PUBLIK
from actions.intake.decision import Decision, Moment, Say
from actions.intake.describe import SENTENCE, add_to_description, describe, renamed_category
from actions.intake.locate import corrected_place
from actions.intake.questions import proceed
from actions.reference import category_labels
from actions.turn import Turn

# Their own steps read the place.
ABOUT_PLACE = frozenset({Question.PLACE, Question.AREA, Question.LANDMARK})
# Intents whose words belong into the report when they tell of a problem after it was described.
ADDING = frozenset({"file_complaint", "report_danger", "change_answer", "send_photo"})
CORRECTING = frozenset({"change_answer", "deny", "give_location"})


def take_besides(moment: Moment, answered: Decision | None) -> Decision | None:
    """Complete ``answered``, what the question's own step made of the turn; None when it brought nothing.

    A draft that changes together with its confirmation is shown again rather than sent.
    """
    before = answered.draft if answered else moment.draft
    after, noted = with_the_rest(before, moment, place_is_read=bool(answered))
    if after == before:
        return answered
    if answered and answered.question is Question.PHOTOS:
        return replace(answered, draft=after)
    return proceed(replace(after, confirmation=None), *(() if answered else noted))


def with_the_rest(draft: Draft, moment: Moment, *, place_is_read: bool) -> tuple[Draft, tuple[Say, ...]]:
    """Return the draft with everything the turn gives, and what to say about it."""
    before, turn = draft, moment.turn
    noted: dict[str, None] = {}
    if turn.privacy in CHOICES and turn.privacy != draft.privacy and _is_meant_so(turn):
        _note(noted, responses.NOTED_CHANGE, draft.privacy)
        draft = replace(draft, privacy=turn.privacy)
    category = turn.category or renamed_category(turn, draft.category)
    if category in category_labels() and category != draft.category:
        _note(noted, responses.NOTED_CHANGE, draft.category)
        draft = replace(draft, category=category)
    if set(turn.photos) - set(draft.photos or ()):
        noted[responses.NOTED_PHOTO] = None
        draft = with_photos(draft, turn.photos)
    if not (place_is_read and moment.question in ABOUT_PLACE):
        draft = _with_place(draft, moment, noted)
    if draft.description is None or turn.intent not in CORRECTING or draft == before:
        draft = _with_problem(draft, turn, noted)
    return draft, tuple(Say(response) for response in noted)


def _with_place(draft: Draft, moment: Moment, noted: dict[str, None]) -> Draft:
    turn = moment.turn
    is_meant = (
        draft.place is None
        or turn.intent in CORRECTING
        or (turn.location is not None and turn.location.names_an_area)
    )
    place = corrected_place(draft.place, turn, moment.geography) if is_meant else None
    if place is None or place == draft.place:
        return draft
    _note(noted, responses.NOTED_CHANGE, draft.place)
    return replace(draft, place=place)


def _with_problem(draft: Draft, turn: Turn, noted: dict[str, None]) -> Draft:
    if not turn.has_problem or turn.text in (draft.description or ""):
        return draft
    if draft.description is None:
        return describe(draft, turn)
    if turn.intent not in ADDING or turn.words < SENTENCE:
        return draft
    noted[responses.NOTED_ADDITION] = None
    return add_to_description(draft, turn)


def _is_meant_so(turn: Turn) -> bool:
    """Take "publik" only from who speaks of privacy: a wrong guess would show a report to everybody."""
    return turn.privacy != PUBLIK or turn.intent in ("choose_privacy", *CORRECTING)


def _note(noted: dict[str, None], response: str, earlier: object) -> None:
    if earlier is not None:
        noted[response] = None
