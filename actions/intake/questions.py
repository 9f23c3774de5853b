"""Which question comes next.

The order is the contract's (docs/architecture.md, section 3); what is known is not asked.
"""

from actions.draft import Draft, Question
from actions.intake.decision import Decision, Say
from actions.reference import areas


def next_question(draft: Draft) -> Question:
    """Return what the draft lacks first; a complete draft is to be confirmed."""
    if draft.description is None:
        return Question.DESCRIPTION
    if draft.category is None:
        return Question.CATEGORY
    return _question_about_place(draft) or _last_questions(draft)


def proceed(draft: Draft, *says: Say) -> Decision:
    """Go on with whatever the draft lacks."""
    return Decision(draft, next_question(draft), says)


def _question_about_place(draft: Draft) -> Question | None:
    place = draft.place
    if place is None or place.outside:
        return Question.PLACE
    if not place.is_settled:
        return Question.AREA
    needs_landmark = not place.is_point and not place.landmark_asked and areas().is_only_an_area(place.text)
    return Question.LANDMARK if needs_landmark else None


def _last_questions(draft: Draft) -> Question:
    if draft.photos is None:
        return Question.PHOTOS
    if draft.privacy is None:
        return Question.PRIVACY
    return Question.CONFIRMATION
