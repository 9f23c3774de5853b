"""Asks what is wrong, and of which kind it is when the words leave that open."""

from actions import responses
from actions.ask.question import AskQuestion, Wording
from actions.base import Domain
from actions.draft import Draft, Question
from actions.intake.describe import category_buttons
from actions.reference import category_labels
from actions.wording import button


class AskDescription(AskQuestion):
    """Asks for the problem; a place or a photo that came first is acknowledged."""

    question = Question.DESCRIPTION

    def wording(self, draft: Draft, domain: Domain, *, again: bool) -> Wording:
        """Return the question that fits what is known already."""
        if draft.description is not None:
            return Wording(responses.ASK_DESCRIPTION_ANEW)
        if again:
            return Wording(responses.ASK_DESCRIPTION_AGAIN)
        if draft.place and not draft.place.outside:
            return Wording(responses.ASK_DESCRIPTION_OF_PLACE)
        return Wording(responses.ASK_DESCRIPTION_OF_PHOTO if draft.photos else responses.ASK_DESCRIPTION)


class AskCategory(AskQuestion):
    """Offers the likeliest categories and "lainnya"."""

    question = Question.CATEGORY

    def wording(self, draft: Draft, domain: Domain, *, again: bool) -> Wording:
        """Return the question with buttons; without any guess the citizen's own word for it will do."""
        codes = category_buttons(draft)
        labels = category_labels()
        return Wording(
            responses.ASK_CATEGORY if len(codes) > 1 else responses.ASK_CATEGORY_OPEN,
            buttons=tuple(button(labels[code], f'/change_answer{{"category": "{code}"}}') for code in codes),
        )
