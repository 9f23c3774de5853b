"""Asks for photos and privacy, and shows the summary to be confirmed."""

from actions import responses
from actions.ask.question import AskQuestion, Wording
from actions.base import Domain, label
from actions.draft import Draft, Place, Question
from actions.reference import category_labels
from actions.wording import SUMMARY_LENGTH, draft_photos, place_in_words, plain, shortened


class AskPhotos(AskQuestion):
    """Asks for photos; optional, several possible."""

    question = Question.PHOTOS

    def wording(self, draft: Draft, domain: Domain, *, again: bool) -> Wording:
        """Return the question, which counts the photos that are here."""
        if draft.photos:
            return Wording(responses.ASK_PHOTOS_MORE, {"count": len(draft.photos)})
        return Wording(responses.ASK_PHOTOS_AGAIN if again else responses.ASK_PHOTOS)


class AskPrivacy(AskQuestion):
    """Asks who may see the report."""

    question = Question.PRIVACY

    def wording(self, draft: Draft, domain: Domain, *, again: bool) -> Wording:
        """Return the question; the second time without the explanation."""
        return Wording(responses.ASK_PRIVACY_AGAIN if again else responses.ASK_PRIVACY)


class AskConfirmation(AskQuestion):
    """Shows everything once more before it is sent."""

    question = Question.CONFIRMATION

    def wording(self, draft: Draft, domain: Domain, *, again: bool) -> Wording:
        """Return the summary; a short question when the citizen just saw it and nothing has changed."""
        if again:
            return Wording(responses.ASK_CONFIRMATION_AGAIN)
        values = {
            "problem": shortened(plain(draft.description or ""), SUMMARY_LENGTH),
            "kind": category_labels()[draft.category or ""],
            "where": place_in_words(draft.place or Place(), domain),
            "pictures": draft_photos(draft, domain),
            "seen_by": label(domain, responses.LABEL_PRIVACY[draft.privacy or ""]),
        }
        return Wording(responses.ASK_CONFIRMATION, values)
