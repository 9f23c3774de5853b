"""What a turn says beyond the answer to the question: several answers at once, corrections, additions."""

from dataclasses import replace

from actions import responses
from actions.draft import Draft, Question
from actions.intake.add_photo import with_photos
from actions.intake.choose_privacy import CHOICES, PUBLIK
from actions.intake.decision import Decision, Moment, Say
from actions.intake.describe import SENTENCE, add_to_description, corrected_category, describe, sure_category
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
        return answered or _known_already(moment)
    if answered and answered.question is Question.PHOTOS:
        return replace(answered, draft=after, says=(*answered.says, *noted))
    return proceed(replace(after, confirmation=None), *noted)


def with_the_rest(draft: Draft, moment: Moment, *, place_is_read: bool) -> tuple[Draft, tuple[Say, ...]]:
    """Return the draft with everything the turn gives, and what to say about it."""
    before, turn = draft, moment.turn
    noted: list[Say] = []
    draft = _with_choices(draft, turn, noted)
    is_about_the_place = place_is_read and moment.question in ABOUT_PLACE
    if not is_about_the_place:
        draft = _with_place(draft, moment, noted)
    corrects_another = turn.intent in CORRECTING and (is_about_the_place or draft != before)
    if draft.description is None or not corrects_another:
        draft = _with_problem(draft, turn, noted)
    return draft, tuple(say for number, say in enumerate(noted) if say not in noted[:number])


def _with_choices(draft: Draft, turn: Turn, noted: list[Say]) -> Draft:
    if turn.privacy in CHOICES and turn.privacy != draft.privacy and _is_meant_so(turn):
        is_new = draft.privacy is None
        noted.append(
            Say(responses.NOTED_PRIVACY, {"choice": turn.privacy}) if is_new else Say(responses.NOTED_CHANGE)
        )
        draft = replace(draft, privacy=turn.privacy)
    category = turn.category or corrected_category(turn, draft.category)
    if category in category_labels() and category != draft.category:
        noted += [Say(responses.NOTED_CHANGE)] if draft.category else []
        draft = replace(draft, category=category)
    if set(turn.photos) - set(draft.photos or ()):
        noted.append(Say(responses.NOTED_PHOTO))
        draft = with_photos(draft, turn.photos)
    return draft


def _with_place(draft: Draft, moment: Moment, noted: list[Say]) -> Draft:
    turn, earlier = moment.turn, draft.place
    is_meant = (
        earlier is None
        or turn.intent in CORRECTING
        or (turn.location is not None and turn.location.names_an_area)
    )
    replaces = moment.question is Question.CHANGE
    place = corrected_place(earlier, turn, moment.geography, replaces=replaces) if is_meant else None
    if place is None or place == earlier:
        return draft
    if earlier:
        is_longer = earlier.text in place.text and not earlier.outside
        noted.append(Say(responses.NOTED_PLACE_ADDITION if is_longer else responses.NOTED_CHANGE))
    return replace(draft, place=place)


def _with_problem(draft: Draft, turn: Turn, noted: list[Say]) -> Draft:
    if not turn.has_problem or turn.answer == "category" or turn.text in (draft.description or ""):
        return draft
    if draft.description is None:
        return describe(draft, turn)
    if turn.intent not in ADDING or _says_too_little(draft, turn):
        return draft
    noted.append(Say(responses.NOTED_ADDITION))
    longer = add_to_description(draft, turn.text)
    danger = sure_category(turn.categories) if turn.intent == "report_danger" else None
    return replace(longer, category=danger, predicted_category=danger) if danger else longer


def _says_too_little(draft: Draft, turn: Turn) -> bool:
    """Tell whether the words are too few to add; two are enough when they are surely about the same thing."""
    is_the_same = draft.category is not None and sure_category(turn.categories) == draft.category
    return turn.words < (2 if is_the_same else SENTENCE)


def _known_already(moment: Moment) -> Decision | None:
    """Acknowledge what is said a second time: "privat" while it is privat."""
    draft, turn = moment.draft, moment.turn
    repeats_privacy = turn.privacy is not None and turn.privacy == draft.privacy
    named = corrected_category(turn, draft.category)
    repeats_category = named is not None and named == draft.category
    return proceed(draft, Say(responses.NOTED_ALREADY)) if repeats_privacy or repeats_category else None


def _is_meant_so(turn: Turn) -> bool:
    """Take "publik" only from who speaks of privacy: a wrong guess would show a report to everybody."""
    return turn.privacy != PUBLIK or turn.intent in ("choose_privacy", *CORRECTING)
